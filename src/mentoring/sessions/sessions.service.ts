import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../calendar/clashes.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import type {
  CancelSession,
  CompleteSession,
  MentoringSession,
  RescheduleSession,
  ScheduleSession,
  SessionsQuery,
} from '../../contracts/mentoring/mentoring.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { BookingService } from '../scheduling/booking.service.js';
import { cancelsLate, lateNow } from '../scheduling/late-cancel.js';
import { sessionCancelled, sessionCompleted, sessionRescheduled } from '../mentoring.events.js';
import { abilities, partIn } from '../mentoring.policy.js';
import type { Plan } from '../scheduling/placing.js';
import { SessionActs } from './session-acts.js';
import { SessionBooking, decidingOf, mustBeRunning } from './session-booking.service.js';
import { SessionPlans } from './session-plans.js';
import { hearsOf, staleFor } from './stale.js';
import { factOf, subjectOf } from './session.facts.js';
import { SessionsPresenter } from './sessions.presenter.js';
import { SessionWrites } from './session-writes.repository.js';
import { type Session, SessionsRepository } from './sessions.repository.js';

type Act = keyof Pick<MentoringSession['abilities'], 'reschedule' | 'cancel' | 'complete'>;

/** Before and after all sessions there are. */
const EVER = { from: '2000-01-01T00:00:00Z', to: '2200-01-01T00:00:00Z' };

/** Booking, moving, cancelling and completing single sessions. Who is first is settled by the database: by claims and by the revision. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly booking: BookingService,
    private readonly plans: SessionPlans,
    private readonly sessions: SessionsRepository,
    private readonly writes: SessionWrites,
    private readonly presenter: SessionsPresenter,
    private readonly acts: SessionActs,
    private readonly bookings: SessionBooking,
  ) {}

  /** Mine, or all of the cohort for staff, in time order; `userId` narrows to those with that person. */
  async list(
    actor: CohortActor,
    query: SessionsQuery,
  ): Promise<{ items: MentoringSession[]; nextCursor: string | null }> {
    const other = query.userId === undefined ? undefined : toId(query.userId);
    if (other === null) return { items: [], nextCursor: null };
    const seesAll = actor.role === 'staff';
    const rows = await this.sessions.list(
      {
        cohortId: idOf(actor.cohortId),
        person: seesAll ? other : idOf(actor.userId),
        other: seesAll ? undefined : other,
        status: query.status,
        from: new Date(query.from ?? EVER.from),
        to: new Date(query.to ?? EVER.to),
        order: query.order,
        after: query.cursor === undefined ? undefined : placeOf(query.cursor),
      },
      query.limit + 1,
    );
    const { items, nextCursor } = pageOf(rows, query.limit, (row) => [row.startsAt.toISOString(), String(row._id)]);
    return { items: await this.presenter.many(actor, items), nextCursor };
  }

  async get(actor: CohortActor, sessionId: string): Promise<MentoringSession> {
    return await this.presenter.one(actor, await this.visible(actor, sessionId));
  }

  /** The session, when the actor takes part in it or is staff; else 404. */
  async visible(actor: CohortActor, sessionId: string): Promise<Session> {
    const id = toId(sessionId);
    const session = id && (await this.sessions.inCohort(idOf(actor.cohortId), id));
    if (!session || !partIn(actor, subjectOf(session))) throw notFound();
    return session;
  }

  /** As {@link visible}, also for the coach from whom it went over since `seen`: what they still try is stale, not unknown. */
  private async known(actor: CohortActor, sessionId: string, seen: number | undefined): Promise<Session> {
    const id = toId(sessionId);
    const session = id && (await this.sessions.inCohort(idOf(actor.cohortId), id));
    if (!session || !hearsOf(actor, session, seen)) throw notFound();
    return session;
  }

  private async stale(actor: CohortActor, { _id, revision }: Session) {
    const now = await this.sessions.byId(_id);
    return now && !hearsOf(actor, now, revision) ? notFound() : staleFor(now);
  }

  /** What the actor may do with a session now. */
  abilities(actor: CohortActor, session: Session): MentoringSession['abilities'] {
    return abilities(actor, subjectOf(session), this.clock.now());
  }

  /** Throws as {@link SessionBooking.book}. */
  async book(actor: CohortActor, body: ScheduleSession): Promise<MentoringSession> {
    const [booked] = await this.bookings.book(actor, body, [{ id: newId(), startsAt: body.startsAt }]);
    if (!booked) throw notFound();
    return await this.presenter.one(actor, booked);
  }

  /**
   * Moves to another start, coach and length kept; to the start it has: nothing. Throws as {@link BookingService.take}, and 409 `stale`,
   * `cohort_closed`. `viewer`: who is shown what stands in the way.
   */
  async reschedule(
    actor: CohortActor,
    sessionId: string,
    body: RescheduleSession,
    viewer: Viewer = actor,
  ): Promise<MentoringSession> {
    const session = await this.allowed(actor, sessionId, 'reschedule', body.revision);
    const at = { from: session.startsAt, to: new Date(body.startsAt) };
    if (at.from.getTime() === at.to.getTime()) return await this.presenter.one(actor, session);
    await this.acts.count(actor);
    const plan: Plan = {
      ...(await this.plans.moving(session, at.to.getTime())),
      ...{ act: 'move', deciding: decidingOf(actor), despite: body.despite },
    };
    const entry = { ...this.entry(actor), act: 'rescheduled' as const, ...at };
    const moved = await this.booking.take(viewer, plan, (placement, along) =>
      this.writes.move(session._id, session.revision, placement, entry, along),
    );
    if (!moved) throw await this.stale(actor, session);
    const now = await this.again(session._id);
    this.bus.publish(sessionRescheduled, {
      ...factOf(now, actor.userId),
      from: at.from.toISOString(),
      to: at.to.toISOString(),
    });
    return await this.presenter.one(actor, now);
  }

  /**
   * Cancels and frees the time of all. A fellow's cancellation after the coach's notice is recorded as late; who was shown that it is
   * in time when it is not any more is told first. Throws 409 `stale`, `late_now`.
   */
  async cancel(actor: CohortActor, sessionId: string, body: CancelSession): Promise<MentoringSession> {
    const session = await this.allowed(actor, sessionId, 'cancel', body.revision);
    await this.acts.countCancel(actor);
    const entry = { ...this.entry(actor), act: 'cancelled' as const, from: session.startsAt };
    const isLate = cancelsLate(partIn(actor, subjectOf(session)), session, entry.at);
    if (isLate && body.late === false) throw lateNow();
    if (!(await this.writes.cancel(session._id, session.revision, body.reason, entry, isLate)))
      throw await this.stale(actor, session);
    const now = await this.again(session._id);
    this.bus.publish(sessionCancelled, factOf(now, actor.userId));
    return await this.presenter.one(actor, now);
  }

  /** Says how it went, once it has begun. Throws 409 `stale` or `not_started`. */
  async complete(actor: CohortActor, sessionId: string, body: CompleteSession): Promise<MentoringSession> {
    const session = await this.allowed(actor, sessionId, 'complete', body.revision);
    const entry = { ...this.entry(actor), act: 'completed' as const };
    if (!(await this.writes.complete(session._id, session.revision, body.outcome, entry)))
      throw await this.stale(actor, session);
    const now = await this.again(session._id);
    this.bus.publish(sessionCompleted, { ...factOf(now, actor.userId), outcome: body.outcome });
    return await this.presenter.one(actor, now);
  }

  private async allowed(actor: CohortActor, sessionId: string, act: Act, seen: number | undefined): Promise<Session> {
    const session = await this.known(actor, sessionId, seen);
    const isStale = session.status !== 'scheduled' || (seen !== undefined && seen !== session.revision);
    if (isStale || !partIn(actor, subjectOf(session))) throw staleFor(session);
    if (act === 'reschedule') mustBeRunning(actor);
    if (this.abilities(actor, session)[act]) return session;
    if (act === 'complete' && partIn(actor, subjectOf(session)) !== 'participant')
      throw conflict('not_started', 'It has not begun yet.');
    throw forbidden();
  }

  private entry(actor: CohortActor) {
    return { at: this.clock.now(), byId: idOf(actor.userId) };
  }

  /** As it was written: another change may have come since, and the answer says what is now. */
  private async again(sessionId: Session['_id']): Promise<Session> {
    const session = await this.sessions.byId(sessionId);
    if (!session) throw notFound();
    return session;
  }
}

function placeOf(cursor: string) {
  const { at, id } = timePlaceOf(cursor);
  return { startsAt: at, id };
}
