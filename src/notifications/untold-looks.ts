import { Injectable, Logger } from '@nestjs/common';
import { Clock, DAY, MINUTE } from '../common/times/clock.js';

/** How often what nobody was told of is looked for. */
export const LOOK_EVERY_MS = MINUTE;

const TOLD_WITHIN_MS = MINUTE;
const A_LOOK = 500;

/**
 * The second look at what is to be told. The word of it is an event, which a killed process or a Redis that is away loses; that it is to be told
 * stands in the row itself. What was not told within a minute is told by the next look; what is older than a day is no news.
 */
@Injectable()
export class UntoldLooks {
  private readonly logger = new Logger('UntoldLooks');

  constructor(private readonly clock: Clock) {}

  /** Tells what is found in [from, to), in that order. Safe on every process at once. One that fails holds up no other: the next look tries it again. */
  async look<One>(
    find: (from: Date, to: Date, limit: number) => Promise<readonly One[]>,
    tell: (one: One) => Promise<void>,
  ): Promise<void> {
    const now = this.clock.now().getTime();
    for (const one of await find(new Date(now - DAY), new Date(now - TOLD_WITHIN_MS), A_LOOK))
      await tell(one).catch((error: unknown) => this.logger.warn({ err: error }, 'what was to be told was not'));
  }
}
