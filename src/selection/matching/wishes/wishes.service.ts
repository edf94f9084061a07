import { Injectable } from '@nestjs/common';
import { type AcceptedFile, AcceptedFiles } from '../../../calls/decisions/accepted-files.reader.js';
import type { Shown } from '../../../calls/applications/applicant-tokens.js';
import { mustRun } from '../../../cohorts/cohort-rules.js';
import type { CohortRow } from '../../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../../cohorts/members/actors-now.js';
import { type PlacedProject, ProposedProjects } from '../../../cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../../common/actor.js';
import { conflict, invalid, invalidField, notFound } from '../../../common/problem.js';
import { Clock } from '../../../common/times/clock.js';
import { dayOf } from '../../../common/times/zoned.js';
import type { SaveWishes, Wishes } from '../../../contracts/selection/wishes.js';
import { idOf } from '../../../infra/mongo/ids.js';
import type { TeamMakingRow } from '../matching.schema.js';
import { MatchingPeople } from '../matching-people.js';
import { MatchingsRepository } from '../matchings.repository.js';
import { ProjectWishesRepository } from '../project-wishes.repository.js';

/** Whether wishes are taken: from when staff said until which day, to its end in the zone of the cohort. */
export function stateOfWishes(
  making: Pick<TeamMakingRow, 'wishesUntil'> | null,
  { timeZone, state }: Pick<CohortRow, 'timeZone' | 'state'>,
  now: Date,
): Wishes['state'] {
  if (making?.wishesUntil === undefined) return 'before';
  return state === 'running' && dayOf(now, timeZone) <= making.wishesUntil ? 'open' : 'closed';
}

/** Throws 409 `wishes_not_open`, `wishes_closed`. */
export function mustBeOpen(state: Wishes['state']): void {
  if (state === 'before') throw conflict('wishes_not_open', 'The projects are not open to wishes yet.');
  if (state === 'closed') throw conflict('wishes_closed', 'Wishes are taken no more.');
}

/** What accepted applicants wish for. Hosts and other applicants never see it. */
@Injectable()
export class WishesService {
  constructor(
    private readonly files: AcceptedFiles,
    private readonly cohorts: CohortsRepository,
    private readonly projects: ProposedProjects,
    private readonly matchings: MatchingsRepository,
    private readonly wishes: ProjectWishesRepository,
    private readonly people: MatchingPeople,
    private readonly actors: ActorsNow,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for who is not accepted as a fellow. */
  async get(shown: Shown): Promise<Wishes> {
    return await this.present(await this.accepted(shown));
  }

  /** Throws 404, 409 `wishes_not_open`, `wishes_closed`, 422 `/projectIds/n` `unknown_project`, `doubled`. */
  async save(shown: Shown, body: SaveWishes): Promise<Wishes> {
    const file = await this.accepted(shown);
    const { state, projects } = await this.round(file);
    mustBeOpen(state);
    const known = new Set(projects.map(({ _id }) => String(_id)));
    const ids = body.projectIds.map((id) => id.toLowerCase());
    const errors = ids.flatMap((id, at) => {
      const code = !known.has(id) ? 'unknown_project' : ids.indexOf(id) < at ? 'doubled' : null;
      return code ? [{ field: `/projectIds/${at}`, code }] : [];
    });
    if (errors.length > 0) throw invalid(errors);
    await this.wishes.save({
      ...{ _id: file.id, cohortId: file.cohortId, projectIds: ids.map(idOf), changedAt: this.clock.now() },
    });
    return await this.present(file);
  }

  /** Throws as {@link MatchingPeople.mustMatchOthers} and {@link ActorsNow.holdToLead}, 409 `cohort_closed`, 422 `/until` `in_the_past`. */
  async open(actor: CohortActor, until: string | null): Promise<void> {
    mustRun(actor);
    if (until !== null && until < dayOf(this.clock.now(), actor.cohortTimeZone))
      throw invalidField('/until', 'in_the_past');
    await this.people.mustMatchOthers(actor);
    await this.matchings.setWishesUntil(idOf(actor.cohortId), until, (session) =>
      this.actors.holdToLead(actor, session),
    );
  }

  /** The file that a bearer opens. Throws 404 for who is not accepted as a fellow. */
  async accepted(shown: Shown): Promise<AcceptedFile> {
    const file = await this.files.shown(shown, 'fellows');
    if (!file) throw notFound();
    return file;
  }

  /** Whether wishes are taken now, and of which projects: of none before they are opened, nor once the cohort is over. Throws 404. */
  async round({ cohortId }: Pick<AcceptedFile, 'cohortId'>) {
    const [cohort, making, projects] = await Promise.all([
      this.cohorts.byId(cohortId),
      this.matchings.making(cohortId),
      this.projects.ofCohort(cohortId),
    ]);
    if (!cohort) throw notFound();
    const state = stateOfWishes(making, cohort, this.clock.now());
    const isSeen = state !== 'before' && cohort.state === 'running';
    return {
      ...{ state, until: making?.wishesUntil ?? null, timeZone: cohort.timeZone },
      projects: isSeen ? projects.filter(({ places }) => places.length > 0) : [],
    };
  }

  private async present(file: AcceptedFile): Promise<Wishes> {
    const [{ projects, ...round }, wish] = await Promise.all([this.round(file), this.wishes.ofApplication(file.id)]);
    const known = new Set(projects.map(({ _id }) => String(_id)));
    const projectIds = (wish?.projectIds ?? []).map(String).filter((id) => known.has(id));
    return {
      ...round,
      projects:
        round.state === 'open'
          ? projects.map(wishable)
          : projects.filter(({ _id }) => projectIds.includes(String(_id))).map(wished),
      projectIds,
      changedAt: wish?.changedAt.toISOString() ?? null,
    };
  }
}

/** After the end: what one named. */
const wished = ({ _id, name, agency }: PlacedProject): Wishes['projects'][number] => ({
  ...{ id: String(_id), name, agency, summary: '', places: [] },
});

const wishable = ({ _id, name, agency, summary, places }: PlacedProject): Wishes['projects'][number] => ({
  ...{ id: String(_id), name, agency, summary, places },
});
