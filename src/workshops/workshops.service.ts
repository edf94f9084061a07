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
import { InvitedHosts } from './invited-hosts.js';
import { PlacesService } from './registrations/places.service.js';
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
import { WorkshopDrafts, mustBeRunning, toEdit, withoutInvited } from './workshop-drafts.js';
import { WorkshopSeriesRepository } from './series/workshop-series.repository.js';
import {
  workshopCancelled,
  workshopChanged,
  workshopDiscarded,
  workshopDrafted,
  workshopPublished,
} from './workshops.events.js';
import { mayManage, mayPropose, mayPublish, maySee } from './workshops.policy.js';
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
    private readonly view: WorkshopsView,
    private readonly drafts: WorkshopDrafts,
    private readonly invitedHosts: InvitedHosts,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** A page of what this member may see of the cohort's workshops. */
  async list(actor: CohortActor, query: WorkshopsQuery): Promise<WorkshopList> {
    const rows = await this.workshops.page(idOf(actor.cohortId), await this.filterOf(actor, query));
    const page = pageOf(rows, query.limit, (row) => [row.startsAt.getTime(), String(row._id)]);
    const items = await this.view.many(actor, page.items);
    return { ...page, items, abilities: { propose: mayPropose(actor) } };
  }

  async get(actor: CohortActor, workshopId: string): Promise<Workshop> {
    return await this.view.one(actor, await this.seen(actor, workshopId));
  }

  /** Makes a draft. A coach or a fellow is among the hosts of what they make. Throws 422 for times or hosts that cannot be. */
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
    await this.transactions.run(async (session) => {
      await this.invitedHosts.hold(actor, body.invitedHosts, session);
      await this.workshops.insertAll([row], session);
    });
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(row._id) });
    return await this.get(actor, String(row._id));
  }

  /** Edits; raised capacity moves the line up at once. Throws 409 `cancelled`, `over`, `stale`, and `host_busy` or `clash` as hosts are free. */
  async update(actor: CohortActor, workshopId: string, body: UpdateWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    const { revision, edition, despite, ...fields } = body;
    if (fields.hosts) await this.drafts.mustBeMembers(actor, fields.hosts);
    const edit = toEdit(withoutInvited(actor, fields));
    const changed = await this.places.change(
      _id,
      (row) => {
        const { change, changed } = edited(row, edit, this.clock.now(), { revision, edition });
        return { change: { ...change, ...wordsAfter(row, change, changed) }, result: changed };
      },
      {
        by: { viewer: actor, despite },
        // Who edits several dates of its series meanwhile has not seen this.
        also: async ({ seriesId }, session) => {
          if (edit.invitedHosts) await this.invitedHosts.hold(actor, fields.invitedHosts, session);
          if (seriesId) await this.series.countEdit(seriesId, null, session);
        },
      },
    );
    if (changed.length > 0) {
      this.bus.publish(workshopChanged, { cohortId: actor.cohortId, workshopId: String(_id), changed });
    }
    return await this.get(actor, workshopId);
  }

  /**
   * Throws 403 for a fellow's own proposal, 409 `already_published`, `cancelled` or, when its start has passed, `started`; with `there` 409
   * `host_busy` where a host has a session or hosts something else then, 409 `clash` where one goes to something, unless `despite`.
   */
  async publish(actor: CohortActor, workshopId: string, { despite }: Publish = {}): Promise<Workshop> {
    const { _id, ...managed } = await this.managed(actor, workshopId);
    if (!mayPublish(actor, managed)) throw forbidden();
    const gone = await this.drafts.goneOf(actor.cohortId, managed.hosts);
    const publish = (row: WorkshopRow) => {
      mustBePublishable(row, this.clock.now());
      return {
        change: { ...published(row), hosts: row.hosts.filter((host) => !gone.has(String(host))) },
        result: null,
      };
    };
    const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
    const also = (_row: WorkshopRow, session: ClientSession) => this.outbox.write(workshopPublished, fact, session);
    await this.places.change(_id, publish, { by: { viewer: actor, despite }, also });
    this.bus.publish(workshopPublished, fact);
    return await this.get(actor, workshopId);
  }

  /** Drops a draft: nobody but its makers knew of it. Throws 409 `published` for one that others know of (cancel it). */
  async discard(actor: CohortActor, workshopId: string): Promise<void> {
    const { _id } = await this.managed(actor, workshopId);
    await this.transactions.run(async (session) => {
      if (!(await this.workshops.deleteDraft(_id, session)))
        throw conflict('published', 'Others know of it: cancel it instead.');
      const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
      await this.outbox.write(workshopDiscarded, fact, session);
    });
  }

  /** Calls it off, with a reason for all who are going or waiting. Throws 409 `not_published`, `cancelled`, `over`. */
  async cancel(actor: CohortActor, workshopId: string, { reason }: CancelWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    const fact = { cohortId: actor.cohortId, workshopId: String(_id) };
    const cancel = (row: WorkshopRow) => {
      mustBeCancellable(row, this.clock.now());
      const change = { status: 'cancelled' as const, cancelReason: reason, revision: row.revision + 1 };
      return { change, result: null };
    };
    await this.places.change(_id, cancel, {
      also: (_row, session) => this.outbox.write(workshopCancelled, fact, session),
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
    if (!mayManage(actor, row)) throw forbidden();
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
      drafts: actor.role === 'staff' ? 'all' : { hostedBy: me },
      fields: filtersOf(query),
      tag: query.tag,
      words: foldedWords([query.q ?? ''], 8).map((word) => new RegExp(`^${word}`)),
      ids: mine?.map((row) => row.workshopId),
      after: after && { startsAt: after.at, id: after.id },
      limit: query.limit,
    };
  }
}
