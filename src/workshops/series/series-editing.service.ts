import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import type { CancelSeries, SeriesScope, UpdateSeries } from '../../contracts/workshops/workshop-series.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { newId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { Publish } from '../../contracts/workshops/workshops.js';
import type { By } from '../host-times.js';
import { DraftRoom } from '../draft-room.js';
import { HostNaming, type Renamed } from '../host-naming.js';
import { InvitedHosts } from '../invited-hosts.js';
import { PlacesService, type WorkshopChange } from '../registrations/places.service.js';
import { type SeenSeries, SeriesReader } from './series-reader.js';
import { editFor, touchedBy } from './series.js';
import { WorkshopMoves } from '../workshop-moves.js';
import { WorkshopDrafts, mustBeRunning, toEdit, withoutInvited } from '../workshop-drafts.js';
import { type WorkshopEdit, differing } from '../workshop-fields.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import type { WorkshopSeriesRow } from './workshop-series.schema.js';
import { edited, published } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { type WorkshopAspect, workshopCancelled, workshopChanged, workshopPublished } from '../workshops.events.js';
import { mayManage, mayPublish } from '../workshops.policy.js';
import { WorkshopsRepository, wordsAfter } from '../workshops.repository.js';

/** Where an act on several dates begins, and which edition of the series was seen. */
interface At {
  scope: SeriesScope;
  workshopId: string;
  edition: number;
}

/**
 * Acts on several dates of a series: each is one transaction that takes all its dates, so that another act on the series, or on one date
 * of it, comes before or after, never in between. Each changed date then follows its own rules: places, offers, reminders.
 */
@Injectable()
export class SeriesEditing {
  constructor(
    private readonly reader: SeriesReader,
    private readonly series: WorkshopSeriesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly places: PlacesService,
    private readonly actors: ActorsNow,
    private readonly drafts: WorkshopDrafts,
    private readonly room: DraftRoom,
    private readonly moves: WorkshopMoves,
    private readonly invitedHosts: InvitedHosts,
    private readonly naming: HostNaming,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Resolves with the series as it was before. Throws as {@link WorkshopMoves}, 403 unless one looks after all dates of the scope, 409 `stale`, `over` (none of them lies ahead), 409 and 422 as for one. */
  async update(
    actor: CohortActor,
    seriesId: string,
    { scope, workshopId, edition, despite, ...body }: UpdateSeries,
  ): Promise<SeenSeries> {
    const before = await this.found(actor, seriesId);
    const { series, rows: known } = before;
    if (body.hosts) await this.drafts.mustBeMembers(actor, body.hosts);
    const edit = toEdit(withoutInvited(actor, body));
    await this.naming.count(actor, this.rehosted(known, { scope, workshopId }, edit));
    const actId = newId();
    const changed = await this.moves.limited(actor, String(series._id), (count) =>
      this.places.changeAll(
        async (session) => {
          const { rows, seen } = await this.inScope(actor, series, { scope, workshopId, edition }, session);
          const touched = differing(seen, edit);
          if (touched.invitedHosts) await this.invitedHosts.hold(actor, body.invitedHosts, session);
          const decided = rows.flatMap((row) => {
            const { change, changed } = edited(row, editFor(row, seen, touched), this.clock.now(), {
              invited: actor.role === 'staff',
            });
            return changed.length > 0
              ? [{ row, change: { ...change, ...wordsAfter(row, change, changed) }, changed }]
              : [];
          });
          const changes = decided.map(({ row, change }) => ({ row, change: byAct(actId, change) }));
          await this.room.mustHoldGrown(actor, changes, session);
          await this.naming.write(actor.userId, renamedBy(changes), session);
          await count(changes);
          return { changes, result: decided.map(({ row, changed }) => ({ _id: row._id, changed })) };
        },
        by(actor, despite),
      ),
    );
    this.tellChanged(actor, changed);
    return before;
  }

  /** Calls off what is published and drops the drafts among them. Throws 403, 409 `stale`, `over`, `not_published`. */
  async cancel(actor: CohortActor, seriesId: string, { reason, ...at }: CancelSeries): Promise<void> {
    const { series } = await this.found(actor, seriesId);
    const actId = newId();
    const cancelled = await this.places.changeAll(async (session) => {
      const { rows } = await this.inScope(actor, series, at, session);
      const drafts = rows.filter(({ status }) => status === 'draft');
      const live = rows.filter(({ status }) => status === 'published');
      if (live.length === 0) throw conflict('not_published', 'They are drafts: nobody knows of them yet.');
      await this.workshops.deleteLocked(
        drafts.map(({ _id }) => _id),
        session,
      );
      const changes = live.map((row) => {
        const change = { status: 'cancelled' as const, cancelReason: reason, revision: row.revision + 1 };
        return { row, change: byAct(actId, change) };
      });
      const facts = live.map(({ _id }) => ({ cohortId: actor.cohortId, workshopId: String(_id) }));
      for (const fact of facts) await this.outbox.write(workshopCancelled, fact, session);
      return { changes, result: facts };
    });
    for (const fact of cancelled) this.bus.publish(workshopCancelled, fact);
  }

  /** Publishes all its drafts that lie ahead. Throws 403 where all are proposals of a fellow, 409 `already_published`, and as for one. */
  async publish(actor: CohortActor, seriesId: string, { despite }: Publish): Promise<void> {
    const { series, rows: known } = await this.found(actor, seriesId);
    const open = known.filter((row) => this.isDraftAhead(row) && mayPublish(actor, row));
    await this.naming.count(actor, renamedBy(open.map((row) => ({ row, change: published(row) }))));
    const told = await this.places.changeAll(
      async (session) => {
        const now = await this.actors.held(actor, session);
        const rows = await this.workshops.lockSeries(series._id, session);
        const drafts = rows.filter((row) => this.isDraftAhead(row));
        const mine = drafts.filter((row) => mayPublish(now, row));
        if (drafts.length === 0) throw conflict('already_published', 'No date of it is a draft that lies ahead.');
        if (mine.length === 0) throw forbidden();
        const gone = await this.drafts.goneOf(
          actor.cohortId,
          mine.flatMap(({ hosts }) => hosts),
        );
        const still = (hosts: Types.ObjectId[]) => hosts.filter((host) => !gone.has(String(host)));
        const changes = mine.map((row) => ({ row, change: { ...published(row), hosts: still(row.hosts) } }));
        const facts = mine.map(({ _id }) => ({ cohortId: actor.cohortId, workshopId: String(_id) }));
        for (const fact of facts) await this.outbox.write(workshopPublished, fact, session);
        await this.naming.write(actor.userId, renamedBy(changes), session);
        return { changes, result: facts };
      },
      by(actor, despite),
    );
    for (const fact of told) this.bus.publish(workshopPublished, fact);
  }

  /** Drops all its drafts: nobody but their makers knew of them. Throws 403, 409 `published` where there is none. */
  async discard(actor: CohortActor, seriesId: string): Promise<void> {
    const { series } = await this.found(actor, seriesId);
    await this.places.changeAll(async (session) => {
      const now = await this.actors.held(actor, session);
      const drafts = (await this.workshops.lockSeries(series._id, session)).filter(({ status }) => status === 'draft');
      if (drafts.length === 0) throw conflict('published', 'Others know of its dates: cancel them instead.');
      if (!drafts.every((row) => mayManage(now, row))) throw forbidden();
      await this.workshops.deleteLocked(
        drafts.map(({ _id }) => _id),
        session,
      );
      return { changes: [], result: null };
    });
  }

  /** Throws 404 for who sees nothing of it, 403 for who looks after none of its dates. */
  private async found(actor: CohortActor, seriesId: string): Promise<SeenSeries> {
    const { series, rows } = await this.reader.seen(actor, seriesId);
    if (!rows.some((row) => mayManage(actor, row))) throw forbidden();
    mustBeRunning(actor);
    return { series, rows };
  }

  private isDraftAhead({ status, startsAt }: WorkshopRow): boolean {
    return status === 'draft' && startsAt > this.clock.now();
  }

  /** Whom an edit would make hosts of which dates, as they are before it takes them. */
  private rehosted(
    rows: readonly WorkshopRow[],
    { scope, workshopId }: Omit<At, 'edition'>,
    edit: WorkshopEdit,
  ): Renamed[] {
    const seen = rows.find(({ _id }) => String(_id) === workshopId.toLowerCase());
    const { hosts } = seen ? differing(seen, edit) : {};
    if (!seen || !hosts) return [];
    return renamedBy(touchedBy(rows, scope, seen, this.clock.now()).map((row) => ({ row, change: { hosts } })));
  }

  /** Takes the series and the dates of the scope as they are now, for who looks after them still. */
  private async inScope(
    actor: CohortActor,
    series: WorkshopSeriesRow,
    { scope, workshopId, edition }: At,
    session: ClientSession,
  ): Promise<{ rows: WorkshopRow[]; seen: WorkshopRow }> {
    const now = await this.actors.held(actor, session);
    if (!(await this.series.countEdit(series._id, edition, session))) throw await this.stale(series);
    const all = await this.workshops.lockSeries(series._id, session);
    const seen = all.find(({ _id }) => String(_id) === workshopId.toLowerCase());
    if (!seen) throw notFound();
    const rows = touchedBy(all, scope, seen, this.clock.now());
    if (rows.length === 0) throw conflict('over', 'None of these dates lies ahead.');
    if (!rows.every((row) => mayManage(now, row))) throw forbidden();
    return { rows, seen };
  }

  private async stale({ cohortId, _id }: WorkshopSeriesRow) {
    const fresh = await this.series.inCohort(cohortId, _id);
    return conflict('stale', 'Somebody changed a date of it meanwhile. Load it again.', { edition: fresh?.edition });
  }

  private tellChanged(
    { cohortId }: CohortActor,
    all: readonly { _id: Types.ObjectId; changed: WorkshopAspect[] }[],
  ): void {
    for (const { _id, changed } of all)
      this.bus.publish(workshopChanged, { cohortId, workshopId: String(_id), changed });
  }
}

const by = (viewer: CohortActor, despite: boolean | undefined): By => ({ viewer, despite });

const renamedBy = (changes: readonly { row: WorkshopRow; change: WorkshopChange }[]): Renamed[] =>
  changes.map(({ row, change }) => ({ before: row, after: { ...row, ...change } }));

/** Says of a change that raises the revision of a date that it is part of an act on several. */
const byAct = (id: Types.ObjectId, change: WorkshopChange): WorkshopChange =>
  change.revision === undefined ? change : { ...change, seriesAct: { id, revision: change.revision } };
