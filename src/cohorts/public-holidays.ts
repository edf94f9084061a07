import { Temporal } from 'temporal-polyfill';

/**
 * The public holidays of a country (ISO 3166-1 alpha-2) in some years, as plain dates. Empty for a country that the library does
 * not know.
 */
export async function publicHolidays(country: string, years: readonly number[]): Promise<Set<string>> {
  return new Set((await namedHolidays(country, years)).keys());
}

/**
 * The same with the name of each day in a language (the country's own, where the library has no other). The library holds the rules of
 * the whole world, so it is loaded only when somebody asks.
 */
export async function namedHolidays(
  country: string,
  years: readonly number[],
  locale?: string,
): Promise<Map<string, string>> {
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays();
  if (!(country in calendar.getCountries())) return new Map();
  calendar.init(country);
  const holidays = years.flatMap((year) => calendar.getHolidays(year, locale)).filter(({ type }) => type === 'public');
  return new Map(
    holidays.flatMap(({ date, start, end, name }) =>
      daysOf(date, start, end).map((day): [string, string] => [day, name]),
    ),
  );
}

/** A holiday may last several days; `date` is its first, on the wall of the country. */
function daysOf(date: string, start: Date, end: Date): string[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString());
}
