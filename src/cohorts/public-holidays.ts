import { Temporal } from 'temporal-polyfill';

/**
 * The public holidays of a country (ISO 3166-1 alpha-2) in some years, as plain dates. Empty for a country that the library does
 * not know. The library holds the rules of the whole world, so it is loaded only when a cohort is made.
 */
export async function publicHolidays(country: string, years: readonly number[]): Promise<Set<string>> {
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays();
  if (!(country in calendar.getCountries())) return new Set();
  calendar.init(country);
  const holidays = years.flatMap((year) => calendar.getHolidays(year)).filter(({ type }) => type === 'public');
  return new Set(holidays.flatMap((holiday) => daysOf(holiday.date, holiday.start, holiday.end)));
}

/** A holiday may last several days; `date` is its first, on the wall of the country. */
function daysOf(date: string, start: Date, end: Date): string[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString());
}
