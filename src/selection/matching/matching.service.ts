import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Matching, MatchingOverview, MatchingRules, SolveMatching } from '../../contracts/selection/matching.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { OwnProcess } from '../../infra/threads/own-process.js';
import { NoThread, type ThreadTask, TooMuchWork } from '../../infra/threads/threads.js';
import { digestOf } from './digest.js';
import { MatchingPeople, type ToMatch, instanceOf } from './matching-people.js';
import type { MatchingRow } from './matching.schema.js';
import { presentMatching, presentSummary } from './matching.presenter.js';
import { MatchingsRepository } from './matchings.repository.js';
import type { Instance, Teams } from './model.js';
import { ProposalsService } from './proposals.service.js';
import { problemsOfRules } from './rules.js';
import type { Solved, ToSolve } from './solve-process.js';
import { versionOf } from './version.js';
import { stateOfWishes } from './wishes/wishes.service.js';

const SOLVE: ThreadTask = { file: new URL('./solve-process', import.meta.url), name: 'solve' };
/** 500 people and 200 projects take a third of it (docs/benchmarks.md). The solver ends by itself before its process is ended. */
const WITHIN_SECONDS = 40;
const WITHIN_MS = 45_000;
/** So many pairs of a person and a project take 600 MB where everybody may be everywhere (docs/benchmarks.md). */
const MOST_PAIRS = 100_000;

/** The teams of a cohort: what they are made of, and the versions that staff had made. */
@Injectable()
export class MatchingService implements OnApplicationShutdown {
  /** Its memory is outside of what a thread is bounded by, and a thread cannot be ended in it. */
  private readonly solver = new OwnProcess();

  constructor(
    private readonly toMatch: MatchingPeople,
    private readonly matchings: MatchingsRepository,
    private readonly proposals: ProposalsService,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  onApplicationShutdown(): void {
    this.solver.end();
  }

  /** Who is to be placed, where, and the versions. */
  async overview(actor: CohortActor): Promise<MatchingOverview> {
    const cohortId = idOf(actor.cohortId);
    const [{ people, projects, withoutPlaces }, proposals, making, versions, cohort, isOwn] = await Promise.all([
      this.toMatch.of(cohortId),
      this.proposals.waiting(actor),
      this.matchings.making(cohortId),
      this.matchings.ofCohort(cohortId),
      this.cohorts.byId(cohortId),
      this.toMatch.isAmong(actor),
    ]);
    if (!cohort) throw notFound();
    const names = await this.people.byId(versions.map(({ byId }) => String(byId)));
    return {
      people: people.map(({ file, craft, skills, wishes }) => ({
        ...{ applicationId: String(file.id), number: file.number, name: file.known.name ?? '', craft, skills, wishes },
        town: file.known.town ?? null,
      })),
      projects: projects.map(({ _id, name, agency, places }) => ({ id: String(_id), name, agency, places })),
      withoutPlaces: withoutPlaces.map(({ _id, name, agency }) => ({ id: String(_id), name, agency })),
      proposals,
      wishes: {
        until: making?.wishesUntil ?? null,
        isOpen: stateOfWishes(making, cohort, this.clock.now()) === 'open',
        handedIn: people.filter(({ wishes }) => wishes.length > 0).length,
      },
      versions: versions.map((row) => presentSummary(row, names)),
      abilities: { edit: actor.cohortState === 'running', match: actor.cohortState === 'running' && !isOwn },
    };
  }

  /** Throws 404. */
  async get(actor: CohortActor, matchingId: string): Promise<Matching> {
    return await this.present(await this.load(actor, matchingId));
  }

  /** A version of a cohort. Throws 404. */
  async load(actor: CohortActor, matchingId: string): Promise<MatchingRow> {
    const id = toId(matchingId);
    const row = id && (await this.matchings.inCohort(idOf(actor.cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  /**
   * Makes teams; nothing is written before they are whole. Throws as {@link MatchingPeople.mustMatchOthers} and {@link ActorsNow.holdToLead}, 409 `cohort_closed`, `already_published`, `nobody_to_place`, `no_projects`, `too_large`, `changed_meanwhile`,
   * `no_solution`, 422 as `problemsOfRules`, 503 where it takes too long.
   */
  async solve(actor: CohortActor, { seed, dryRun = false, digest: shown, ...asked }: SolveMatching): Promise<Matching> {
    mustRun(actor);
    await this.toMatch.mustMatchOthers(actor);
    const cohortId = idOf(actor.cohortId);
    if ((await this.matchings.making(cohortId))?.publishedId)
      throw conflict('already_published', 'The teams of this cohort are published: change them with their projects.');
    const toMatch = await this.toMatch.of(cohortId);
    if (toMatch.people.length === 0) throw conflict('nobody_to_place', 'Nobody is accepted as a fellow yet.');
    if (toMatch.projects.length === 0) throw conflict('no_projects', 'No project of this cohort has a place yet.');
    if (toMatch.people.length * toMatch.projects.length > MOST_PAIRS)
      throw conflict('too_large', 'These are too many people and projects to be solved at once.');
    const instance = instanceOf(toMatch, lowered({ locks: [], forbidden: [], together: [], apart: [], ...asked }));
    const problems = problemsOfRules(instance);
    if (problems.length > 0) throw invalid(problems);
    const digest = digestOf(instance, seed);
    if (shown !== undefined && shown !== digest)
      throw conflict('changed_meanwhile', 'People, wishes, places or rules changed since it was shown: try it again.');
    const { teams, tookMs } = await this.teamsOf(instance, seed);
    const made = {
      ...{ _id: newId(), cohortId, seed, ...versionOf(instance, teams), tookMs },
      ...{ byId: idOf(actor.userId), at: this.clock.now() },
    };
    if (dryRun) return { ...(await this.present({ ...made, number: 0 }, toMatch)), id: null, number: null, digest };
    // The solver takes a while: who is of the team no more keeps nothing.
    const kept = await this.matchings.keep(made, (session) => this.actors.holdToLead(actor, session));
    return await this.present(kept, toMatch);
  }

  private async teamsOf(instance: Instance, seed: number): Promise<{ teams: Teams; tookMs: number }> {
    const input: ToSolve = { instance, seed, withinSeconds: WITHIN_SECONDS };
    try {
      const solved = await this.solver.run<Solved>(SOLVE, input, { withinMs: WITHIN_MS, waitMs: WITHIN_MS });
      if (solved === 'late') throw new NoThread(SOLVE.name);
      if (!solved) throw conflict('no_solution', 'No teams keep all that was locked, forbidden, together and apart.');
      return { teams: new Map(solved.teams), tookMs: solved.tookMs };
    } catch (error) {
      throw error instanceof TooMuchWork ? new NoThread(SOLVE.name, { cause: error }) : error;
    }
  }

  private async present(row: MatchingRow, toMatch?: ToMatch): Promise<Matching> {
    const { files } = toMatch ?? (await this.toMatch.of(row.cohortId));
    return presentMatching(row, files, await this.people.byId([String(row.byId)]));
  }
}

/** Ids as they are kept, however they were written. */
function lowered({ locks, forbidden, together, apart }: MatchingRules): MatchingRules {
  const pair = ({ applicationId, projectId }: MatchingRules['locks'][number]) => ({
    ...{ applicationId: applicationId.toLowerCase(), projectId: projectId.toLowerCase() },
  });
  const two = ([one, other]: [string, string]): [string, string] => [one.toLowerCase(), other.toLowerCase()];
  return {
    ...{ locks: locks.map(pair), forbidden: forbidden.map(pair) },
    ...{ together: together.map(two), apart: apart.map(two) },
  };
}
