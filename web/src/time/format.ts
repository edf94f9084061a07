import type { Locale } from '../api/types';

/** Day before month and 24 hours in both languages: Cordée's English is European. */
const TAGS: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };

const cache = new Map<string, Intl.DateTimeFormat>();

/** The formatter of a language and a zone, made once. */
export function formatter(locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${zone}|${JSON.stringify(options)}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(TAGS[locale], { timeZone: zone, hourCycle: 'h23', ...options });
    cache.set(key, made);
  }
  return made;
}

/** With a capital in front: what begins a line. */
export const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** French says the first of a month as an ordinal: "1er novembre". Of what `Intl` writes of a day, or of two. */
export const ordinal = (text: string, locale: Locale) =>
  locale === 'fr' ? text.replace(/\b1(?=\s\p{L}|\s?–\s?\d+\s\p{L})/gu, '1er') : text;

/** The calendar day of an instant in a zone. */
export function dayOf(instant: string, zone: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
}

/** Do an instant and `now` (milliseconds since 1970) lie on one day of a zone? */
export const isSameDay = (instant: string, zone: string, now: number) => daysAway(instant, zone, now) === 0;

/** Whole calendar days from `now` to the instant, in the zone: 0 today, 1 tomorrow, -1 yesterday. */
export function daysAway(instant: string, zone: string, now: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return today.until(dayOf(instant, zone)).days;
}

/** "14:00". */
export function formatTime(instant: string, zone: string, locale: Locale): string {
  return formatter(locale, zone, { hour: '2-digit', minute: '2-digit' }).format(Date.parse(instant));
}

/** "14:00–16:00"; an end on another day is named: "22:00–01:00 (Wed 14 Oct)". */
export function formatRange(startsAt: string, endsAt: string, zone: string, locale: Locale): string {
  const range = `${formatTime(startsAt, zone, locale)}–${formatTime(endsAt, zone, locale)}`;
  if (dayOf(startsAt, zone).equals(dayOf(endsAt, zone))) return range;
  return `${range} (${formatShortDay(endsAt, zone, locale)})`;
}

/** Does an instant lie in the year that `now` is in? */
export const thisYear = (instant: string, zone: string, now: number) =>
  dayOf(instant, zone).year === Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).year;

/** "Tue 20 Oct", with the year where it is another one. */
export function formatShortDay(instant: string, zone: string, locale: Locale, now = Date.now()): string {
  const year = thisYear(instant, zone, now) ? undefined : 'numeric';
  const options = { weekday: 'short', day: 'numeric', month: 'short', year } as const;
  return ordinal(formatter(locale, zone, options).format(Date.parse(instant)).replace(',', ''), locale);
}

/** "Tuesday 13 October", with the year where it is another one. */
export function formatLongDay(instant: string, zone: string, locale: Locale, now = Date.now()): string {
  const year = thisYear(instant, zone, now) ? undefined : 'numeric';
  const options = { weekday: 'long', day: 'numeric', month: 'long', year } as const;
  return ordinal(formatter(locale, zone, options).format(Date.parse(instant)).replace(',', ''), locale);
}

/** A head of a group of a day: "Today, Tuesday 13 October"; further away the day alone. */
export function formatDayHead(instant: string, zone: string, locale: Locale, now: number): string {
  const away = daysAway(instant, zone, now);
  const day = formatLongDay(instant, zone, locale, now);
  if (Math.abs(away) > 1) return capital(day);
  const near = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' }).format(away, 'day');
  return `${capital(near)}, ${day}`;
}

/** The whole truth, for a tooltip: "Tuesday 13 October 2026 at 14:00, Europe/Paris". */
export function formatAbsolute(instant: string, zone: string, locale: Locale): string {
  const options = { dateStyle: 'full', timeStyle: 'short' } as const;
  return `${ordinal(formatter(locale, zone, options).format(Date.parse(instant)), locale)}, ${zone}`;
}

const STEPS: [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, 'second', 1],
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
];

/** `Intl` says "maintenant", which in French nothing is that has just been. A page's clock may be behind, so both ways are one. */
const NOW: Record<Locale, string> = { en: 'now', fr: 'à l’instant' };

/**
 * Relative near now, a date further away: "in 2 hours", "5 minutes ago", "yesterday at 17:40", "Tue 20 Oct, 11:00".
 * `now` in milliseconds since 1970.
 */
export function formatRelative(instant: string, zone: string, locale: Locale, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  const words = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' });
  if (Math.abs(seconds) < 45) return NOW[locale];
  const away = daysAway(instant, zone, now);
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  if (step && (away === 0 || Math.abs(seconds) < 6 * 3_600))
    return words.format(Math.round(seconds / step[2]), step[1]);
  const time = formatTime(instant, zone, locale);
  if (Math.abs(away) === 1) return `${words.format(away, 'day')}, ${time}`;
  return `${formatShortDay(instant, zone, locale, now)}, ${time}`;
}

/** A length of time in words: 135 -> "2 h 15", 45 -> "45 min". */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

/** "16 October 2026" for a calendar date without a zone. */
export function formatFullDate(date: string, locale: Locale): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return ordinal(formatter(locale, 'UTC', options).format(Date.parse(date)), locale);
}

/** "16 October" for a calendar date without a zone ("2026-10-16"). */
export function formatDate(date: string, locale: Locale): string {
  return ordinal(formatter(locale, 'UTC', { day: 'numeric', month: 'long' }).format(Date.parse(date)), locale);
}

/** `America/New_York` as one reads and types it. */
export const zoneWords = (zone: string) => zone.replaceAll('_', ' ');

/** "Sept 2026 – June 2027" for two calendar dates ("2026-09-01"). */
export function formatMonths(from: string, to: string, locale: Locale): string {
  const month = formatter(locale, 'UTC', { month: 'short', year: 'numeric' });
  return `${month.format(Date.parse(from))} – ${month.format(Date.parse(to))}`;
}
