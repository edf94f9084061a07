import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Problem, forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { BookSessionSeries, CancelInSeries, SessionSeries } from '../../contracts/mentoring/session-series.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId, sentId, toId } from '../../infra/mongo/ids.js';
import { sessionCancelled } from '../mentoring.events.js';
import { abilities, partIn } from '../mentoring.policy.js';
import { cancelsLate, lateNow } from '../scheduling/late-cancel.js';
import { SessionActs } from '../sessions/session-acts.js';
import { SessionBooking, type ToBook } from '../sessions/session-booking.service.js';
import { factOf, subjectOf } from '../sessions/session.facts.js';
import { type HistoryEntry, SessionWrites } from '../sessions/session-writes.repository.js';
import { SessionsPresenter } from '../sessions/sessions.presenter.js';
import { type Session, SessionsRepository } from '../sessions/sessions.repository.js';
import { staleFor } from '../sessions/stale.js';
import { idInSeries, idsInSeries, withinResidency } from './repeated-dates.js';

/** Sessions that were booked at once. Each is a session as any other; this books them together, shows them together and calls several off by one act. */
@Injectable()
export class SessionSeriesService {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly cohorts: CohortsRepository,
    private readonly bookings: SessionBooking,
    private readonly sessions: SessionsRepository,
    private readonly writes: SessionWrites,
    private readonly presenter: SessionsPresenter,
    private readonly acts: SessionActs,
  ) {}

  /**
   * All dates or none. What is sent again answers what it booked: the ids of all follow from its `clientId`. Throws as {@link SessionBooking.book}, and 422 `/dates/<index>`:
   * `before_the_last`, `after_residency`.
   */
  async book(actor: CohortActor, { dates, weeks, clientId, ...body }: BookSessionSeries): Promise<SessionSeries> {
    const id = sentId('session-series', actor.cohortId, actor.userId, clientId);
    const before = await this.all(id);
    if (before.length > 0) return await this.shown(actor, id, before);
    const starts = await this.checked(actor, dates);
    const toBook = ({ startsAt, number }: Start): ToBook => ({
      id: idOf(idInSeries(String(id), number)),
      startsAt,
      series: { id, number, of: starts.length, weeks },
    });
    const [first, ...others] = starts;
    try {
      const booked = await this.bookings.book(actor, body, [toBook(first), ...others.map(toBook)], {
        seriesId: id,
        actId: id,
      });
      return await this.shown(actor, id, booked);
    } catch (error) {
      // The same, sent twice at once, meets itself: its time is taken, or its ids are.
      const meanwhile = await this.all(id);
      if (meanwhile.length === 0) throw error;
      return await this.shown(actor, id, meanwhile);
    }
  }

  /** Those that the actor may see. Throws 404 where there is none. */
  async get(actor: CohortActor, seriesId: string): Promise<SessionSeries> {
    const id = toId(seriesId);
    if (!id) throw notFound();
    return await this.shown(actor, id, await this.all(id));
  }

  /**
   * Calls off those that are named, all or none, each as {@link SessionsService.cancel} does. Throws 404, 403, 422 `/sessions/<index>/id` `not_in_series`, 409 `late_now`,
   * 409 `stale` with the one that was changed meanwhile (`sessionId`).
   */
  async cancel(actor: CohortActor, seriesId: string, body: CancelInSeries): Promise<SessionSeries> {
    const { id, rows } = await this.visible(actor, seriesId);
    const now = this.clock.now();
    const asked = new Map(body.sessions.map((one) => [one.id.toLowerCase(), one]));
    const those = [...asked.values()].map((one, index) => {
      const session = rows.find(({ _id }) => String(_id) === one.id.toLowerCase());
      if (!session) throw invalidField(`/sessions/${index}/id`, 'not_in_series');
      if (session.status !== 'scheduled' || session.revision !== one.revision) throw staleAmong(session);
      const subject = subjectOf(session);
      if (!abilities(actor, subject, now).cancel) throw forbidden();
      return { session, isLate: cancelsLate(partIn(actor, subject), session, now) };
    });
    await this.acts.countCancel(actor, those.length);
    if (body.late === false && those.some(({ isLate }) => isLate)) throw lateNow();
    const act = { seriesId: id, actId: newId() };
    const entryOf = ({ startsAt }: Session): HistoryEntry => ({
      ...{ at: now, byId: idOf(actor.userId), act: 'cancelled', from: startsAt, actId: act.actId },
    });
    const changed = await this.writes.cancelTogether(
      those.map((one) => ({ ...one, entry: entryOf(one.session) })),
      body.reason,
      act,
    );
    if (changed) throw staleAmong((await this.sessions.byId(changed._id)) ?? changed);
    const after = await this.all(id);
    for (const session of after.filter(({ _id }) => asked.has(String(_id))))
      this.bus.publish(sessionCancelled, factOf(session, actor.userId));
    return await this.shown(actor, id, after);
  }

  private async visible(actor: CohortActor, seriesId: string) {
    const id = toId(seriesId);
    const rows = id ? visibleTo(actor, await this.all(id)) : [];
    if (!id || rows.length === 0) throw notFound();
    return { id, rows };
  }

  /** By their ids, whatever became of them. */
  private async all(id: Types.ObjectId): Promise<Session[]> {
    return await this.sessions.byIds(idsInSeries(String(id)).map(idOf));
  }

  private async shown(actor: CohortActor, id: Types.ObjectId, all: readonly Session[]): Promise<SessionSeries> {
    const rows = visibleTo(actor, all).sort((one, other) => numberOf(one) - numberOf(other));
    const series = rows[0]?.series;
    if (!series) throw notFound();
    const { weeks, of } = series;
    return { id: String(id), weeks, of, items: await this.presenter.many(actor, rows) };
  }

  private async checked(actor: CohortActor, dates: readonly string[]): Promise<[Start, ...Start[]]> {
    const cohort = await this.cohorts.byId(idOf(actor.cohortId));
    if (!cohort) throw notFound();
    const [first, ...others] = dates.map((startsAt, index): Start => {
      const before = dates[index - 1];
      if (before !== undefined && Date.parse(startsAt) <= Date.parse(before))
        throw invalidField(`/dates/${index}`, 'before_the_last');
      if (withinResidency([new Date(startsAt)], cohort).beyond > 0)
        throw invalidField(`/dates/${index}`, 'after_residency', { endsOn: cohort.endsOn });
      return { startsAt, number: index + 1 };
    });
    if (!first) throw invalidField('/dates', 'required');
    return [first, ...others];
  }
}

interface Start {
  startsAt: string;
  number: number;
}

const numberOf = ({ series }: Session) => series?.number ?? 0;

const visibleTo = (actor: CohortActor, rows: readonly Session[]): Session[] =>
  rows.filter((row) => String(row.cohortId) === actor.cohortId && partIn(actor, subjectOf(row)) !== null);

/** 409 `stale` that names the one of several. */
function staleAmong(session: Session): Problem {
  const { code, detail, more } = staleFor(session);
  return new Problem(409, code, detail, { ...more, sessionId: String(session._id) });
}
