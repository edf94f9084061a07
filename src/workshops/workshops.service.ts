import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { pageOf } from '../common/cursor.js';
import { foldedWords } from '../common/texts/fold.js';
import { conflict, forbidden, notFound } from '../common/problem.js';
import type {
  CancelWorkshop,
  CreateWorkshop,
  Publish,
  UpdateWorkshop,
  Workshop,
  WorkshopList,
  WorkshopsQuery,
} from '../contracts/workshops/workshops.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { DraftRoom } from './draft-room.js';
import { HostNaming } from './host-naming.js';
import { InvitedHosts } from './invited-hosts.js';
import { ManagersNow } from './registrations/managers-now.js';
import { PlacesService, type WorkshopChange } from './registrations/places.service.js';
import { RegistrationsRepository } from './registrations/registrations.repository.js';
import {
  edited,
  mustBeCancellable,
  mustBePlannable,
  mustBePublishable,
  mustHaveFewHosts,
  mustKeepGoodWindow,
  mustKeepWithin,
  published,
} from './workshop.js';
import { WorkshopMoves } from './workshop-moves.js';
import { WorkshopDrafts, mustBeRunning, mustManage, toEdit, withoutInvited } from './workshop-drafts.js';
import { WorkshopSeriesRepository } from './series/workshop-series.repository.js';
import {
  workshopCancelled,
  workshopChanged,
  workshopDiscarded,
  workshopDrafted,
  workshopPublished,
} from './workshops.events.js';
import { mayPropose, mayPublish, maySee } from './workshops.policy.js';
import { filtersOf } from './workshop-fields.js';
import type { WorkshopRow } from './workshop.schema.js';
import { type ListFilter, WorkshopsRepository, wordsAfter } from './workshops.repository.js';
import { WorkshopsView } from './workshops.view.js';

/** Draft, publish, edit, cancel, list and show. Registrations are next door. */
@Injectable()
export class WorkshopsService {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly series: WorkshopSeriesRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly managers: ManagersNow,
    private readonly view: WorkshopsView,
    private readonly drafts: WorkshopDrafts,
    private readonly room: DraftRoom,
    private readonly invitedHosts: InvitedHosts,
    private readonly moves: WorkshopMoves,
    private readonly naming: HostNaming,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** A page of what this member may see of the cohort's workshops. */
  async list(actor: CohortActor, query: WorkshopsQuery): Promise<WorkshopList> {
    const rows = await this.workshops.page(idOf(actor.cohortId), await this.filterOf(actor, query));
    const place = (row: WorkshopRow) => [row.startsAt.getTime(), String(row._id)];
    const page = pageOf(rows, query.limit, place, ({ description }) => description.length);
    const items = await this.view.many(actor, page.items);
    return { ...page, items, abilities: { propose: mayPropose(actor) } };
  }

  async get(actor: CohortActor, workshopId: string): Promise<Workshop> {
    return await this.view.one(actor, await this.seen(actor, workshopId));
  }

  /** Makes a draft. A coach or a fellow is among the hosts of what they make. Throws 422 for times or hosts that cannot be, and as {@link DraftRoom}. */
  async create(actor: CohortActor, body: CreateWorkshop): Promise<Workshop> {
    mustBeRunning(actor);
    const now = this.clock.now();
    const fields = toEdit(body);
    mustBePlannable(fields, now);
    mustKeepGoodWindow(fields);
    mustKeepWithin(fields);
    mustHaveFewHosts(fields);
    withoutInvited(actor, body);
    await this.drafts.mustBeMembers(actor, body.hosts);
    const row = this.drafts.draft(actor, fields);
    await this.room.admit(actor, { alone: 1 });
    await this.transactions.run(async (session) => {
      await this.invitedHosts.hold(actor, body.invitedHosts, session);
      await this.room.write(actor, [row], session);
    });
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(row._id) });
    return await this.get(actor, String(row._id));
  }

  /** Edits; raised capacity moves the line up at once. Who takes themselves out of a draft is shown it as they left it, and not again. Throws as {@link WorkshopMoves}, and 409 `cancelled`, `over`, `stale`, and `host_busy` or `clash` as hosts are free. */
  async update(actor: CohortActor, workshopId: string, body: UpdateWorkshop): Promise<Workshop> {
    const managed = await this.managed(actor, workshopId);
    const { _id } = managed;
    const { revision, edition, despite, ...fields } = body;
    if (fields.hosts) await this.drafts.mustBeMembers(actor, fields.hosts);
    const edit = toEdit(withoutInvited(actor, fields));
    await this.naming.count(actor, [{ before: managed, after: { ...managed, ...edit } }]);
    const changed = await this.moves.limited(actor, String(_id), (count) =>
      this.places.change(
        _id,
        (row) => {
          mustManage(actor, row);
          const { change, changed } = edited(row, edit, this.clock.now(), {
            revision,
            edition,
            invited: actor.role === 'staff',
          });
          return { change: { ...change, ...wordsAfter(row, change, changed) }, result: changed };
        },
        {
          by: { viewer: actor, despite },
          // Who edits several dates of its series meanwhile has not seen this.
          also: async (row, change, session) => {
            const { seriesId } = row;
            await this.managers.mustManage(actor, row, session);
            await count([{ row, change }]);
            await this.room.mustHoldGrown(actor, [{ row, change }], session);
            await this.naming.write(actor.userId, [{ before: row, after: { ...row, ...change } }], session);
            if (edit.invitedHosts) await this.invitedHosts.hold(actor, fields.invitedHosts, session);
            if (seriesId) await this.series.countEdit(seriesId, null, session);
          },
        },
      ),
    );
    if (changed.length > 0) {
      this.bus.publish(workshopChanged, { cohortId: actor.cohortId, workshopId: String(_id), changed });
    }
    const row = await this.workshops.inCohort(managed.cohortId, _id);
    if (!row) throw notFound();
    return await this.view.one(actor, row);
  }

  /**
   * Throws 403 for a fellow's own proposal, 409 `already_published`, `cancelled` or, when its start has passed, `started`; with `there` 409
   * `host_busy` where a host has a session or hosts something else then, 409 `clash` where one goes to something, unless `despite`.
   */
  async publish(actor: CohortActor, workshopId: string, { despite }: Publish = {}): Promise<Workshop> {
    const managed = await this.managed(actor, workshopId);
    const { _id } = managed;
    if (!mayPublish(actor, managed)) throw forbidden();
    const gone = await this.drafts.goneOf(actor.cohortId, managed.hosts);
    await this.naming.count(actor, [{ before: managed, after: { ...managed, ...published(managed) } }]);
    const publish = (row: WorkshopRow) => {
      mustManage(actor, row);
      if (!mayPublish(actor, row)) throw forbidden();
      mustBePublishable(row, this.clock.now());
      return {
        change: { ...published(row), hosts: row.hosts.filter((host) => !gone.has(String(host))) },
        result: null,
      };
    };
    const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
    const also = async (row: WorkshopRow, change: WorkshopChange, session: ClientSession) => {
      if (!mayPublish(await this.managers.mustManage(actor, row, session), row)) throw forbidden();
      await this.outbox.write(workshopPublished, fact, session);
      await this.naming.write(actor.userId, [{ before: row, after: { ...row, ...change } }], session);
    };
    await this.places.change(_id, publish, { by: { viewer: actor, despite }, also });
    this.bus.publish(workshopPublished, fact);
    return await this.get(actor, workshopId);
  }

  /** Drops a draft: nobody but its makers knew of it. Throws 409 `published` for one that others know of (cancel it). */
  async discard(actor: CohortActor, workshopId: string): Promise<void> {
    const { _id } = await this.managed(actor, workshopId);
    await this.transactions.run(async (session) => {
      const row = await this.managers.take(actor, _id, session);
      if (row.status !== 'draft') throw conflict('published', 'Others know of it: cancel it instead.');
      await this.workshops.deleteLocked([_id], session);
      const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
      await this.outbox.write(workshopDiscarded, fact, session);
    });
  }

  /** Calls it off, with a reason for all who are going or waiting. Throws 409 `not_published`, `cancelled`, `over`. */
  async cancel(actor: CohortActor, workshopId: string, { reason }: CancelWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
    const cancel = (row: WorkshopRow) => {
      mustManage(actor, row);
      mustBeCancellable(row, this.clock.now());
      const change = { status: 'cancelled' as const, cancelReason: reason, revision: row.revision + 1 };
      return { change, result: null };
    };
    await this.places.change(_id, cancel, {
      also: async (row, _change, session) => {
        await this.managers.mustManage(actor, row, session);
        await this.outbox.write(workshopCancelled, fact, session);
      },
    });
    this.bus.publish(workshopCancelled, fact);
    return await this.get(actor, workshopId);
  }

  /** The workshop, or 404 for who may not see it. */
  async seen(actor: CohortActor, workshopId: string): Promise<WorkshopRow> {
    const id = toId(workshopId);
    const row = id && (await this.workshops.inCohort(idOf(actor.cohortId), id));
    if (!row || !maySee(actor, row)) throw notFound();
    return row;
  }

  /** The same for who looks after it in a running cohort, else 403 or 409 `cohort_closed`. */
  async managed(actor: CohortActor, workshopId: string): Promise<WorkshopRow> {
    const row = await this.seen(actor, workshopId);
    mustManage(actor, row);
    mustBeRunning(actor);
    return row;
  }

  private async filterOf(actor: CohortActor, query: WorkshopsQuery): Promise<ListFilter> {
    const me = idOf(actor.userId);
    const after = query.cursor ? timePlaceOf(query.cursor) : null;
    const mine =
      query.mine === 'true'
        ? await this.registrations.ofPerson(me, ['going', 'waitlisted', 'offered', 'attended'])
        : null;
    return {
      when: query.when,
      now: this.clock.now(),
      drafts: query.drafts,
      viewer: { id: me, isStaff: actor.role === 'staff' },
      fields: filtersOf(query),
      tag: query.tag,
      words: foldedWords([query.q ?? ''], 8).map((word) => new RegExp(`^${word}`)),
      ids: mine?.map((row) => row.workshopId),
      after: after && { startsAt: after.at, id: after.id },
      limit: query.limit,
    };
  }
}
