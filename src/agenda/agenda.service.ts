import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { Members } from '../cohorts/members/members.service.js';
import { type MilestoneFacts, Milestones } from '../cohorts/timeline/milestones.service.js';
import type { CohortActor } from '../common/actor.js';
import { Clock, DAY } from '../common/times/clock.js';
import { invalidField } from '../common/problem.js';
import { dayOf } from '../common/times/zoned.js';
import type { AgendaItem, AgendaQuery } from '../contracts/calendar.js';
import { toIds } from '../infra/mongo/ids.js';
import { SessionsReader } from '../mentoring/sessions/sessions.reader.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import { type AgendaEntry, inTimeOrder, milestoneEntry, sessionEntry, toItem, workshopEntry } from './agenda-entry.js';
import { type Mover, mayMove } from './moving.js';
import { overlapsIn } from './overlaps.js';

/** The longest span that is answered at once. */
export const MAX_DAYS = 400;

/** From an instant up to another. */
export interface Span {
  from: Date;
  to: Date;
}

/** A member of a cohort, whose zone it is. */
export interface CohortReader {
  userId: string;
  cohortId: string;
  timeZone: string;
  role: CohortActor['role'];
}

/** What a person, or a cohort, has to do and when. */
@Injectable()
export class AgendaService {
  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
    private readonly milestones: Milestones,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** All that I am part of, in all my cohorts, in time order. Throws 422 for a span that is empty or too long. */
  async mine(userId: string, query: AgendaQuery): Promise<AgendaItem[]> {
    const span = spanOf(query);
    const memberships = this.members.ofPerson(userId);
    const cohortIds = memberships.then((all) => all.map(({ cohortId }) => cohortId));
    const [belongings, cohorts, workshops, sessions, days] = await Promise.all([
      memberships,
      cohortIds.then((ids) => this.cohorts.byIds(toIds(ids))),
      this.workshops.ofPerson(userId, span.from, span.to),
      this.sessions.ofPerson(userId, span.from, span.to),
      cohortIds.then((ids) => this.daysOf(ids, span)),
    ]);
    const positions = await this.positions(userId, workshops);
    const zones = new Map(cohorts.map(({ _id, timeZone }) => [String(_id), timeZone]));
    const states = new Map(cohorts.map(({ _id, state }) => [String(_id), state]));
    const entries = inTimeOrder([
      // What is left of a cohort that one has left is nobody's to see any more.
      ...workshops
        .filter(({ workshop }) => zones.has(workshop.cohortId) && workshop.status !== 'draft')
        .map(({ workshop, as }) => workshopEntry(workshop, as, { position: positions.get(workshop.id) })),
      ...sessions.flatMap((session) => {
        const timeZone = zones.get(session.cohortId);
        return timeZone === undefined ? [] : [sessionEntry(session, userId, timeZone)];
      }),
      ...milestonesIn(days, zones, span),
    ]);
    const movers = belongings.flatMap(({ cohortId, role }): [string, Mover][] => {
      const cohortState = states.get(cohortId);
      return cohortState ? [[cohortId, { userId, role, cohortState }]] : [];
    });
    return await this.present(entries, new Map(movers));
  }

  /** The calendar of one cohort: its workshops and milestones, and my own sessions in it; nobody else's. Throws 422. */
  async ofCohort(actor: CohortActor, query: AgendaQuery): Promise<AgendaItem[]> {
    const { userId, cohortId, cohortTimeZone, role } = actor;
    const span = spanOf(query);
    const [shared, sessions] = await Promise.all([
      this.sharedIn({ userId, cohortId, timeZone: cohortTimeZone, role }, span),
      this.sessions.ofPerson(userId, span.from, span.to),
    ]);
    const own = sessions
      .filter((session) => session.cohortId === cohortId)
      .map((session) => sessionEntry(session, userId, cohortTimeZone));
    return await this.present(inTimeOrder([...shared, ...own]), new Map([[cohortId, actor]]));
  }

  /** What all of a cohort may see: its workshops, as they stand to this member, and its milestones. */
  private async sharedIn(member: CohortReader, span: Span): Promise<AgendaEntry[]> {
    const { userId, cohortId, timeZone, role } = member;
    const [all, days] = await Promise.all([
      this.workshops.inCohortFor({ userId, cohortId }, span.from, span.to),
      this.daysOf([cohortId], span),
    ]);
    const positions = await this.positions(userId, all);
    const workshops = all.map(({ workshop, as }) =>
      workshopEntry(workshop, as, {
        position: positions.get(workshop.id),
        readsLink: role === 'staff',
      }),
    );
    return inTimeOrder([...workshops, ...milestonesIn(days, new Map([[cohortId, timeZone]]), span)]);
  }

  /** A day of any zone lies within a day of UTC's; what does not touch the span is left out by {@link milestonesIn}. */
  private async daysOf(cohortIds: readonly string[], { from, to }: Span): Promise<MilestoneFacts[]> {
    const [first, last] = [new Date(from.getTime() - DAY), new Date(to.getTime() + DAY)];
    return await this.milestones.between([...cohortIds], dayOf(first, 'UTC'), dayOf(last, 'UTC'));
  }

  private async positions(
    userId: string,
    workshops: readonly { workshop: { id: string }; as: string | null }[],
  ): Promise<Map<string, number>> {
    const waiting = workshops.filter(({ as }) => as === 'waitlisted').map(({ workshop }) => workshop.id);
    return await this.workshops.positionsOf(userId, waiting);
  }

  private async present(entries: readonly AgendaEntry[], movers: ReadonlyMap<string, Mover>): Promise<AgendaItem[]> {
    const now = this.clock.now();
    const faces = await this.people.byId(entries.flatMap((entry) => entry.peopleIds));
    const overlaps = overlapsIn(entries);
    return entries.map((entry) => {
      const mover = movers.get(entry.cohortId);
      return toItem(entry, faces, overlaps.get(entry.id) ?? [], mover !== undefined && mayMove(entry, mover, now));
    });
  }
}

const milestonesIn = (days: readonly MilestoneFacts[], zones: ReadonlyMap<string, string>, { from, to }: Span) =>
  days
    .map((day) => milestoneEntry(day, zones.get(day.cohortId) ?? 'UTC'))
    .filter((entry) => entry.endsAt > from && entry.startsAt < to);

function spanOf(query: AgendaQuery): Span {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  if (to <= from) throw invalidField('/to', 'end_before_start');
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY) {
    throw invalidField('/to', 'too_long', { maximum: MAX_DAYS, of: 'days' });
  }
  return { from, to };
}
