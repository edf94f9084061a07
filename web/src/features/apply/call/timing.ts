import type { PublicCall } from '../../../../../src/contracts/calls/calls';
import type { InBoth } from '../../../../../src/contracts/calls/forms';
import type { Locale } from '../../../api/types';
import { formatShortDay, formatTime } from '../../../time/format';
import { formatDates } from '../../../time/seldom';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Down to which length of time a unit is said: "2 days", then "47 hours". Never more than is left. */
const UNITS = [
  ['day', DAY, 2 * DAY],
  ['hour', HOUR, 2 * HOUR],
  ['minute', MINUTE, 2 * MINUTE],
  ['second', SECOND, 0],
] as const;

/** How long it is until an instant, in words: "9 days", "31 hours", "40 seconds". */
export function spanTo(instant: string, now: number, locale: Locale): string {
  const left = Math.max(0, Date.parse(instant) - now);
  const [unit, length] = UNITS.find(([, , from]) => left >= from) ?? UNITS[3];
  const words = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', words).format(Math.floor(left / length));
}

/** Whether the seconds count, so near is it. */
export const isNear = (instant: string, now: number) => Math.abs(Date.parse(instant) - now) < 3 * MINUTE;

/** "Thu 22 Oct, 14:00". */
export const momentIn = (instant: string, zone: string, locale: Locale) =>
  `${formatShortDay(instant, zone, locale)}, ${formatTime(instant, zone, locale)}`;

/** "Thu 3 Dec", "23 – 27 November": days without a zone, with the year where it is another one. */
export function daysWords(on: string, until: string | null, locale: Locale, now = Date.now()): string {
  if (until === null || until === on) return formatShortDay(`${on}T12:00:00Z`, 'UTC', locale, now);
  const year = until.slice(0, 4);
  const isNow = year === new Date(now).toISOString().slice(0, 4);
  return isNow ? formatDates(on, until, locale) : `${formatDates(on, until, locale)} ${year}`;
}

/** Where a call stands, as the server says. */
export const standingOf = ({ isOpen, isOver }: Pick<PublicCall, 'isOpen' | 'isOver'>): 'soon' | 'open' | 'over' =>
  isOpen ? 'open' : isOver ? 'over' : 'soon';

/** The words in a language; where that has none, those in the other one. */
export const said = (words: InBoth, locale: Locale) => words[locale] || words[locale === 'fr' ? 'en' : 'fr'];

/** The day on which what was handed in and not taken is erased: so many months after the closing, in the zone of the call. */
export const eraseDay = ({
  closesAt,
  timeZone,
  keepRefusedMonths,
}: Pick<PublicCall, 'closesAt' | 'timeZone' | 'keepRefusedMonths'>) =>
  Temporal.Instant.from(closesAt)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ months: keepRefusedMonths })
    .toString();
