import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { dayOf } from '../../common/times/zoned.js';
import {
  type LengthenSeries,
  MAX_DATES,
  type PreviewLonger,
  type SeriesPreview,
} from '../../contracts/workshops/workshop-series.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { DraftRoom } from '../draft-room.js';
import { HostNaming } from '../host-naming.js';
import { InvitedHosts } from '../invited-hosts.js';
import { HostTimes } from '../host-times.js';
import { SeriesPlanning } from './series-planning.service.js';
import { SeriesReader } from './series-reader.js';
import { type FurtherDate, furtherDates, lastDayOf } from './series.js';
import { isKnown } from '../registrations/place-telling.js';
import { fieldsAt } from '../programme/workshop-copy.js';
import { WorkshopDrafts, mustBeRunning } from '../workshop-drafts.js';
import type { NewWorkshop } from '../workshop.schema.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import type { WorkshopSeriesRow } from './workshop-series.schema.js';
import { mustBePlannable, mustKeepGoodWindow } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { seriesExtended, workshopDrafted, workshopPublished, workshopsChanged } from '../workshops.events.js';
import { mayLengthen } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';

type End = Pick<LengthenSeries, 'workshopId' | 'until' | 'count'>;

/** Lets the rule of a series go on: more dates, like one of those it has. */
@Injectable()
export class SeriesLengthening {
  constructor(
    private readonly reader: SeriesReader,
    private readonly planning: SeriesPlanning,
    private readonly actors: ActorsNow,
    private readonly series: WorkshopSeriesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly drafts: WorkshopDrafts,
    private readonly room: DraftRoom,
    private readonly invitedHosts: InvitedHosts,
    private readonly naming: HostNaming,
    private readonly hostTimes: HostTimes,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The dates that would be added. Throws 403, 404, 409 and 422 as {@link lengthen}. */
  async preview(actor: CohortActor, seriesId: string, body: PreviewLonger): Promise<SeriesPreview> {
    const { series, rows } = await this.reader.seen(actor, seriesId);
    const all = await this.workshops.ofSeries(series._id);
    return await this.planning.shown(
      actor.cohortId,
      further(series, all, likeOf(actor, rows, body), body),
      body.locale,
    );
  }

  /**
   * Adds them, published where the date that they are like is. Throws 403 unless one may bring a date to that state, 404 for an unknown
   * date, 409 `stale`, `cancelled` for one that was called off, 422 `/until` or `/count` `not_longer`, `too_many_dates`; `/except`
   * `no_date_left`; `/startsAt` and hosts who are not free as for one workshop.
   */
  async lengthen(actor: CohortActor, seriesId: string, body: LengthenSeries): Promise<void> {
    mustBeRunning(actor);
    const { series: seen, rows } = await this.reader.seen(actor, seriesId);
    const like = likeOf(actor, rows, body);
    const { length } = further(seen, await this.workshops.ofSeries(seen._id), like, body);
    await this.naming.count(actor, [{ before: null, after: { ...like, createdBy: idOf(actor.userId) } }]);
    await this.room.admit(actor, like.status === 'draft' ? { dates: length } : { published: length });
    const { cohortId } = actor;
    const added = await this.transactions.run(async (session) => {
      const now = await this.actors.held(actor, session);
      if (!(await this.series.countEdit(seen._id, body.edition, session))) throw await this.stale(seen);
      const all = await this.workshops.lockSeries(seen._id, session);
      const series = (await this.series.byId(seen._id, session)) ?? seen;
      const like = await this.withThoseStillHere(likeOf(now, all, body), session);
      const fresh = this.datesOf(now, series, all, like, body);
      const count = series.count + fresh.length;
      await this.workshops.recount(seen._id, count, this.clock.now(), session);
      await this.room.write(
        actor,
        fresh.map((row) => ({ ...row, seriesCount: count })),
        session,
      );
      const written = fresh.map((after) => ({ before: null, after }));
      await this.hostTimes.mustBeFree(written, { viewer: actor, despite: body.despite }, session);
      await this.naming.write(actor.userId, written, session);
      await this.series.lengthen(
        seen._id,
        {
          repeat: { ...series.repeat, until: body.until, count: body.count },
          count,
          ...(like.status === 'published' && { growth: this.growthOf(series, all, fresh) }),
        },
        session,
      );
      if (like.status === 'published') await this.outbox.write(seriesExtended, { seriesId: String(seen._id) }, session);
      for (const { _id, status } of fresh)
        if (status === 'published')
          await this.outbox.write(workshopPublished, { cohortId, workshopId: String(_id) }, session);
      const known = fresh.filter(isKnown).map(({ _id }) => String(_id));
      if (known.length > 0) await this.outbox.write(workshopsChanged, { cohortId, workshopIds: known }, session);
      return fresh;
    });
    for (const { _id, status } of added) {
      const fact = { cohortId, workshopId: String(_id) };
      if (status === 'published') this.bus.publish(workshopPublished, fact);
      else this.bus.publish(workshopDrafted, fact);
    }
  }

  /** A date without hosts who left, and without invitations that are over: new dates are held by who is there. */
  private async withThoseStillHere(like: WorkshopRow, session: ClientSession): Promise<WorkshopRow> {
    const gone = await this.drafts.goneOf(String(like.cohortId), like.hosts);
    const invitedHosts = await this.invitedHosts.open(like.cohortId, like.invitedHosts ?? [], session);
    return { ...like, hosts: like.hosts.filter((host) => !gone.has(String(host))), invitedHosts };
  }

  private datesOf(
    actor: CohortActor,
    series: WorkshopSeriesRow,
    all: readonly WorkshopRow[],
    like: WorkshopRow,
    body: LengthenSeries,
  ): NewWorkshop[] {
    const leftOut = new Set(body.except);
    const dates = further(series, all, like, body).filter(({ date }) => !leftOut.has(date));
    if (dates.length === 0) throw invalidField('/except', 'no_date_left');
    const last = Math.max(...all.map(({ seriesIndex }) => seriesIndex ?? 0));
    return dates.map((date, index) => {
      const fields = fieldsAt(like, date.startsAt);
      mustBePlannable(fields, this.clock.now());
      mustKeepGoodWindow(fields);
      return this.drafts.draft(actor, fields, {
        seriesId: series._id,
        recurrenceId: date.recurrenceId,
        seriesIndex: last + index + 1,
        status: like.status,
        proposed: like.proposed,
      });
    });
  }

  /** Whom an earlier lengthening still has to serve is served along with this one. */
  private growthOf({ growth }: WorkshopSeriesRow, all: readonly WorkshopRow[], fresh: readonly NewWorkshop[]) {
    const now = this.clock.now();
    const ahead = all.filter(({ status, startsAt }) => status === 'published' && startsAt > now);
    return {
      actId: growth?.actId ?? newId(),
      before: growth?.before ?? ahead.map(({ _id }) => _id),
      added: [...(growth?.added ?? []), ...fresh.map(({ _id }) => _id)],
    };
  }

  private async stale({ _id }: WorkshopSeriesRow) {
    const fresh = await this.series.byId(_id);
    return conflict('stale', 'Somebody changed a date of it meanwhile. Load it again.', { edition: fresh?.edition });
  }
}

/** The date that new ones are to be like. Throws 403, 404, 409 `cancelled`. */
function likeOf(actor: CohortActor, rows: readonly WorkshopRow[], { workshopId }: End): WorkshopRow {
  const like = rows.find(({ _id }) => String(_id) === workshopId.toLowerCase());
  if (!like) throw notFound();
  if (like.status === 'cancelled') throw conflict('cancelled', 'This date was called off: begin at another one.');
  if (!mayLengthen(actor, like)) throw forbidden();
  return like;
}

/** What the rule adds. Of a series of before, whose first day is not known, it goes on after the last date that there is. */
function further(
  series: WorkshopSeriesRow,
  all: readonly WorkshopRow[],
  like: WorkshopRow,
  { until, count }: End,
): FurtherDate[] {
  const { repeat, timeZone } = series;
  const days = all.map(({ recurrenceId, startsAt }) => dayOf(recurrenceId ?? startsAt, timeZone));
  const firstDay = series.firstDay ?? days[0] ?? dayOf(like.startsAt, timeZone);
  const lastDay = series.firstDay === undefined ? (days.at(-1) ?? firstDay) : lastDayOf(firstDay, repeat);
  const at = until === null ? '/count' : '/until';
  const end = { until, count };
  const dates = furtherDates({ repeat, firstDay, lastDay, timeZone }, end, {
    ...like,
    recurrenceId: like.recurrenceId ?? like.startsAt,
  });
  if (dates.length === 0) throw invalidField(at, 'not_longer');
  if (all.length + dates.length > MAX_DATES) throw invalidField(at, 'too_many_dates', { most: MAX_DATES });
  return dates;
}
