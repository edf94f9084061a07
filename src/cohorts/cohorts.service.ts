import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor, CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { decodeCursor, pageOf } from '../common/cursor.js';
import { conflict, notFound } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type { Cohort, CohortColor, CreateCohort, UpdateCohort } from '../contracts/cohorts/cohorts.js';
import type { PageQuery } from '../contracts/primitives.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import {
  checkMeeting,
  checkPauses,
  checkPhases,
  cohortAbilities,
  closedForGood,
  linkPreviewing,
} from './cohort-rules.js';
import type { CohortRow } from './cohort.schema.js';
import { cohortChanged, cohortClosed, memberChanged } from './cohorts.events.js';
import { CohortsRepository } from './cohorts.repository.js';
import { logoUrl } from './logos.js';
import { CohortMaking } from './making/cohort-making.service.js';
import { ActorsNow } from './members/actors-now.js';
import { Members } from './members/members.service.js';
import { type MemberRow, MembershipsRepository } from './members/memberships.repository.js';
import { Phases } from './timeline/phases.service.js';
import { ProjectsRepository } from './projects/projects.repository.js';
import { mustKnowCountry } from './timeline/closed-days.reader.js';

/** Cohorts: made, changed, and closed. */
@Injectable()
export class CohortsService {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly projects: ProjectsRepository,
    private readonly making: CohortMaking,
    private readonly phases: Phases,
    private readonly members: Members,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The cohorts of a person, the latest first; all of them for an admin. */
  async list(actor: Actor, query: PageQuery): Promise<{ items: Cohort[]; nextCursor: string | null }> {
    const { items, nextCursor } = actor.isAdmin ? await this.pageOfAll(query) : await this.mine(actor);
    return { items: await this.present(items, actor), nextCursor };
  }

  async get(actor: CohortActor): Promise<Cohort> {
    const row = await this.cohorts.byId(idOf(actor.cohortId));
    const [cohort] = row ? await this.present([row], actor) : [];
    if (!cohort) throw notFound();
    return cohort;
  }

  /** Throws as {@link CohortMaking.make}. */
  async create(actor: Actor, body: CreateCohort): Promise<Cohort> {
    return await this.made(actor, await this.making.make(actor, body));
  }

  /** A cohort as who made it sees it. */
  async made(actor: Actor, cohortId: Types.ObjectId): Promise<Cohort> {
    const [cohort] = await this.present(await this.cohorts.byIds([cohortId]), actor);
    if (!cohort) throw notFound();
    return cohort;
  }

  /**
   * Phases that move take the milestones ahead along, unless they are to stay. Throws 422 for phases, pauses, country and meeting pattern, 409
   * `cohort_closed`, and `link_previews_never` where the installation has none; and as {@link ActorsNow.mustLead}.
   */
  async update(actor: CohortActor, body: UpdateCohort): Promise<Cohort> {
    if (body.phases) checkPhases(body.phases);
    if (body.pauses) checkPauses(body.pauses);
    if (body.country !== undefined) await mustKnowCountry(body.country, await this.countryOf(actor));
    if (body.meeting) checkMeeting(body.meeting);
    if (body.linkPreviews && this.config.LINK_PREVIEWS === 'off')
      throw conflict('link_previews_never', 'This installation asks nothing of pages outside.');
    const { keepMilestones = false, ...change } = body;
    await this.transactions.run(async (session) => {
      await this.save(actor, change, keepMilestones, session);
      await this.outbox.write(cohortChanged, { cohortId: actor.cohortId }, session);
    });
    return await this.get(actor);
  }

  /** Its fellows become alumni and leave their projects, which remember them. Throws 409 `cohort_closed` the second time, and as {@link ActorsNow.mustLead}. */
  async close(actor: CohortActor): Promise<Cohort> {
    const cohortId = idOf(actor.cohortId);
    const fellows = await this.transactions.run(async (session) => {
      if (!(await this.cohorts.close(cohortId, this.clock.now(), session))) throw closedForGood();
      await this.actors.mustLead(actor, session);
      const rows = await this.memberships.inCohort(cohortId, { roles: ['fellow'] }, session);
      await this.projects.keepTeams(teamsOf(rows), session);
      await this.memberships.graduate(cohortId, session);
      await this.outbox.write(cohortClosed, { cohortId: actor.cohortId }, session);
      return rows.map((row) => String(row.userId));
    });
    for (const userId of fellows) {
      this.bus.publish(memberChanged, { cohortId: actor.cohortId, userId, role: 'alumni', projectId: null });
    }
    return await this.get({ ...actor, cohortState: 'closed' });
  }

  private async save(
    actor: CohortActor,
    { phases, ...rest }: Omit<UpdateCohort, 'keepMilestones'>,
    keepMilestones: boolean,
    session: ClientSession,
  ): Promise<void> {
    const cohortId = idOf(actor.cohortId);
    // The cohort first: who else changes its phases meanwhile has to wait, and counts from what they are then.
    await this.actors.holdToLead(actor, session);
    const before = await this.cohorts.byId(cohortId, session);
    if (phases && before && !keepMilestones) await this.phases.takeAlong(withDays(before, rest), phases, session);
    const [first, last] = [phases?.at(0), phases?.at(-1)];
    const dates = first && last ? { startsOn: first.startsOn, endsOn: last.endsOn, phases: phases as never } : {};
    await this.cohorts.update(cohortId, { ...rest, ...dates }, session);
  }

  private async countryOf({ cohortId }: CohortActor): Promise<string | undefined> {
    return (await this.cohorts.byId(idOf(cohortId)))?.country;
  }

  private async pageOfAll({ limit, cursor }: PageQuery) {
    const before = cursor === undefined ? null : toId(String(decodeCursor(cursor, 1)[0]));
    return pageOf(await this.cohorts.page(before, limit + 1), limit, (row) => [String(row._id)]);
  }

  private async mine(actor: Actor) {
    const cohortIds = (await this.members.ofPerson(actor.userId)).map((one) => idOf(one.cohortId));
    const rows = await this.cohorts.byIds(cohortIds);
    return { items: rows.sort((a, b) => b.startsOn.localeCompare(a.startsOn)), nextCursor: null };
  }

  private async present(rows: readonly CohortRow[], actor: Actor): Promise<Cohort[]> {
    const ids = rows.map((row) => row._id);
    const [people, projects, mine] = await Promise.all([
      this.memberships.counts(ids),
      this.projects.counts(ids),
      this.members.ofPerson(actor.userId),
    ]);
    const roles = new Map(mine.map((one) => [one.cohortId, one.role]));
    return rows.map((row) => {
      const cohortId = String(row._id);
      const count = (role: string) =>
        people.find((one) => one.role === role && String(one.cohortId) === cohortId)?.count ?? 0;
      return {
        id: cohortId,
        name: row.name,
        color: row.color as CohortColor,
        startsOn: row.startsOn,
        endsOn: row.endsOn,
        timeZone: row.timeZone,
        locale: row.locale,
        country: row.country,
        state: row.state,
        phases: row.phases.map(({ key, name, startsOn, endsOn }) => ({ key, name: name ?? null, startsOn, endsOn })),
        pauses: (row.pauses ?? []).map(({ from, to, name }) => ({ from, to, name })),
        meeting: { kind: row.meeting.kind, pattern: row.meeting.pattern ?? null },
        linkPreviews: linkPreviewing(row, this.config),
        logoUrl: logoUrl(row.logo),
        counts: {
          fellows: count('fellow'),
          coaches: count('coach'),
          hosts: count('host'),
          staff: count('staff'),
          projects: projects.get(cohortId) ?? 0,
        },
        abilities: cohortAbilities({
          role: roles.get(cohortId) ?? 'admin',
          cohortState: row.state,
          isAdmin: actor.isAdmin,
        }),
      };
    });
  }
}

function teamsOf(fellows: readonly MemberRow[]) {
  const teams = new Map<string, Types.ObjectId[]>();
  for (const { projectId, userId } of fellows) {
    if (projectId) teams.set(String(projectId), [...(teams.get(String(projectId)) ?? []), userId]);
  }
  return [...teams].map(([projectId, fellowIds]) => ({ projectId: idOf(projectId), fellowIds }));
}

/** Milestones that move fall on days that are open then. */
const withDays = (
  before: CohortRow,
  { pauses = before.pauses, country = before.country }: UpdateCohort,
): CohortRow => ({
  ...before,
  ...(pauses && { pauses }),
  country,
});
