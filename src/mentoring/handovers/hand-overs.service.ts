import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { Problem, forbidden, invalid, invalidField, notFound } from '../../common/problem.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { FreeCoaches, HandOverSession } from '../../contracts/mentoring/hand-overs.js';
import type { MentoringSession } from '../../contracts/mentoring/mentoring.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { BookingService } from '../scheduling/booking.service.js';
import { LeftNotes } from './left-notes.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { Coaches } from '../coaches/coaches.service.js';
import { sessionReassigned } from '../mentoring.events.js';
import { coachIdsOf } from '../coaches/pairs.js';
import { peopleOf, placeAll } from '../scheduling/placing.js';
import { factOf, subjectOf } from '../sessions/session.facts.js';
import { hearsOf, staleFor } from '../sessions/stale.js';
import { partIn } from '../mentoring.policy.js';
import { SessionPlans } from '../sessions/session-plans.js';
import { SessionsPresenter } from '../sessions/sessions.presenter.js';
import { SessionWrites } from '../sessions/session-writes.repository.js';
import { type Session, SessionsRepository } from '../sessions/sessions.repository.js';
import { SessionActs } from '../sessions/session-acts.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** Farther ahead than anybody can book. */
const AHEAD = 2 * 366 * DAY;

/** Who gives a session up to whom. */
interface Step {
  fromId: string;
  toId: string;
}

/** Handing a session over to another coach: the same time, the same fellows. Who was first is settled by claims and the revision. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly members: Members,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly booking: BookingService,
    private readonly plans: SessionPlans,
    private readonly actions: ActionsRepository,
    private readonly leftNotes: LeftNotes,
    private readonly rows: SessionsRepository,
    private readonly writes: SessionWrites,
    private readonly presenter: SessionsPresenter,
    private readonly sessions: SessionsService,
    private readonly acts: SessionActs,
  ) {}

  /** Who is free then, those of the same craft first. Throws 404, 403, 409 `stale`. */
  async free(actor: CohortActor, sessionId: string): Promise<FreeCoaches> {
    const session = await this.allowed(actor, sessionId, undefined);
    const fromId = seatOf(actor, session, undefined);
    const offers = await this.coaches.offering(actor.cohortId);
    const there = coachIdsOf(session);
    const others = new Map([...offers].filter(([coachId]) => !there.includes(coachId)));
    const faces = await this.coaches.faces(offers);
    const ids = await this.freeAmong(session, others);
    const craft = faces.find((face) => face.id === fromId)?.craft ?? null;
    const items = faces
      .filter((face) => ids.has(face.id))
      .map(({ id, name, avatarUrl, craft: theirs }) => ({
        person: { id, name, avatarUrl },
        craft: theirs,
        isOfTheCraft: craft !== null && theirs === craft,
      }))
      .sort(
        (a, b) => Number(b.isOfTheCraft) - Number(a.isOfTheCraft) || a.person.name.localeCompare(b.person.name, 'fr'),
      );
    return { items, nextCursor: null };
  }

  /**
   * Throws 404, 403, 409 `stale`, `cohort_closed`, `slot_taken`, `day_cap`, `week_cap`; 422 `/coachId`: `not_a_coach`, `twice`,
   * `outside_hours`; 422 `/fromCoachId` `not_in_session`.
   */
  async handOver(actor: CohortActor, sessionId: string, body: HandOverSession): Promise<MentoringSession> {
    const session = await this.allowed(actor, sessionId, body.revision);
    await this.acts.count(actor);
    const step = { fromId: seatOf(actor, session, body.fromCoachId), toId: await this.successor(actor, body.coachId) };
    if (session.people.some((person) => person.equals(step.toId))) throw invalidField('/coachId', 'twice');
    const written = await this.write(session, step, actor.userId).catch((error: unknown) => {
      throw aboutTheCoach(error);
    });
    const now = await this.rows.byId(session._id);
    if (!written || !now) throw now && !hearsOf(actor, now, session.revision) ? notFound() : staleFor(now);
    return await this.presenter.one(actor, now);
  }

  /** For a coach who gave their sessions up: whether `toId` took this one. Throws when it was changed meanwhile: look again. */
  async toSuccessor(session: Session, step: Step): Promise<boolean> {
    if (session.people.some((person) => person.equals(step.toId))) return false;
    try {
      if (!(await this.write(session, step, step.fromId))) throw new Error('a session was changed meanwhile');
      return true;
    } catch (error) {
      // Not free then, or no coach any more.
      if (error instanceof Problem && (error.status === 409 || error.status === 422)) return false;
      throw error;
    }
  }

  /** For a first coach who gave their sessions up: the second one goes on alone. Throws when it was changed meanwhile: look again. */
  async toSecond(session: Session, secondId: string): Promise<void> {
    const [from, to] = [session.coachId, idOf(secondId)];
    const entry = {
      ...{ at: this.clock.now(), byId: from, act: 'handed_over' as const, fromCoachId: from, toCoachId: to },
    };
    const written = await this.writes.goOnWithSecond(session, entry, async (transaction) => {
      await this.actions.passOnOf(session._id, from, to, transaction);
      await this.leftNotes.takeOut(session, from, transaction);
    });
    if (!written) throw new Error('a session was changed meanwhile');
    const after = { ...session, coachId: to, second: null, revision: session.revision + 1 };
    this.bus.publish(sessionReassigned, {
      ...factOf(after, String(from)),
      ...{ fromCoachId: String(from), toCoachId: secondId },
    });
  }

  /** How many sessions a coach has ahead, and how many of these each other coach could take over, one after the other. */
  async takenBy(cohortId: string, leaverId: string): Promise<{ sessions: number; takes: Map<string, number> }> {
    const now = this.clock.now();
    const all = await this.rows.ofPerson(idOf(leaverId), now, new Date(now.getTime() + AHEAD));
    const ahead = all.filter(
      ({ cohortId: theirs, status, coachId }) =>
        String(theirs) === cohortId && status === 'scheduled' && coachId.equals(leaverId),
    );
    const [first, last] = [ahead[0], ahead.at(-1)];
    if (!first || !last) return { sessions: 0, takes: new Map() };
    const offers = await this.coaches.offering(cohortId);
    offers.delete(leaverId);
    const coaches = [...offers.keys()];
    const [from, to] = [first.startsAt.getTime(), last.endsAt.getTime()];
    const { sessions, otherwise } = await this.calendars.allOf({ people: coaches, coaches, from, to });
    const takes = [...offers].map(([coachId, availability]): [string, number] => {
      const isThere = ({ people }: Pick<Session, 'people'>) => people.some((person) => person.equals(coachId));
      const plans = ahead
        .filter((session) => !isThere(session))
        .map((session) => ({ ...this.plans.steppingIn(session, coachId), participantIds: [] }));
      const outcomes = placeAll(plans, { sessions: sessions.filter(isThere), otherwise }, availability, now.getTime());
      return [coachId, outcomes.filter((outcome) => 'placement' in outcome).length];
    });
    return { sessions: ahead.length, takes: new Map(takes) };
  }

  private async write(session: Session, { fromId, toId: successorId }: Step, byId: string): Promise<boolean> {
    const plan = await this.plans.handingOver(session, fromId, successorId);
    const [from, to] = [idOf(fromId), idOf(successorId)];
    const at = this.clock.now();
    const entry = { at, byId: idOf(byId), act: 'handed_over' as const, fromCoachId: from, toCoachId: to };
    // A hand-over goes on with the next coach where one is taken: nobody is shown what that one has.
    const nobody = { userId: byId, cohortId: String(session.cohortId), role: 'fellow' as const };
    const written = await this.booking.take(nobody, plan, (placement, along) =>
      this.writes.handOver(
        session,
        { coachId: idOf(plan.coachId), people: peopleOf(plan).map(idOf), placement },
        entry,
        async (transaction) => {
          await along(transaction);
          await this.actions.passOnOf(session._id, from, to, transaction);
          await this.leftNotes.takeOut(session, from, transaction);
        },
      ),
    );
    if (!written) return false;
    const after = { ...session, coachId: idOf(plan.coachId), revision: session.revision + 1 };
    this.bus.publish(sessionReassigned, { ...factOf(after, byId), fromCoachId: fromId, toCoachId: successorId });
    return true;
  }

  /** Its coaches and staff; of the cohort's other people 403, but for who hears what it is by now ({@link hearsOf}). */
  private async allowed(actor: CohortActor, sessionId: string, seen: number | undefined): Promise<Session> {
    const id = toId(sessionId);
    const session = id && (await this.rows.inCohort(idOf(actor.cohortId), id));
    if (!session) throw notFound();
    const part = partIn(actor, subjectOf(session));
    if (part !== 'coach' && part !== 'staff')
      throw part === null && hearsOf(actor, session, seen) ? staleFor(session) : forbidden();
    const isStale = seen !== undefined && seen !== session.revision;
    if (isStale || !this.sessions.abilities(actor, session).handOver) {
      if (actor.cohortState === 'closed') throw new Problem(409, 'cohort_closed', 'This cohort is closed.');
      throw staleFor(session);
    }
    return session;
  }

  private async successor(actor: CohortActor, named: string): Promise<string> {
    const id = toId(named);
    const member = id && (await this.members.find(actor.cohortId, String(id)));
    if (member?.role !== 'coach') throw invalidField('/coachId', 'not_a_coach');
    return member.userId;
  }

  private async freeAmong(session: Session, offers: Awaited<ReturnType<Coaches['offering']>>): Promise<Set<string>> {
    if (offers.size === 0) return new Set();
    const coaches = [...offers.keys()];
    const [from, to] = [session.startsAt.getTime(), session.endsAt.getTime()];
    const { sessions, otherwise } = await this.calendars.allOf({ people: coaches, coaches, from, to });
    const now = this.clock.now().getTime();
    const free = [...offers].filter(([coachId, availability]) => {
      const taken = sessions.filter(({ people }) => people.some((person) => person.equals(coachId)));
      // The fellows have this time already: it is asked of the coach alone.
      const plan = { ...this.plans.steppingIn(session, coachId), participantIds: [] };
      const [outcome] = placeAll([plan], { sessions: taken, otherwise }, availability, now);
      return outcome !== undefined && 'placement' in outcome;
    });
    return new Set(free.map(([coachId]) => coachId));
  }
}

/** Whose place is given: the named coach's, one's own, else the first one's. Throws 422 for who has no place in it. */
function seatOf(actor: CohortActor, session: Session, named: string | undefined): string {
  const coaches = coachIdsOf(session);
  const wanted = named === undefined ? actor.userId : String(toId(named));
  if (coaches.includes(wanted)) return wanted;
  if (named !== undefined) throw invalidField('/fromCoachId', 'not_in_session');
  return String(session.coachId);
}

/** What is wrong with the time is wrong with the choice of the coach: the time is given. */
function aboutTheCoach(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.more.errors) return error;
  return invalid(error.more.errors.map((one) => ({ ...one, field: '/coachId' })));
}
