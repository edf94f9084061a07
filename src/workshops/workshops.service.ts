import { Injectable } from '@nestjs/common';
import { Members } from '../cohorts/members.service.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { pageOf } from '../common/cursor.js';
import { foldedWords } from '../common/fold.js';
import { conflict, forbidden, invalid, notFound } from '../common/problem.js';
import type {
  CancelWorkshop,
  CreateWorkshop,
  UpdateWorkshop,
  Workshop,
  WorkshopList,
  WorkshopsQuery,
} from '../contracts/workshops.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, newId, toId, toIds } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { RegistrationDesk } from './registration-desk.js';
import { RegistrationsRepository } from './registrations.repository.js';
import {
  type Seen,
  edited,
  mustBeCancellable,
  mustBePlannable,
  mustBePublishable,
  mustKeepGoodWindow,
  mustKeepWithin,
} from './workshop.js';
import { workshopCancelled, workshopChanged, workshopDrafted, workshopPublished } from './workshops.events.js';
import { mayManage, mayPropose, mayPublish, maySee } from './workshops.policy.js';
import type { WorkshopRow } from './workshop.schema.js';
import { type ListFilter, type WorkshopEdit, WorkshopsRepository, wordsOf } from './workshops.repository.js';
import { WorkshopsView } from './workshops.view.js';

const NO_ONE = { onsite: 0, online: 0 };

/** Draft, publish, edit, cancel, list and show. Registrations are next door. */
@Injectable()
export class WorkshopsService {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly desk: RegistrationDesk,
    private readonly view: WorkshopsView,
    private readonly members: Members,
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
    const { hosts, ...fields } = toEdit(body);
    mustBePlannable(fields, now);
    mustKeepGoodWindow(fields);
    mustKeepWithin(fields);
    await this.mustBeMembers(actor, body.hosts);
    const makes = actor.role !== 'staff' && !hosts.some((host) => String(host) === actor.userId);
    const row = {
      ...fields,
      _id: newId(),
      cohortId: idOf(actor.cohortId),
      hosts: makes ? [idOf(actor.userId), ...hosts] : hosts,
      status: 'draft' as const,
      cancelReason: null,
      going: NO_ONE,
      waitlisted: NO_ONE,
      offered: NO_ONE,
      lastOrder: 0,
      version: 0,
      revision: 1,
      channelId: null,
      proposed: actor.role === 'fellow',
      createdBy: idOf(actor.userId),
      createdAt: now,
      changedAt: now,
    };
    await this.workshops.insert(row);
    this.bus.publish(workshopDrafted, { cohortId: actor.cohortId, workshopId: String(row._id) });
    return await this.get(actor, String(row._id));
  }

  /** Edits; raised capacity moves the line up at once. Throws 409 `cancelled`, `over`, `stale`. */
  async update(actor: CohortActor, workshopId: string, body: UpdateWorkshop): Promise<Workshop> {
    const { _id } = await this.managed(actor, workshopId);
    const { revision, edition, ...fields } = body;
    if (fields.hosts) await this.mustBeMembers(actor, fields.hosts);
    const edit = toEdit(fields);
    const changed = await this.desk.change(_id, (row) => {
      const { change, changed } = edited(row, edit, this.clock.now(), { revision, edition });
      const words = changed.some((aspect) => aspect === 'text' || aspect === 'place') && {
        words: wordsOf({ ...row, ...change }),
      };
      return { change: { ...change, ...words }, result: changed };
    });
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
      return { change: { status: 'published' }, result: null };
    });
    this.bus.publish(workshopPublished, { cohortId: actor.cohortId, workshopId: String(_id) });
    return await this.get(actor, workshopId);
  }

  /** Drops a draft: nobody but its makers knew of it. Throws 409 `published` for one that others know of (cancel it). */
  async discard(actor: CohortActor, workshopId: string): Promise<void> {
    const { _id } = await this.managed(actor, workshopId);
    if (!(await this.workshops.deleteDraft(_id))) throw conflict('published', 'Others know of it: cancel it instead.');
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

  private async mustBeMembers(actor: CohortActor, hosts: readonly string[]): Promise<void> {
    if (hosts.length === 0) return;
    const members = new Set(
      (await this.members.list(actor.cohortId, { userIds: hosts })).map((member) => member.userId),
    );
    const errors = hosts.flatMap((host, index) =>
      members.has(host.toLowerCase()) ? [] : [{ field: `/hosts/${index}`, code: 'not_a_member' }],
    );
    if (errors.length > 0) throw invalid(errors);
  }
}

/** Throws 409 `cohort_closed`: a closed cohort is kept as it was. */
export function mustBeRunning(actor: CohortActor): void {
  if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed: it is kept as it was.');
}

function toEdit(body: CreateWorkshop): Required<WorkshopEdit>;
function toEdit(body: Omit<UpdateWorkshop, keyof Seen>): WorkshopEdit;
function toEdit(body: Omit<UpdateWorkshop, keyof Seen>): WorkshopEdit {
  const { startsAt, endsAt, opensAt, closesAt, hosts, tags, ...rest } = body;
  return {
    ...rest,
    ...(startsAt && { startsAt: new Date(startsAt) }),
    ...(endsAt && { endsAt: new Date(endsAt) }),
    ...(opensAt !== undefined && { opensAt: dateOf(opensAt) }),
    ...(closesAt !== undefined && { closesAt: dateOf(closesAt) }),
    ...(hosts && { hosts: toIds([...new Set(hosts.map((host) => host.toLowerCase()))]) }),
    ...(tags && { tags: [...new Set(tags)] }),
  };
}

const dateOf = (instant: string | null) => (instant === null ? null : new Date(instant));
