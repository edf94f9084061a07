import type { Types } from 'mongoose';
import {
  FIELDS_BY_ASPECT,
  type PlainFields,
  type PublicFields,
  UNLESS_SAID,
  type WorkshopFilters,
  filterFields,
  plainFields,
  publicFields,
} from '../contracts/workshops/workshop-fields.js';
import type { WorkshopAspect } from './workshops.events.js';

/** Everything of a workshop that an editor sets, as a row has it. */
export type WorkshopFields = PlainFields & {
  startsAt: Date;
  endsAt: Date;
  opensAt: Date | null;
  closesAt: Date | null;
  hosts: Types.ObjectId[];
  invitedHosts: Types.ObjectId[];
};

/** What an edit may set. */
export type WorkshopEdit = Partial<WorkshopFields>;

/** Fields that rows of before they were asked for have none of. */
type Later = 'level' | 'opensAt' | 'closesAt' | 'invitedHosts';

/** The fields as they are in the database. */
export type StoredFields = Omit<WorkshopFields, Later> & Partial<Pick<WorkshopFields, Later>>;

const PLAIN = Object.keys(plainFields) as (keyof PlainFields)[];

/** What an event tells of a change to a field. */
export const ASPECTS = Object.fromEntries(
  Object.entries(FIELDS_BY_ASPECT).flatMap(([aspect, fields]) => Object.keys(fields).map((name) => [name, aspect])),
) as Record<keyof WorkshopEdit, WorkshopAspect>;

/** The fields that are the same in a row, a template and a reply; what an old one does not say is as if nobody had said it. */
export function plainOf(has: Partial<PlainFields>): PlainFields {
  const unsaid: Partial<PlainFields> = UNLESS_SAID;
  return Object.fromEntries(PLAIN.map((name) => [name, has[name] ?? unsaid[name]])) as PlainFields;
}

/** Those that stand on its page for everybody. */
export const publicOf = (has: Partial<PlainFields>): PublicFields => picked(plainOf(has), publicFields);

/** What a query says of the fields by which a list is asked for. */
export const filtersOf = (query: WorkshopFilters): WorkshopFilters => picked(query, filterFields);

/** What an editor sets of a workshop, as it is now: nothing of who comes, nor of what was made for it (channel, code, series). */
export function fieldsOf(row: StoredFields): WorkshopFields {
  const { startsAt, endsAt, opensAt = null, closesAt = null, hosts, invitedHosts = [] } = row;
  return { ...plainOf(row), startsAt, endsAt, opensAt, closesAt, hosts, invitedHosts };
}

/** Of an edit what differs from a workshop. */
export function differing(row: StoredFields, edit: WorkshopEdit): WorkshopEdit {
  const has = fieldsOf(row);
  return Object.fromEntries(
    Object.entries(edit).filter(([name, value]) => !same(has[name as keyof WorkshopEdit], value)),
  );
}

const picked = <Of extends object, Name extends keyof Of>(all: Of, names: Record<Name, unknown>): Pick<Of, Name> =>
  Object.fromEntries(Object.keys(names).map((name) => [name, all[name as Name]])) as Pick<Of, Name>;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
