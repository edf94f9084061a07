import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { pageOf } from '../common/cursor.js';
import { foldedWords } from '../common/fold.js';
import { conflict, forbidden, notFound } from '../common/problem.js';
import type {
  CancelWorkshop,
  CreateWorkshop,
  UpdateWorkshop,
  Workshop,
  WorkshopList,
  WorkshopsQuery,
} from '../contracts/workshops.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { RegistrationDesk } from './registration-desk.js';
import { RegistrationsRepository } from './registrations.repository.js';
import {
  edited,
  mustBeCancellable,
  mustBePlannable,
  mustBePublishable,
  mustKeepGoodWindow,
  mustKeepWithin,
  published,
} from './workshop.js';
import { WorkshopDrafts, mustBeRunning, toEdit } from './workshop-drafts.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import {
  workshopCancelled,
  workshopChanged,
  workshopDiscarded,
  workshopDrafted,
  workshopPublished,
} from './workshops.events.js';
import { mayManage, mayPropose, mayPublish, maySee } from './workshops.policy.js';
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
    private readonly desk: RegistrationDesk,
    private readonly view: WorkshopsView,
    private readonly drafts: WorkshopDrafts,
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
    await this.drafts.mustBeMembers(actor, body.hosts);
    const row = this.drafts.draft(actor, fields);
    await this.workshops.insert(row);
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(row._id) });
    return await this.get(actor, String(row._id));
  }

  /** Edits; raised capacity moves the line up at once. Throws 409 `cancelled`, `over`, `stale`. */
  async update(actor: CohortActor, workshopId: string, body: UpdateWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    const { revision, edition, ...fields } = body;
    if (fields.hosts) await this.drafts.mustBeMembers(actor, fields.hosts);
    const edit = toEdit(fields);
    const changed = await this.desk.change(
      _id,
      (row) => {
        const { change, changed } = edited(row, edit, this.clock.now(), { revision, edition });
        return { change: { ...change, ...wordsAfter(row, change, changed) }, result: changed };
      },
      // Who edits several dates of its series meanwhile has not seen this.
      async ({ seriesId }, session) => void (seriesId && (await this.series.countEdit(seriesId, null, session))),
    );
    if (changed.length > 0) {
      this.bus.publish(workshopChanged, { cohortId: actor.cohortId, workshopId: String(_id), changed });
    }
    return await this.get(actor, workshopId);
  }

  /** Throws 403 for a fellow's own proposal, 409 `already_published`, `cancelled` or, when its start has passed, `started`. */
  async publish(actor: CohortActor, workshopId: string): Promise<Workshop> {
    const { _id, ...managed } = await this.managed(actor, workshopId);
    if (!mayPublish(actor, managed)) throw forbidden();
    await this.desk.change(_id, (row) => {
      mustBePublishable(row, this.clock.now());
      return { change: published(row), result: null };
    });
    this.bus.publish(workshopPublished, { cohortId: actor.cohortId, workshopId: String(_id) });
    return await this.get(actor, workshopId);
  }

  /** Drops a draft: nobody but its makers knew of it. Throws 409 `published` for one that others know of (cancel it). */
  async discard(actor: CohortActor, workshopId: string): Promise<void> {
    const { _id } = await this.managed(actor, workshopId);
    if (!(await this.workshops.deleteDraft(_id))) throw conflict('published', 'Others know of it: cancel it instead.');
    this.bus.publish(workshopDiscarded, { cohortId: actor.cohortId, workshopId: String(_id) });
  }

  /** Calls it off, with a reason for all who are going or waiting. Throws 409 `not_published`, `cancelled`, `over`. */
  async cancel(actor: CohortActor, workshopId: string, { reason }: CancelWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    await this.desk.change(_id, (row) => {
      mustBeCancellable(row, this.clock.now());
      const change = { status: 'cancelled' as const, cancelReason: reason, revision: row.revision + 1 };
      return { change, result: null };
    });
    this.bus.publish(workshopCancelled, { cohortId: actor.cohortId, workshopId: String(_id) });
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
      kind: query.kind,
      tag: query.tag,
      words: foldedWords([query.q ?? ''], 8).map((word) => new RegExp(`^${word}`)),
      ids: mine?.map((row) => row.workshopId),
      after: after && { startsAt: after.at, id: after.id },
      limit: query.limit,
    };
  }
}
