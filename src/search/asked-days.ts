import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock } from '../common/times/clock.js';
import { type QueryFilter, daysOf } from '../common/texts/search-query.js';
import { dayOf, instantAt } from '../common/times/zoned.js';
import { idOf } from '../infra/mongo/ids.js';

/** From when, and before when; null for any time. */
export interface Stretch {
  from: Date | null;
  before: Date | null;
}

/** Finds out which instants `before:` and `after:` mean. */
@Injectable()
export class AskedDays {
  constructor(
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  /** Days are those of the person's own zone; not before `earliest` in any case. `unknown` are those that are no day. */
  async of<Kind extends string>(
    userId: string,
    filters: readonly QueryFilter<Kind>[],
    earliest: Date | null = null,
  ): Promise<Stretch & { unknown: QueryFilter<Kind>[] }> {
    const asked = filters.filter(({ kind }) => kind === 'before' || kind === 'after');
    if (asked.length === 0) return { from: earliest, before: null, unknown: [] };
    const zone = (await this.users.hoursOf([idOf(userId)])).get(userId)?.timeZone ?? 'UTC';
    const today = dayOf(this.clock.now(), zone);
    const [from, before, unknown] = [earliest ? [earliest] : [], [] as Date[], [] as QueryFilter<Kind>[]];
    for (const filter of asked) {
      const days = daysOf(filter.value, today);
      if (!days) unknown.push(filter);
      else if (filter.kind === 'before') before.push(instantAt(days.first, '00:00', zone));
      else from.push(instantAt(days.next, '00:00', zone));
    }
    return { from: latestOf(from), before: earliestOf(before), unknown };
  }
}

const latestOf = (instants: readonly Date[]) =>
  instants.length > 0 ? new Date(Math.max(...instants.map(Number))) : null;
const earliestOf = (instants: readonly Date[]) =>
  instants.length > 0 ? new Date(Math.min(...instants.map(Number))) : null;
