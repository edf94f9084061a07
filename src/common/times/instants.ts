import type { Locale } from '../../contracts/primitives.js';

/** Day before month and 24 hours in both languages, as the web app writes them. */
const TAGS: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };
const AT: Record<Locale, string> = { en: ' at ', fr: ' à ' };

/** The city that a zone is named after: `America/New_York` -> `New York`. */
export const zoneName = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** A few for each zone that an installation's people live in; each weighs some 60 KB outside the heap. */
const MAX_KEPT = 300;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(TAGS[locale], options);
  // Emptied at once: those in use are made again soon, and nobody fills the memory by naming all zones.
  if (formatters.size >= MAX_KEPT) formatters.clear();
  formatters.set(key, made);
  return made;
}

/** French says the first of a month as an ordinal: "1 novembre" -> "1er novembre". Of what `Intl` writes of a day, or of two. */
export const withOrdinal = (text: string, locale: Locale) =>
  locale === 'fr' ? text.replace(/\b1(?=\s\p{L})/gu, '1er') : text;

/** Without a comma, and with the ordinal of French: "dimanche 1er novembre". */
const spoken = (day: string, locale: Locale) => withOrdinal(day.replace(',', ''), locale);

const longDay = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** "Tuesday 13 October at 14:00 (Paris)": an instant in a person's zone, with the zone named. */
export function formatInstant(instant: Date, timeZone: string, locale: Locale): string {
  const day = spoken(formatter(locale, { ...longDay, timeZone }).format(instant), locale);
  return `${day}${AT[locale]}${formatTime(instant, timeZone, locale)} (${zoneName(timeZone)})`;
}

/** "14:00". */
export function formatTime(instant: Date, timeZone: string, locale: Locale): string {
  return formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(instant);
}

/** "Tuesday 13 October, 14:00–16:00 (Paris)"; an end on another day is written in full. */
export function formatSpan(startsAt: Date, endsAt: Date, timeZone: string, locale: Locale): string {
  const dayOf = (instant: Date) => formatter(locale, { ...longDay, timeZone }).format(instant);
  if (dayOf(startsAt) !== dayOf(endsAt)) {
    return `${formatInstant(startsAt, timeZone, locale)} – ${formatInstant(endsAt, timeZone, locale)}`;
  }
  const times = `${formatTime(startsAt, timeZone, locale)}–${formatTime(endsAt, timeZone, locale)}`;
  return `${spoken(dayOf(startsAt), locale)}, ${times} (${zoneName(timeZone)})`;
}

/** "13 October 2026": the day of an instant in a zone. */
export const formatFullDay = (instant: Date, timeZone: string, locale: Locale): string =>
  withOrdinal(formatter(locale, { dateStyle: 'long', timeZone }).format(instant), locale);

/** "Tuesday 13 October": a plain date. */
export function formatDate(date: string, locale: Locale): string {
  return spoken(formatter(locale, { ...longDay, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)), locale);
}
