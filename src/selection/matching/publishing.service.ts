import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { AcceptedFiles } from '../../calls/decisions/accepted-files.reader.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { type ForTeams, TeamInvitations } from '../../cohorts/invited/team-invitations.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { ProposedProjects } from '../../cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { PublishedTeams } from '../../contracts/selection/matching.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { teamsPublished } from './matching.events.js';
import { type InTeam, inTeamsOf } from './in-teams.js';
import { MatchingPeople, invitedName } from './matching-people.js';
import type { MatchingRow } from './matching.schema.js';
import { MatchingService } from './matching.service.js';
import { MatchingsRepository } from './matchings.repository.js';
import { withoutRoom } from './places-now.js';
import { TeamMails } from './told/team-mails.js';

/** Makes a version the teams of the cohort: who is in them is invited, with what they wrote, so that nothing is typed again. */
@Injectable()
export class PublishingService implements OnModuleInit {
  constructor(
    private readonly matching: MatchingService,
    private readonly matchings: MatchingsRepository,
    private readonly toMatch: MatchingPeople,
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly actors: ActorsNow,
    private readonly invitations: TeamInvitations,
    private readonly mails: TeamMails,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(teamsPublished, 'fellows', ({ cohortId, matchingId }) => this.inviteFellows(cohortId, matchingId));
  }

  /** What would be done. Throws 404, 409 `places_changed`. */
  async preview(actor: CohortActor, matchingId: string): Promise<PublishedTeams> {
    const row = await this.matching.load(actor, matchingId);
    const seats = await this.inTeams(row);
    if (!row.publishedAt) await this.checkPlaces(row, seats);
    return await this.present(row, seats);
  }

  /** Publishes a version; of two at once one. Throws 404, 403 as {@link ActorsNow.holdToLead}, 409 `own_file`, `cohort_closed`, `already_published`, `places_changed` with the names of the `projects`. */
  async publish(actor: CohortActor, matchingId: string): Promise<PublishedTeams> {
    const row = await this.matching.load(actor, matchingId);
    mustRun(actor);
    await this.toMatch.mustMatchOthers(actor);
    const seats = await this.inTeams(row);
    // What becomes of whom is said as it is before their letters are written.
    const told = await this.present(row, seats);
    if (row.publishedAt) return told;
    const at = this.clock.now();
    await this.matchings.begin(row.cohortId);
    const isFirst = await this.transactions.run(async (session) => {
      await this.actors.holdToLead(actor, session);
      if (!(await this.matchings.publish(row, { id: idOf(actor.userId), at }, session))) return false;
      // Who changes places holds the cohort, too.
      await this.checkPlaces(row, seats, session);
      const fact = { cohortId: actor.cohortId, matchingId: String(row._id) };
      await this.outbox.write(teamsPublished, fact, session);
      return true;
    });
    if (isFirst) return { ...told, publishedAt: at.toISOString() };
    const now = await this.matching.load(actor, matchingId);
    if (!now.publishedAt) throw conflict('already_published', 'Another version of these teams is published.');
    return { ...told, publishedAt: now.publishedAt.toISOString() };
  }

  private async inviteFellows(cohortId: string, matchingId: string): Promise<void> {
    const [cohort, id] = [idOf(cohortId), toId(matchingId)];
    const row = id && (await this.matchings.inCohort(cohort, id));
    if (!row?.publishedBy) return;
    const people = (await this.inTeams(row)).flatMap(invitedFrom);
    await this.invitations.invite(cohort, String(row.publishedBy), people, (ids, session) =>
      this.files.hold(ids, session),
    );
  }

  private async inTeams(row: MatchingRow): Promise<InTeam[]> {
    return inTeamsOf(row, await this.toMatch.of(row.cohortId));
  }

  private async checkPlaces(row: MatchingRow, seats: readonly InTeam[], session?: ClientSession): Promise<void> {
    const projects = await this.projects.ofCohort(row.cohortId, session);
    const coming = seats.flatMap(({ projectId, person }) => (person ? [{ projectId, craft: person.craft }] : []));
    const short = withoutRoom(
      coming,
      projects.map(({ _id, places }) => ({ id: String(_id), places })),
    );
    if (short.size === 0) return;
    const names = projects.flatMap(({ _id, name }) => (short.has(String(_id)) ? [name] : []));
    throw conflict('places_changed', 'Projects have fewer places by now than these teams need. Make teams again.', {
      projects: names.join(', '),
    });
  }

  private async present(row: MatchingRow, all: readonly InTeam[]): Promise<PublishedTeams> {
    const [becoming, projects, { proposals, withoutPlace }] = await Promise.all([
      this.invitations.becoming(row.cohortId, all.flatMap(invitedFrom)),
      this.projects.ofCohort(row.cohortId),
      this.mails.toTell(row),
    ]);
    const names = new Map(projects.map(({ _id, name }) => [String(_id), name]));
    return {
      publishedAt: row.publishedAt?.toISOString() ?? null,
      told: { agencies: proposals.length, withoutPlace: withoutPlace.length },
      people: all.map(({ applicationId, projectId, person }) => ({
        ...{ applicationId, projectId, projectName: names.get(projectId) ?? '' },
        ...{ name: person?.file.known.name ?? null, email: person?.file.email ?? null, craft: person?.craft ?? null },
        ...{ locale: person?.file.locale ?? null, timeZone: person?.file.timeZone ?? null },
        becomes: person ? (becoming.get(person.file.email) ?? 'invited') : 'gone',
      })),
    };
  }
}

function invitedFrom({ projectId, person }: InTeam): ForTeams[] {
  if (!person) return [];
  const { file, craft } = person;
  const { email, locale, timeZone } = file;
  return [
    {
      ...{ email, name: invitedName(file), locale, timeZone, role: 'fellow', ...(craft && { craft }) },
      ...{ projectIds: [idOf(projectId)], applicationIds: [file.id] },
    },
  ];
}
