import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../cohorts/cohort.schema.js';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { publicHolidays } from '../cohorts/public-holidays.js';
import { dayOf, instantAt, plusDays, zonedOf } from '../common/zoned.js';
import { toIds } from '../infra/mongo/ids.js';

/** The days on which a cohort rests: public holidays of its country, and the programme's pauses. */
export interface RestDays {
  timeZone: string;
  isFree: (day: string) => boolean;
  /** Another one when staff change the pauses or the zone. */
  key: string;
}

const MORNING = '09:00';
const SATURDAY = 6;
/** No pause is longer. */
const MOST_DAYS = 400;

/** The instant itself, or 09:00 of the next working day, when it lies on a day of rest. Pure. */
export function afterRest(instant: Date, { timeZone, isFree }: RestDays): Date {
  const day = dayOf(instant, timeZone);
  if (!isFree(day)) return instant;
  for (let after = 1; after <= MOST_DAYS; after += 1) {
    const next = plusDays(day, after);
    const morning = instantAt(next, MORNING, timeZone);
    if (!isFree(next) && zonedOf(morning, timeZone).dayOfWeek < SATURDAY) return morning;
  }
  return instant;
}

/** Reads when cohorts rest. What the holidays of a country are is worked out once. */
@Injectable()
export class RestDaysReader {
  private readonly holidays = new Map<string, Promise<Set<string>>>();

  constructor(private readonly cohorts: CohortsRepository) {}

  /** By the cohort's id; unknown ones are left out. */
  async of(cohortIds: readonly string[]): Promise<Map<string, RestDays>> {
    const cohorts = await this.cohorts.byIds(toIds([...new Set(cohortIds)]));
    return new Map(
      await Promise.all(cohorts.map(async (cohort) => [String(cohort._id), await this.restOf(cohort)] as const)),
    );
  }

  private async restOf(cohort: CohortRow): Promise<RestDays> {
    const holidays = await this.holidaysOf(cohort);
    const pauses = cohort.pauses ?? [];
    return {
      timeZone: cohort.timeZone,
      isFree: (day) => holidays.has(day) || pauses.some(({ from, to }) => from <= day && day <= to),
      key: [cohort.timeZone, ...pauses.map(({ from, to }) => `${from}/${to}`)].join(' '),
    };
  }

  private holidaysOf({ country, startsOn, endsOn }: CohortRow): Promise<Set<string>> {
    const [first, last] = [startsOn, endsOn].map((day) => Number(day.slice(0, 4))) as [number, number];
    const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const key = `${country} ${years.join()}`;
    const known = this.holidays.get(key);
    if (known) return known;
    const asked = publicHolidays(country, years);
    this.holidays.set(key, asked);
    // What could not be read is asked again the next time.
    asked.catch(() => this.holidays.delete(key));
    return asked;
  }
}
