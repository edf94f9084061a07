import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { type Count, type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import { isReplanned } from './registrations/place-telling.js';
import type { WorkshopRow } from './workshop.schema.js';

/** All who are on a list hear of each move by a mail that waits for no morning: of one workshop, or of what is moved of a series at once, and by one person. */
const OF_ONE: Limit = { name: 'workshop-moves', points: 6, seconds: 3600 };
const BY_ONE: Limit = { name: 'workshop-moves-by', points: 30, seconds: 3600 };
const BY_STAFF: Limit = { name: 'workshop-moves-by-staff', points: 120, seconds: 3600 };

type Moved = { row: WorkshopRow; change: Partial<WorkshopRow> };

/** Counts moves of workshops that have people on their list. */
@Injectable()
export class WorkshopMoves {
  constructor(private readonly limits: RateLimits) {}

  /**
   * Does an act that may move workshops. It calls `count` with what it changes, in its transaction: however often that is tried, the act counts once, and not where it
   * changed nothing in the end. `of`: the workshop, or the series. Throws 429.
   */
  async limited<T>(
    { userId, role }: Pick<CohortActor, 'userId' | 'role'>,
    of: string,
    act: (count: (changes: readonly Moved[]) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const counts: Count[] = [
      [OF_ONE, of],
      [role === 'staff' ? BY_STAFF : BY_ONE, userId],
    ];
    let counted: readonly Count[] = [];
    try {
      return await act(async (changes) => {
        if (counted.length > 0 || !changes.some(({ row, change }) => isReplanned(row, change) && hasPeople(row)))
          return;
        await this.limits.takeAll(counts);
        counted = counts;
      });
    } catch (error) {
      await this.limits.giveAllBack(counted);
      throw error;
    }
  }
}

const hasPeople = ({ going, offered, waitlisted }: WorkshopRow): boolean =>
  [going, offered, waitlisted].some(({ onsite, online }) => onsite + online > 0);
