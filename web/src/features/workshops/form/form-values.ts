import {
  type Material,
  type PlainFields,
  type Requirements,
  UNLESS_SAID,
  plainFields,
} from '../../../../../src/contracts/workshops/workshop-fields';
import type { CreateWorkshop, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { hostKeysOf, hostsOf } from './hosts';

/** A field as a form has it: '' where nothing is said. */
type Shown<Value> = null extends Value ? Exclude<Value, null> | '' : Value;

/** Fields that a form writes in another way. */
interface Typed {
  capacity: number | string;
  onlineCapacity: number | string;
  reserved: number | string;
  offerMinutes: string;
  requires: Requirements;
  materials: Material[];
}

type PlainValues = Typed & { [Name in Exclude<keyof PlainFields, keyof Typed>]: Shown<PlainFields[Name]> };

/**
 * What the form holds. `date`, `startsAt` and `endsAt` are on the wall in `timeZone` (`2026-10-14`, `10:00`); an end that is not
 * after the start is on the next day; `opensAt` and `closesAt` carry their day (`2026-10-14T10:00`). Numbers are '' while empty, and
 * `hosts` are members and, by their keys, who is invited; `offerMinutes` is '' where a place that opens is given at once.
 */
export type WorkshopValues = Record<string, unknown> &
  PlainValues & {
    date: string;
    startsAt: string;
    endsAt: string;
    opensAt: string;
    closesAt: string;
    hosts: string[];
  };

const DEFAULT_CAPACITY = 20;

/** The fields that are the same in a workshop, a template and a new one, as the form shows them. */
export function plainValues(fields: PlainFields): PlainValues {
  const names = Object.keys(plainFields) as (keyof PlainFields)[];
  return {
    ...(Object.fromEntries(names.map((name) => [name, fields[name] ?? ''])) as object as PlainValues),
    reserved: fields.reserved || '',
    offerMinutes: fields.offerMinutes === null ? '' : String(fields.offerMinutes),
    requires: fields.requires ?? { roles: [], crafts: [] },
  };
}

/** An empty form, in the zone of the cohort. */
export const emptyValues = (timeZone: string): WorkshopValues => ({
  ...plainValues({ ...UNLESS_SAID, title: '', timeZone, capacity: DEFAULT_CAPACITY }),
  date: '',
  startsAt: '10:00',
  endsAt: '12:00',
  opensAt: '',
  closesAt: '',
  hosts: [],
});

/** A workshop as the form shows it: times in the zone in which it was planned. */
export function valuesOf(workshop: Workshop): WorkshopValues {
  const { timeZone } = workshop;
  const start = Temporal.Instant.from(workshop.startsAt).toZonedDateTimeISO(timeZone);
  const end = Temporal.Instant.from(workshop.endsAt).toZonedDateTimeISO(timeZone);
  const wall = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const wallDay = (instant: string | null) =>
    instant === null
      ? ''
      : Temporal.Instant.from(instant)
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' });
  return {
    ...plainValues(workshop),
    date: start.toPlainDate().toString(),
    startsAt: wall(start),
    endsAt: wall(end),
    opensAt: wallDay(workshop.opensAt),
    closesAt: wallDay(workshop.closesAt),
    hosts: hostKeysOf(workshop),
  };
}

/** The two instants; '' where the day or an hour is missing (the server says so at the field). */
export function instantsOf(values: Pick<WorkshopValues, 'date' | 'startsAt' | 'endsAt' | 'timeZone'>): {
  startsAt: string;
  endsAt: string;
} {
  const { date, startsAt, endsAt, timeZone } = values;
  const at = (day: Temporal.PlainDate, time: string) =>
    time === '' ? '' : new Date(day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds).toISOString();
  if (date === '') return { startsAt: '', endsAt: '' };
  const day = Temporal.PlainDate.from(date);
  return { startsAt: at(day, startsAt), endsAt: at(endsAt > startsAt ? day : day.add({ days: 1 }), endsAt) };
}

/** The body of POST and PATCH. */
export function bodyOf(values: WorkshopValues): CreateWorkshop {
  const {
    date: _,
    capacity,
    onlineCapacity,
    reserved,
    offerMinutes,
    opensAt,
    closesAt,
    requires,
    hosts,
    materials,
    ...rest
  } = values;
  const instant = (wall: string) =>
    wall === ''
      ? null
      : new Date(Temporal.PlainDateTime.from(wall).toZonedDateTime(values.timeZone).epochMilliseconds).toISOString();
  return {
    ...orNull(rest),
    ...hostsOf(hosts),
    ...instantsOf(values),
    capacity: Number(capacity),
    onlineCapacity: onlineCapacity === '' ? null : Number(onlineCapacity),
    reserved: Number(reserved),
    offerMinutes: offerMinutes === '' ? null : Number(offerMinutes),
    opensAt: instant(opensAt),
    closesAt: instant(closesAt),
    requires: requires.roles.length + requires.crafts.length > 0 ? requires : null,
    materials: materials.filter(({ title, url }) => title !== '' || url !== ''),
  };
}

/** What the API has null for is '' in the form. */
type OrNull<Values> = {
  [Name in keyof Values]: Name extends keyof typeof UNLESS_SAID
    ? null extends (typeof UNLESS_SAID)[Name]
      ? Exclude<Values[Name], ''> | null
      : Values[Name]
    : Values[Name];
};

function orNull<Values extends object>(values: Values): OrNull<Values> {
  const unsaid: Record<string, unknown> = UNLESS_SAID;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      unsaid[name] === null && typeof value === 'string' ? value.trim() || null : value,
    ]),
  ) as OrNull<Values>;
}
