import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { emojiFrom } from '../../common/texts/emoji.js';
import { invalidField, unauthorized } from '../../common/problem.js';
import type { Me } from '../../contracts/auth/auth.js';
import type { SetQuiet, SetStatus } from '../../contracts/auth/standing.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { standingChanged } from '../auth.events.js';
import { MeService } from './me.service.js';
import { quietProblem, statusEndOf } from './standing-ends.js';
import { type Profile, UsersRepository } from '../users.repository.js';

/** What I say of myself to the others, and whether I may be disturbed. Both end by themselves: their end is part of them. */
@Injectable()
export class MyStanding {
  constructor(
    private readonly users: UsersRepository,
    private readonly me: MeService,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 422 `not_an_emoji`. */
  async setStatus(userId: string, { emoji, text, away, clears }: SetStatus): Promise<Me> {
    const { _id, timeZone } = await this.profile(userId);
    const one = emoji === null ? null : emojiFrom(emoji);
    if (emoji !== null && one === null) throw invalidField('/emoji', 'not_an_emoji');
    await this.users.setStatus(_id, { emoji: one, text, away, until: statusEndOf(clears, this.clock.now(), timeZone) });
    return await this.changed(userId);
  }

  async clearStatus(userId: string): Promise<Me> {
    await this.users.setStatus((await this.profile(userId))._id, null);
    return await this.changed(userId);
  }

  /** As it is already, nothing follows. Throws 422 `past`, `too_far`. */
  async setQuiet(userId: string, { until }: SetQuiet): Promise<Me> {
    const { _id, quietUntil } = await this.profile(userId);
    const end = until === null ? null : new Date(until);
    const now = this.clock.now();
    const problem = end && quietProblem(end, now);
    if (problem) throw invalidField('/until', problem);
    if ((quietUntil?.getTime() ?? null) === (end?.getTime() ?? null)) return await this.me.get(userId);
    await this.transactions.run(async (session) => {
      await this.users.setQuiet(_id, end, session);
      await this.outbox.write(standingChanged, { userId, quietChanged: true }, session);
    });
    return await this.changed(userId, true);
  }

  private async changed(userId: string, quietChanged = false): Promise<Me> {
    this.bus.publish(standingChanged, { userId, quietChanged });
    return await this.me.get(userId);
  }

  private async profile(userId: string): Promise<Profile> {
    const id = toId(userId);
    const profile = id && (await this.users.profile(id));
    if (!profile) throw unauthorized();
    return profile;
  }
}
