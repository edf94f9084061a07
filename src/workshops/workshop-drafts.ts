import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Members } from '../cohorts/members/members.service.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, forbidden, invalid, notFound } from '../common/problem.js';
import type { CreateWorkshop, UpdateWorkshop } from '../contracts/workshops/workshops.js';
import { idOf, newId, toIds } from '../infra/mongo/ids.js';
import type { Seen } from './workshop.js';
import type { WorkshopEdit, WorkshopFields } from './workshop-fields.js';
import type { NewWorkshop, WorkshopRow } from './workshop.schema.js';
import { mayManage, maySee } from './workshops.policy.js';

const NO_ONE = { onsite: 0, online: 0 };

/** How a draft is made, one or many at a time. */
@Injectable()
export class WorkshopDrafts {
  constructor(
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  /** A row to be written. A coach or a fellow is among the hosts of what they make; what is made by others than staff and coaches is a proposal. */
  draft(actor: CohortActor, { hosts, ...fields }: WorkshopFields, more: Partial<NewWorkshop> = {}): NewWorkshop {
    const now = this.clock.now();
    const makes = actor.role !== 'staff' && !hosts.some((host) => String(host) === actor.userId);
    return {
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
      attendanceCode: null,
      channelId: null,
      proposed: actor.role !== 'staff' && actor.role !== 'coach',
      createdBy: idOf(actor.userId),
      createdAt: now,
      changedAt: now,
      ...more,
    };
  }

  /** Throws 422 `not_a_member` for each host who is none, at `<at>/hosts/<n>`. */
  async mustBeMembers(actor: CohortActor, hosts: readonly string[], at = ''): Promise<void> {
    if (hosts.length === 0) return;
    const members = await this.membersOf(actor.cohortId, hosts);
    const errors = hosts.flatMap((host, index) =>
      members.has(host.toLowerCase()) ? [] : [{ field: `${at}/hosts/${index}`, code: 'not_a_member' }],
    );
    if (errors.length > 0) throw invalid(errors);
  }

  /** Those of some hosts who are no members any more: nothing new is held by them. */
  async goneOf(cohortId: string, hosts: readonly Types.ObjectId[]): Promise<Set<string>> {
    const members = await this.membersOf(cohortId, hosts.map(String));
    return new Set(hosts.map(String).filter((host) => !members.has(host)));
  }

  /** Those of some people who are members of a cohort. */
  async membersOf(cohortId: string, userIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.members.list(cohortId, { userIds })).map((member) => member.userId));
  }
}

/** Throws 409 `cohort_closed`: a closed cohort is kept as it was. */
export function mustBeRunning(actor: CohortActor): void {
  if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed: it is kept as it was.');
}

/** Throws 404 for who may not see it, 403 for who does not look after it: of what is read outside a transaction, and again of what it takes. */
export function mustManage(actor: CohortActor, workshop: WorkshopRow): void {
  if (!maySee(actor, workshop)) throw notFound();
  if (!mayManage(actor, workshop)) throw forbidden();
}

/** Who sees none of the invited neither plans with them nor, by a form that lists none, drops them. Throws 403 for who plans them all the same. */
export function withoutInvited<T extends Pick<UpdateWorkshop, 'invitedHosts'>>(actor: CohortActor, body: T): T {
  if (actor.role === 'staff' || body.invitedHosts === undefined) return body;
  if (body.invitedHosts.length > 0) throw forbidden();
  const { invitedHosts: _, ...rest } = body;
  return rest as T;
}

/** What an editor sets, without what they saw and said of it. */
type Fields = Omit<UpdateWorkshop, keyof Seen | 'despite'>;

/** A body as fields of a row: instants as dates, hosts as ids, each host and tag once. */
export function toEdit(body: CreateWorkshop): WorkshopFields;
export function toEdit(body: Fields): WorkshopEdit;
export function toEdit(body: Fields): WorkshopEdit {
  const { startsAt, endsAt, opensAt, closesAt, hosts, invitedHosts, tags, ...rest } = body;
  return {
    ...rest,
    ...(startsAt && { startsAt: new Date(startsAt) }),
    ...(endsAt && { endsAt: new Date(endsAt) }),
    ...(opensAt !== undefined && { opensAt: dateOf(opensAt) }),
    ...(closesAt !== undefined && { closesAt: dateOf(closesAt) }),
    ...(hosts && { hosts: toIds([...new Set(hosts.map((host) => host.toLowerCase()))]) }),
    ...(invitedHosts && { invitedHosts: toIds([...new Set(invitedHosts.map((id) => id.toLowerCase()))]) }),
    ...(tags && { tags: [...new Set(tags)] }),
  };
}

const dateOf = (instant: string | null) => (instant === null ? null : new Date(instant));
