import type { TFunction } from 'i18next';
import type { Repeat } from '../../../../../src/contracts/workshops/workshop-series';
import type { Locale } from '../../../api/types';
import { listOf } from '../../../i18n/list-of';
import { formatFullDate, zoneWords } from '../../../time/format';

/** A Monday, to name the days of a week by. */
const A_MONDAY = Date.parse('2026-10-12T12:00:00Z');
const DAY = 86_400_000;

/** "Every 2 weeks on Tuesday and Thursday, until 30 June 2027 (Europe/Paris)". */
export function repeatWords(repeat: Repeat, timeZone: string, locale: Locale, t: TFunction<'workshops'>): string {
  const { unit, interval, weekdays, ordinal, until, count } = repeat;
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const named = weekdays.map((day) => name.format(A_MONDAY + (day - 1) * DAY));
  const days = listOf(named, locale);
  const rule =
    unit === 'week'
      ? t('repeat.words.week', { interval, days })
      : t('repeat.words.month', { interval, days, ordinal: ordinal === -1 ? 'last' : String(ordinal) });
  const end =
    until === null
      ? t('repeat.words.count', { count: count ?? 0 })
      : t('repeat.words.until', { date: formatFullDate(until, locale) });
  return `${rule}, ${end} (${zoneWords(timeZone)})`;
}
