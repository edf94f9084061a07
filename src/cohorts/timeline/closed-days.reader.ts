import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { forbidden, invalidField, notFound } from '../../common/problem.js';
import { daysBetween, plusDays } from '../../common/times/zoned.js';
import type { ClosedDays as ClosedDaysReply, ClosedDaysQuery } from '../../contracts/cohorts/closed-days.js';
import type { Pause } from '../../contracts/cohorts/cohorts.js';
import type { Locale } from '../../contracts/primitives.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { type ClosedDays, closedBy, closedDaysBetween } from './closed-days.js';
import type { CohortRow } from '../cohort.schema.js';
import { isOfTeam } from '../cohort-rules.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { holidaysOf, knowsCountry } from './public-holidays.js';

const MAX_DAYS = 800;
/** So far before and after its residency a cohort's calendar is asked for: what is planned for one lies within that. */
const AROUND_DAYS = 800;

type Calendar = Pick<CohortRow, 'country' | 'timeZone' | 'pauses' | 'locale'>;

/** What is taken to be otherwise than the cohort has it, and the language of names. */
export interface Otherwise {
  pauses?: readonly Pause[] | undefined;
  country?: string | undefined;
  locale?: Locale | undefined;
}

/** Reads when cohorts are closed: for all rooms. */
@Injectable()
export class ClosedDaysReader {
  constructor(private readonly cohorts: CohortsRepository) {}

  /** By the cohort's id; unknown ones are left out. */
  async of(cohortIds: readonly string[]): Promise<Map<string, ClosedDays>> {
    const cohorts = await this.cohorts.byIds(toIds([...new Set(cohortIds)]));
    return new Map(
      await Promise.all(cohorts.map(async (cohort) => [String(cohort._id), await closedDaysOf(cohort)] as const)),
    );
  }

  /** One cohort, with its own country and pauses or with others. Throws 404, 422 `/country` `unknown_country`. */
  async ofCohort(cohortId: string, otherwise: Otherwise = {}): Promise<ClosedDays & { cohort: CohortRow }> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    if (otherwise.country !== undefined) await mustKnowCountry(otherwise.country, cohort.country);
    return { ...(await closedDaysOf(cohort, otherwise)), cohort };
  }

  /**
   * The closed days of a span, by day. The holidays of a year are worked out on the way and kept: so those of other countries are for who may change the country, and
   * of years far from the residency there are none to be asked for. Throws 403, 422 `/to` `end_before_start`, `too_long`, `/from`, `/to` `far_from_residency`.
   */
  async list(actor: CohortActor, { from, to, ...as }: ClosedDaysQuery): Promise<ClosedDaysReply> {
    if (as.country !== undefined && !isOfTeam(actor)) throw forbidden();
    const { on, cohort } = await this.ofCohort(actor.cohortId, as);
    const [first, last] = [from ?? cohort.startsOn, to ?? cohort.endsOn];
    if (last < first) throw invalidField('/to', 'end_before_start');
    if (daysBetween(first, last) >= MAX_DAYS) throw invalidField('/to', 'too_long', { maximum: MAX_DAYS, of: 'days' });
    if (first < plusDays(cohort.startsOn, -AROUND_DAYS)) throw invalidField('/from', 'far_from_residency');
    if (last > plusDays(cohort.endsOn, AROUND_DAYS)) throw invalidField('/to', 'far_from_residency');
    const holidays = await closedDaysOf(cohort, { ...as, pauses: [] });
    return {
      country: as.country ?? cohort.country,
      items: closedDaysBetween(first, last, on),
      holidays: closedDaysBetween(first, last, holidays.on),
    };
  }
}

/** Of a cohort that was read. */
export async function closedDaysOf(cohort: Calendar, otherwise: Otherwise = {}): Promise<ClosedDays> {
  const { timeZone } = cohort;
  const { country = cohort.country, pauses = cohort.pauses ?? [], locale = cohort.locale } = otherwise;
  const on = closedBy(pauses, await holidaysOf(country, locale));
  return { timeZone, on, key: [timeZone, country, ...pauses.map(({ from, to }) => `${from}/${to}`)].join(' ') };
}

/** Throws 422 `unknown_country` where the holidays of a country are not known. What a cohort has already (`kept`) is left to it. */
export async function mustKnowCountry(country: string, kept: string | undefined): Promise<void> {
  if (country !== kept && !(await knowsCountry(country))) throw invalidField('/country', 'unknown_country');
}
