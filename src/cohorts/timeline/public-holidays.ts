import { Temporal } from 'temporal-polyfill';

/** The name of the public holiday that a day (`YYYY-MM-DD`) is; null: it is none. */
export type HolidayOf = (day: string) => string | null;

type Calendar = InstanceType<(typeof import('date-holidays'))['default']>;

const known = new Map<string, Promise<HolidayOf>>();
const NONE: HolidayOf = () => null;
/** What is worked out of a year is kept; years in which no cohort can be are not. */
const [FIRST_YEAR, LAST_YEAR] = [1990, 2110];
/** Far more than the cohorts of an installation need: beyond that all is forgotten, and worked out again when somebody asks. */
const [MAX_CALENDARS, MAX_YEARS] = [100, 20];

/**
 * The public holidays of a country (ISO 3166-1 alpha-2), named in a language (the country's own, where the library has no other). None for a
 * country that the library does not know.
 */
export async function holidaysOf(country: string, locale?: string): Promise<HolidayOf> {
  const key = `${country} ${locale ?? ''}`;
  const asked = known.get(key);
  if (asked) return await asked;
  const found = calendarOf(country).then((calendar) => (calendar ? byYear(calendar, locale) : NONE));
  if (known.size >= MAX_CALENDARS) known.clear();
  known.set(key, found);
  // What could not be read is asked again the next time.
  found.catch(() => known.delete(key));
  return await found;
}

let countries: Promise<ReadonlySet<string>> | undefined;

/** Whether the library knows the holidays of a country. It works out slowly which it knows, so it is asked once. */
export async function knowsCountry(country: string): Promise<boolean> {
  countries ??= library().then((Holidays) => new Set(Object.keys(new Holidays().getCountries())));
  // What could not be read is asked again the next time.
  countries.catch(() => {
    countries = undefined;
  });
  return (await countries).has(country);
}

/** The library holds the rules of the whole world, so it is loaded only when somebody asks. */
const library = async () => (await import('date-holidays')).default;

async function calendarOf(country: string): Promise<Calendar | null> {
  if (!(await knowsCountry(country))) return null;
  const calendar = new (await library())();
  calendar.init(country);
  return calendar;
}

function byYear(calendar: Calendar, locale: string | undefined): HolidayOf {
  const years = new Map<number, ReadonlyMap<string, string>>();
  return (day) => {
    const year = Number(day.slice(0, 4));
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return null;
    const days = years.get(year) ?? daysOfYear(calendar, year, locale);
    if (years.size >= MAX_YEARS) years.clear();
    years.set(year, days);
    return days.get(day) ?? null;
  };
}

function daysOfYear(calendar: Calendar, year: number, locale: string | undefined): ReadonlyMap<string, string> {
  const holidays = calendar.getHolidays(year, locale).filter(({ type }) => type === 'public');
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
