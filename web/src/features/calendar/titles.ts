import { useLocale } from '../../time/clock';
import { ordinal } from '../../time/format';

const TAGS = { en: 'en-GB', fr: 'fr-FR' } as const;
const utc = (day: Temporal.PlainDate) => Date.parse(`${day.toString()}T00:00:00Z`);

/** What the bar says of each view: "October 2026", "12 – 18 October 2026". */
export function useTitles() {
  const locale = useLocale();
  const month = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', month: 'long', year: 'numeric' });
  const days = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const span = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
    ordinal(days.formatRange(utc(from), utc(to)), locale);
  const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return {
    month: (day: Temporal.PlainDate) => capital(month.format(utc(day))),
    week: (day: Temporal.PlainDate) => {
      const monday = day.subtract({ days: day.dayOfWeek - 1 });
      return span(monday, monday.add({ days: 6 }));
    },
    list: (day: Temporal.PlainDate) => span(day, day.add({ days: 29 })),
  };
}

/** "Mon", "13" and "Tuesday 13 October" of a day, for heads and screen readers. */
export function useDayWords() {
  const locale = useLocale();
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', ...options });
    return (day: Temporal.PlainDate) => ordinal(format.format(utc(day)), locale);
  };
  return {
    short: of({ weekday: 'short' }),
    long: of({ weekday: 'long' }),
    month: of({ month: 'short' }),
    full: of({ weekday: 'long', day: 'numeric', month: 'long' }),
  };
}
