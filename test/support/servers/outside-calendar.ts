import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { Temporal } from 'temporal-polyfill';

/** A stretch in ms since the epoch. */
export interface Span {
  from: number;
  to: number;
}

const ZONES = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe'];
const RULES = [
  null,
  null,
  null,
  null,
  null,
  null,
  'FREQ=DAILY;COUNT=10',
  'FREQ=DAILY;INTERVAL=3;COUNT=30',
  'FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=20',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU;COUNT=12',
  'FREQ=WEEKLY;UNTIL=20261101T120000Z',
  'FREQ=MONTHLY;BYDAY=2TU',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=YEARLY;BYMONTH=10,11;BYDAY=3WE',
];

/** An iCalendar text with its VTIMEZONEs; `events` are VEVENT blocks. */
export function icsWith(events: readonly string[], zones: readonly string[] = ZONES): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Elsewhere//EN', 'X-WR-CALNAME:My agenda'];
  const blocks = zones.map((zone) => tzlib_get_ical_block(zone)[0] ?? '');
  return [...lines, ...blocks, ...events, 'END:VCALENDAR', ''].join('\r\n');
}

/** One VEVENT block. */
export const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'DTSTAMP:20260901T000000Z', ...lines, 'END:VEVENT'].join('\r\n');

/**
 * So many entries in three zones: single and recurring, with dates taken out, moved and cancelled, whole days, transparent and cancelled
 * ones, on the days on which clocks change. The same for the same number. None lies in an hour that the autumn night repeats, where
 * ical.js takes the second and RFC 5545 the first, and none has BYSETPOS, which ical.js counts from DTSTART on.
 */
export function manyEvents(count: number): string[] {
  const random = numbers(count);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const zone = pick(ZONES);
    const rule = pick(RULES);
    const start = Temporal.PlainDateTime.from('2026-01-01T00:00')
      .add({ days: Math.floor(random() * 500) })
      .add({ minutes: 4 * 60 + 15 * Math.floor(random() * 72) });
    const length = pick([15, 30, 45, 60, 90]);
    const uid = `UID:event-${index}@elsewhere.example`;
    const title = `SUMMARY:Private matter ${index}`;
    const more = pick([[], [], [], [], ['TRANSP:TRANSPARENT'], ['STATUS:CANCELLED'], ['STATUS:TENTATIVE']]);
    if (index % 40 === 0) {
      const date = start.toPlainDate();
      const days = [`DTSTART;VALUE=DATE:${dateOf(date)}`, `DTEND;VALUE=DATE:${dateOf(date.add({ days: 1 }))}`];
      return event(uid, title, ...days, ...more);
    }
    const at = (time: Temporal.PlainDateTime) => `;TZID=${zone}:${timeOf(time)}`;
    const times = [`DTSTART${at(start)}`, `DTEND${at(start.add({ minutes: length }))}`];
    const series = rule ? [`RRULE:${rule}`] : [];
    const isDaily = rule?.startsWith('FREQ=DAILY;COUNT') ?? false;
    if (!isDaily) return event(uid, title, ...times, ...series, ...more);
    const [second, third, fourth] = [1, 2, 3].map((days) => start.add({ days }));
    return [
      event(uid, title, ...times, ...series, `EXDATE${at(second!)}`, ...more),
      event(
        uid,
        title,
        `RECURRENCE-ID${at(third!)}`,
        `DTSTART${at(third!.add({ hours: 5 }))}`,
        `DTEND${at(third!.add({ hours: 6 }))}`,
      ),
      event(uid, title, `RECURRENCE-ID${at(fourth!)}`, `DTSTART${at(fourth!)}`, 'DURATION:PT1H', 'STATUS:CANCELLED'),
    ].join('\r\n');
  });
}

/** When a calendar blocks time, as ical.js alone works it out: by its own rules and the calendar's VTIMEZONEs. Apart, in time order. */
export function busyByIcal(text: string, look: Span, ownZone: string): Span[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const components = calendar.getAllSubcomponents('vevent');
  const uidOf = (component: ICAL.Component) => String(component.getFirstPropertyValue('uid'));
  const instead = components.filter((component) => component.hasProperty('recurrence-id'));
  const spans: Span[] = [];
  for (const component of components.filter((other) => !other.hasProperty('recurrence-id'))) {
    // Said here, since otherwise it takes those of all others, too.
    const one = new ICAL.Event(component, {
      exceptions: instead.filter((other) => uidOf(other) === uidOf(component)),
    });
    const times = one.iterator();
    for (;;) {
      const next = times.next() as ICAL.Time | undefined;
      if (!next) break;
      const { startDate, endDate, item } = one.getOccurrenceDetails(next);
      const span = { from: instantOf(startDate, ownZone), to: instantOf(endDate, ownZone) };
      if (instantOf(next, ownZone) > look.to + 86_400_000) break;
      const blocks =
        item.component.getFirstPropertyValue('status') !== 'CANCELLED' &&
        item.component.getFirstPropertyValue('transp') !== 'TRANSPARENT';
      if (blocks && span.from < look.to && span.to > look.from) spans.push(span);
    }
  }
  return apart(spans.map(({ from, to }) => ({ from: Math.max(from, look.from), to: Math.min(to, look.to) })));
}

/** Stretches in time order, those that touch made one. */
export function apart(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

function instantOf(time: ICAL.Time, ownZone: string): number {
  if (!time.isDate) return time.toUnixTime() * 1000;
  return Temporal.PlainDate.from(time.toString()).toZonedDateTime(ownZone).epochMilliseconds;
}

const dateOf = (date: Temporal.PlainDate) => date.toString().replaceAll('-', '');
const timeOf = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** Numbers in [0, 1) that look random and are the same each time (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
