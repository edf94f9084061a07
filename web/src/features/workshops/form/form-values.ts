import type {
  CreateWorkshop,
  Material,
  Requirements,
  Workshop,
  WorkshopKind,
} from '../../../../../src/contracts/workshops/workshops';
import { hostKeysOf, hostsOf } from './hosts';

/**
 * What the form holds. `date`, `startsAt` and `endsAt` are on the wall in `timeZone` (`2026-10-14`, `10:00`); an end that is not
 * after the start is on the next day; `opensAt` and `closesAt` carry their day (`2026-10-14T10:00`). Numbers are '' while empty, and
 * `hosts` are members and, by their keys, who is invited; `offerMinutes` is '' where a place that opens is given at once.
 */
export interface WorkshopValues extends Record<string, unknown> {
  title: string;
  kind: WorkshopKind;
  tags: string[];
  date: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  place: string;
  link: string;
  capacity: number | string;
  onlineCapacity: number | string;
  reserved: number | string;
  offerMinutes: string;
  opensAt: string;
  closesAt: string;
  requires: Requirements;
  hosts: string[];
  description: string;
  materials: Material[];
}

const DEFAULT_CAPACITY = 20;

/** An empty form, in the zone of the cohort. */
export const emptyValues = (timeZone: string): WorkshopValues => ({
  title: '',
  kind: 'workshop',
  tags: [],
  date: '',
  startsAt: '10:00',
  endsAt: '12:00',
  timeZone,
  place: '',
  link: '',
  capacity: DEFAULT_CAPACITY,
  onlineCapacity: '',
  reserved: '',
  offerMinutes: '',
  opensAt: '',
  closesAt: '',
  requires: { roles: [], crafts: [] },
  hosts: [],
  description: '',
  materials: [],
});

/** A workshop as the form shows it: times in the zone in which it was planned. */
export function valuesOf(workshop: Workshop): WorkshopValues {
  const { title, kind, tags, timeZone, capacity, description, materials } = workshop;
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
    title,
    kind,
    tags,
    date: start.toPlainDate().toString(),
    startsAt: wall(start),
    endsAt: wall(end),
    timeZone,
    place: workshop.place ?? '',
    link: workshop.link ?? '',
    capacity,
    onlineCapacity: workshop.onlineCapacity ?? '',
    reserved: workshop.reserved || '',
    offerMinutes: workshop.offerMinutes === null ? '' : String(workshop.offerMinutes),
    opensAt: wallDay(workshop.opensAt),
    closesAt: wallDay(workshop.closesAt),
    requires: workshop.requires ?? { roles: [], crafts: [] },
    hosts: hostKeysOf(workshop),
    description,
    materials,
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
    place,
    link,
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
    ...rest,
    ...hostsOf(hosts),
    ...instantsOf(values),
    place: place.trim() || null,
    link: link.trim() || null,
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
