import ical, {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import { zonedOf } from '../common/times/zoned.js';

/** PUBLISH: a feed or a file to keep. REQUEST and CANCEL: a mail that a mail program shows as an invitation (RFC 5546, section 3.2). */
export type IcsMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** One entry of somebody's calendar. Texts are plain; all of them are escaped. */
export interface IcsEntry {
  kind: 'workshop' | 'session' | 'milestone' | 'interview';
  id: string;
  /** SEQUENCE: from 0, it rises whenever time, place or state change (RFC 5545, section 3.8.7.4). */
  sequence: number;
  title: string;
  description?: string | null;
  place?: string | null;
  /** The address of the meeting or, without one, of the page. */
  link?: string | null;
  /** When, in instants shown in `timeZone`; or a whole day `on` the calendar (then both ends are left out). */
  time: { startsAt: Date; endsAt: Date; timeZone: string } | { on: string };
  /** `tentative`: a place is not sure (waiting list) or not taken; it does not block the time. */
  status: 'confirmed' | 'tentative' | 'cancelled';
  /** Become CATEGORIES. */
  tags?: readonly string[];
  /** LAST-MODIFIED, and DTSTAMP where there is no other: the last change, so that an unchanged feed is the same bytes. */
  changedAt: Date;
  /** DTSTAMP of an invitation: of two with one SEQUENCE the later counts (RFC 5546, section 2.1.5). */
  stampedAt?: Date;
  /** Who invites and who is invited; both are needed for REQUEST and CANCEL. */
  organizer?: IcsPerson;
  attendee?: IcsPerson;
}

/** A person in an invitation. */
export interface IcsPerson {
  name: string;
  email: string;
}

/** The name under which all calendars know an entry, for ever: `workshop-<id>@<host>`. */
export const uidOf = (kind: IcsEntry['kind'], id: string, host: string) => `${kind}-${id}@${host}`;

/** Who invites in our mails: the address from which they come. */
export const organizerOf = (mailFrom: string): IcsPerson => ({
  name: 'Cordée',
  email: /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom,
});

/** What a calendar program is told of the whole. */
export interface IcsOptions {
  method: IcsMethod;
  /** The installation's host name, for the UIDs. */
  host: string;
  /** What the program calls it: NAME (RFC 7986, section 5.1). */
  name?: string;
  /** How often it may ask again: REFRESH-INTERVAL (RFC 7986, section 5.7). */
  ttlSeconds?: number;
  /** A name of CSS3: COLOR (RFC 7986, section 5.9). */
  color?: string;
}

/** An entry as it stands in a calendar, and the zone that must stand above it; null: it needs none. */
export interface WrittenEntry {
  text: string;
  zone: string | null;
}

/** Entries as an iCalendar text (RFC 5545) with a VTIMEZONE for each zone in it. */
export function icsOf(entries: readonly IcsEntry[], options: IcsOptions): string {
  return calendarOf(
    entries.map((entry) => writtenEntry(entry, options.host)),
    options,
  );
}

/** The same, of entries that are written already. */
export function calendarOf(entries: readonly WrittenEntry[], options: Omit<IcsOptions, 'host'>): string {
  const head = ical({
    prodId: { company: 'Cordée', product: 'Cordée', language: 'EN' },
    method: ICalCalendarMethod[options.method],
    ...(options.name !== undefined && { name: escaped(oneLine(options.name)) }),
    ...(options.ttlSeconds !== undefined && { ttl: options.ttlSeconds }),
  }).toString();
  const zones = new Set(entries.flatMap(({ zone }) => zone ?? []));
  const parts = [...[...zones].map(zoneBlock), ...entries.map(({ text }) => text)];
  // The generator knows the colour of one vendor only.
  const colour = options.color ? `COLOR:${options.color}\r\n` : '';
  return head.replace('END:VCALENDAR', () => `${colour}${parts.join('')}END:VCALENDAR`);
}

/** One entry by itself. The generator measures each character when it folds lines, which takes half a millisecond. */
export function writtenEntry(entry: IcsEntry, host: string): WrittenEntry {
  const text = ical({ events: [eventOf(entry, host)] }).toString();
  return {
    text: text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VCALENDAR')),
    zone: 'on' in entry.time ? null : zoneName(entry.time.timeZone),
  };
}

const zoneBlock = (name: string) => `${(vtimezone(name) ?? '').trimEnd()}\r\n`;

const STATUS = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

function eventOf(entry: IcsEntry, host: string): ICalEventData {
  const blocksTime = entry.status === 'confirmed' && 'startsAt' in entry.time;
  return {
    id: uidOf(entry.kind, entry.id, host),
    sequence: entry.sequence,
    stamp: entry.stampedAt ?? entry.changedAt,
    lastModified: entry.changedAt,
    ...timeOf(entry.time),
    summary: oneLine(entry.title),
    description: entry.description ? lines(entry.description) : null,
    location: entry.place ? oneLine(entry.place) : null,
    url: entry.link ? uri(entry.link) : null,
    status: STATUS[entry.status],
    transparency: blocksTime ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    organizer: entry.organizer ? person(entry.organizer) : null,
    attendees: entry.attendee ? [attendee(entry.attendee, entry.status)] : [],
    categories: (entry.tags ?? []).map((tag) => ({ name: oneLine(tag) })),
  };
}

function timeOf(time: IcsEntry['time']): Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'timezone'> {
  if ('on' in time) {
    const day = Temporal.PlainDate.from(time.on);
    return { start: day, end: day.add({ days: 1 }), allDay: true };
  }
  const timezone = zoneName(time.timeZone);
  return {
    start: zonedOf(time.startsAt, timezone ?? 'UTC'),
    end: zonedOf(time.endsAt, timezone ?? 'UTC'),
    timezone,
  };
}

const KNOWN_ZONES = new Set(tzlib_get_timezones());

/** The VTIMEZONE of a zone, or null for one that the library does not know: its times are then written in UTC. */
function vtimezone(timeZone: string): string | null {
  return KNOWN_ZONES.has(timeZone) ? (tzlib_get_ical_block(timeZone)[0] ?? null) : null;
}

const zoneNames = new Map<string, string | null>();

/** The name that the zone's VTIMEZONE has, which is another one for an old name (`Asia/Calcutta`). */
function zoneName(timeZone: string): string | null {
  const known = zoneNames.get(timeZone);
  if (known !== undefined) return known;
  const name = /^TZID:(.+?)\r?$/m.exec(vtimezone(timeZone) ?? '')?.[1] ?? null;
  zoneNames.set(timeZone, name);
  return name;
}

// eslint-disable-next-line no-control-regex -- control characters are what this takes out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const oneLine = (text: string) => text.replace(CONTROL, ' ').trim();
const lines = (text: string) =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(oneLine)
    .join('\n');

/** A URI value is not escaped as text is (RFC 5545, section 3.3.13): what the generator would escape is written in percent. */
const uri = (link: string) =>
  new URL(link.replace(CONTROL, '')).href.replace(/[,;\\]/g, (mark) => encodeURIComponent(mark));

/** A name of the whole is text, which the generator does not escape (RFC 5545, section 3.3.11). */
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&');

/** They asked for it themselves: nobody waits for an answer. */
const attendee = (invited: IcsPerson, status: IcsEntry['status']) => ({
  ...person(invited),
  rsvp: false,
  status: status === 'tentative' ? ICalAttendeeStatus.TENTATIVE : ICalAttendeeStatus.ACCEPTED,
});

/** Names stand in a quoted parameter, where no quote can be written (RFC 5545, section 3.2). */
const person = ({ name, email }: IcsPerson) => ({
  name: oneLine(name).replace(/["\\]/g, "'") || email,
  email: oneLine(email),
});
