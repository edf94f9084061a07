import type { Locale } from '../api/types';
import { capital, formatTime, formatter, ordinal, thisYear } from './format';

/** "October", with the year where it is another one. */
export function formatMonth(instant: string, zone: string, locale: Locale, now = Date.now()): string {
  const year = thisYear(instant, zone, now) ? undefined : 'numeric';
  return capital(formatter(locale, zone, { month: 'long', year }).format(Date.parse(instant)));
}

/** "Thu 14 Oct 2027, 10:00": a day that may lie in any year, and its hour. */
export function formatDayOfYear(instant: string, zone: string, locale: Locale): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const day = formatter(locale, zone, options).format(Date.parse(instant)).replace(',', '');
  return `${ordinal(day, locale)}, ${formatTime(instant, zone, locale)}`;
}

/** "16 Oct" for a calendar date without a zone ("2026-10-16"), where there is little room. */
export function formatShortDate(date: string, locale: Locale): string {
  return ordinal(formatter(locale, 'UTC', { day: 'numeric', month: 'short' }).format(Date.parse(date)), locale);
}

/** "12 – 18 October" for two calendar dates without a zone. */
export function formatDates(from: string, to: string, locale: Locale): string {
  const span = formatter(locale, 'UTC', { day: 'numeric', month: 'long' });
  return ordinal(span.formatRange(Date.parse(from), Date.parse(to)), locale);
}
