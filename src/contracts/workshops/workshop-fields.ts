import { z } from 'zod';
import { MAX_WORKSHOP_HOSTS } from '../limits.js';
import { Id, Line, PlannedInstant, Text, WebLink } from '../primitives.js';
import { Craft, Role } from '../roles.js';
import { TimeZone } from '../time-zone.js';

/** Talks, seminars and stand-ups are workshops of another kind. */
export const WorkshopKind = z.enum(['workshop', 'talk', 'seminar', 'standup']);
export type WorkshopKind = z.infer<typeof WorkshopKind>;

/** For whom it is made, by what they know already. */
export const WorkshopLevel = z.enum(['beginner', 'intermediate', 'advanced']);
export type WorkshopLevel = z.infer<typeof WorkshopLevel>;

/** Who may join: members of one of these roles, and of one of these crafts; an empty list asks for nothing. */
export const Requirements = z.strictObject({ roles: z.array(Role).max(5), crafts: z.array(Craft).max(5) });
export type Requirements = z.infer<typeof Requirements>;

/** What a workshop gives its participants to read. */
export const Material = z.strictObject({ title: Line(120), url: WebLink });
export type Material = z.infer<typeof Material>;

/**
 * Everything of a workshop that an editor sets, by what of it a change is told as. It is said here alone: what is made, edited, kept as a
 * template, copied, compared and shown follows from it.
 */
export const FIELDS_BY_ASPECT = {
  text: {
    title: Line(120),
    description: Text(20_000),
    kind: WorkshopKind,
    level: WorkshopLevel.nullable(),
    tags: z.array(Line(30)).max(8),
    materials: z.array(Material).max(30),
  },
  time: { startsAt: PlannedInstant, endsAt: PlannedInstant, timeZone: TimeZone },
  place: { place: Line(200).nullable(), link: WebLink.nullable() },
  capacity: {
    capacity: z.number().int().min(1).max(5000),
    onlineCapacity: z.number().int().min(1).max(5000).nullable(),
    reserved: z.number().int().min(0).max(5000),
    offerMinutes: z.number().int().min(10).max(10_080).nullable(),
    opensAt: PlannedInstant.nullable(),
    closesAt: PlannedInstant.nullable(),
    requires: Requirements.nullable(),
  },
  hosts: {
    /** 422 `too_many` beyond 10; those beyond who came in by an invitation may stay. */
    hosts: z.array(Id).max(2 * MAX_WORKSHOP_HOSTS),
    /** Invitations (staff only): 422 `not_invited` at their place, also for who accepted meanwhile; `too_many` with the hosts. */
    invitedHosts: z.array(Id).max(MAX_WORKSHOP_HOSTS),
  },
};

/** What a field is where nobody said it: in a new workshop, and in rows and templates of before it was asked for. */
export const UNLESS_SAID = {
  description: '',
  kind: 'workshop' as WorkshopKind,
  level: null,
  tags: [] as string[],
  materials: [] as Material[],
  place: null,
  link: null,
  onlineCapacity: null,
  reserved: 0,
  offerMinutes: null,
  opensAt: null,
  closesAt: null,
  requires: null,
  hosts: [] as string[],
  invitedHosts: [] as string[],
};

const { text, time, place, capacity, hosts } = FIELDS_BY_ASPECT;

/** All of them, as the body of a request has them. */
export const workshopFields = { ...text, ...time, ...place, ...capacity, ...hosts };
type Shape = typeof workshopFields;

const { startsAt: _s, endsAt: _e, opensAt: _o, closesAt: _c, hosts: _h, invitedHosts: _i, ...plain } = workshopFields;

/** Those that are the same in a request, a row, a template and a reply: all but instants and people. */
export const plainFields = plain;
export type PlainFields = z.infer<z.ZodObject<typeof plainFields>>;

/**
 * A field as it is kept: rules bind who writes, and may change. What was written by those of before is still read. Its type alone is asked, as for a whole list
 * each text and zone would be looked through anew.
 */
function asKept(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodNullable) return asKept(field.unwrap() as z.ZodType).nullable();
  if (field instanceof z.ZodArray) return z.array(asKept(field.element as z.ZodType));
  if (field instanceof z.ZodObject) return z.object(allAsKept(field.shape as z.ZodRawShape));
  if (field.def.type === 'string') return z.string();
  return field.def.type === 'number' ? z.number() : field;
}

/** The types that come out are those that go in. */
function allAsKept<Fields extends z.ZodRawShape>(fields: Fields): Fields {
  const kept: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(fields)) kept[name] = asKept(field as z.ZodType);
  return kept as unknown as Fields;
}

/** The same in a reply. */
export const shownFields = allAsKept(plainFields);

/** Those that everybody may read, where the workshop has a page for everybody. */
export const publicFields = z
  .object(shownFields)
  .pick({ title: true, description: true, kind: true, level: true, timeZone: true, place: true }).shape;
export type PublicFields = z.infer<z.ZodObject<typeof publicFields>>;

/** Those by which a list is asked for: one value each. */
export const filterFields = { kind: WorkshopKind, level: WorkshopLevel };
export type WorkshopFilters = Partial<z.infer<z.ZodObject<typeof filterFields>>>;

type Unsaid = typeof UNLESS_SAID;
type NewShape = { [Key in keyof Shape]: Key extends keyof Unsaid ? z.ZodDefault<Shape[Key]> : Shape[Key] };

/** The same for a new workshop: what may be left unsaid is. */
export const newFields = Object.fromEntries(
  Object.entries(workshopFields).map(([name, field]) => [
    name,
    name in UNLESS_SAID ? (field as z.ZodType).default(UNLESS_SAID[name as keyof Unsaid]) : field,
  ]),
) as unknown as NewShape;
