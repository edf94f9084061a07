import { useLocale } from '../../time/clock';

const TAGS = { en: 'en-GB', fr: 'fr-FR' } as const;
const utc = (day: Temporal.PlainDate) => Date.parse(`${day.toString()}T00:00:00Z`);

/** What the bar says of each view: "October 2026", "12 – 18 October 2026". */
export function useTitles() {
  const locale = useLocale();
  const month = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', month: 'long', year: 'numeric' });
  const span = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return {
    month: (day: Temporal.PlainDate) => capital(month.format(utc(day))),
    week: (day: Temporal.PlainDate) => {
      const monday = day.subtract({ days: day.dayOfWeek - 1 });
      return span.formatRange(utc(monday), utc(monday.add({ days: 6 })));
    },
    list: (day: Temporal.PlainDate) => span.formatRange(utc(day), utc(day.add({ days: 29 }))),
  };
}

/** "Mon", "13" and "Tuesday 13 October" of a day, for heads and screen readers. */
export function useDayWords() {
  const locale = useLocale();
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', ...options });
    return (day: Temporal.PlainDate) => format.format(utc(day));
  };
  return {
    short: of({ weekday: 'short' }),
    long: of({ weekday: 'long' }),
    month: of({ month: 'short' }),
    full: of({ weekday: 'long', day: 'numeric', month: 'long' }),
  };
}
