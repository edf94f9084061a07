import { Injectable } from '@nestjs/common';
import { Problem } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { TEXT_OF_DAY, bytesOf } from '../../infra/redis/text-of-day.js';
import type { WebhookRow } from './webhook.schema.js';
import { keeperOf } from './webhook-keeper.js';
import { WebhookKeepers } from './webhook-keepers.js';
import { WebhooksRepository } from './webhooks.repository.js';

/**
 * What comes in by one address: in a minute as much as Slack takes, with room for a burst; in a day more than tools have to say, in messages and in bytes of them,
 * since whoever finds an address out would else fill the disk with it. All that one person keeps says as much in a day as that person may write themself, since they
 * would else make one address after the other; one address that leaked takes half of it at most.
 */
export const WEBHOOK_LIMITS = {
  minute: { name: 'webhook-in', points: 60, seconds: 60 },
  messages: { name: 'webhook-in-messages', points: 2000, seconds: 86_400 },
  bytes: { name: 'webhook-in-bytes', points: TEXT_OF_DAY.points / 2, seconds: 86_400 },
  ofKeeper: { ...TEXT_OF_DAY, name: 'webhook-in-keeper-bytes' },
} satisfies Record<string, Limit>;

/** How much may come in by the webhooks of channels. */
@Injectable()
export class WebhookRoom {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly keepers: WebhookKeepers,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Counts a call. Throws 429. */
  async countCall({ _id }: WebhookRow): Promise<void> {
    await this.limits.take(WEBHOOK_LIMITS.minute, String(_id));
  }

  /** Counts what one says: of its address, since who takes it over begins anew with another one, and of its keeper. Throws 429; the channel is told of a day that is full. */
  async countText(row: WebhookRow, tokenHash: string, body: string): Promise<void> {
    const bytes = bytesOf(body);
    try {
      await this.limits.take(WEBHOOK_LIMITS.messages, tokenHash);
      await this.limits.take(WEBHOOK_LIMITS.bytes, tokenHash, bytes);
      await this.limits.take(WEBHOOK_LIMITS.ofKeeper, String(keeperOf(row).userId), bytes);
    } catch (error) {
      if (error instanceof Problem && error.status === 429 && row.problem !== 'day_full') await this.tellFull(row);
      throw error;
    }
  }

  /** Nothing more comes in today: who may change the channel sees it there, once, and may give it another address. */
  private async tellFull(row: WebhookRow): Promise<void> {
    const day = Math.floor(this.clock.now().getTime() / DAY);
    await this.webhooks.update(row._id, { problem: 'day_full' });
    await this.keepers.say(row, `full-${String(row._id)}-${day}`, 'day_full');
  }
}
