import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';

/** Far more than somebody plans for themself, and than coaches and the programme team plan for many. */
const OF_FELLOWS = { name: 'session-acts', points: 40, seconds: 3600 };
const OF_OTHERS = { name: 'session-acts-for-many', points: 160, seconds: 3600 };
/** Counted apart: who may book no more can give back all that they have. Each is called off once, so that the others bound it as well. */
const CANCELS = { name: 'session-cancels', points: 160, seconds: 3600 };

/**
 * Counts what people do with sessions. Who is in one hears at once of each time that it is booked, moved, handed over or called off, by a mail that they cannot
 * switch off: without a limit, one person could have hundreds of them sent to another in a minute.
 */
@Injectable()
export class SessionActs {
  constructor(private readonly limits: RateLimits) {}

  /** Several at once count as so many. Throws 429. */
  async count({ userId, role }: Pick<CohortActor, 'userId' | 'role'>, sessions = 1): Promise<void> {
    await this.limits.take(role === 'fellow' ? OF_FELLOWS : OF_OTHERS, userId, sessions);
  }

  /** The same for calling some off. Throws 429. */
  async countCancel({ userId }: Pick<CohortActor, 'userId'>, sessions = 1): Promise<void> {
    await this.limits.take(CANCELS, userId, sessions);
  }
}
