import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { forbidden } from '../../common/problem.js';
import type { SetRetention } from '../../contracts/chat/chat.js';
import { Ends } from '../../infra/queue/ends.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { ChannelMembersService } from '../channels/channel-members.service.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { channelAbilities } from '../chat.policy.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { MessagesService } from '../messages/messages.service.js';

/** So long after it was said, nothing is deleted yet: what was set by mistake can be taken back. */
const GRACE = DAY;
/** Messages of one channel that become tombstones in one turn, which looks at all channels; the next turn goes on. */
const AT_ONCE = 200;

/** How long the messages of a channel are kept. Off until staff sets it; said in the channel before anything is deleted. */
@Injectable()
export class Retention implements OnModuleInit {
  private readonly logger = new Logger('Retention');

  constructor(
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
    private readonly messages: MessagesRepository,
    private readonly service: MessagesService,
    private readonly channelMembersService: ChannelMembersService,
    private readonly transactions: Transactions,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('messages of channels that keep them for so long', () => this.turn());
  }

  /** Throws 404, 403 for who is no staff, 409 `channel_archived`. What is set already changes nothing and says nothing. */
  async set(actor: Actor, channelId: string, { days }: SetRetention): Promise<void> {
    const { channel, userId } = await this.access.held(actor, channelId);
    if (!channelAbilities(await this.access.reader(actor, channel), channel).retain) throw forbidden();
    const from = new Date(this.clock.now().getTime() + GRACE);
    const isNew = await this.transactions.run(async (session) => {
      await this.access.mustBeStaff(userId, channel, session);
      return await this.channels.keepFor(channel._id, days, from, session);
    });
    if (!isNew) return;
    this.channelMembersService.announce(channel);
    const body = days === null ? '🗓 ∞' : `🗓 ${days}`;
    await this.service.say(channelId, userId, { body, note: { kind: 'retention', days } });
  }

  /**
   * Turns what is too old into tombstones, the oldest first. Each is a change of its own that takes a number of the channel, so that
   * counts, search, files and all who look on follow; two processes at once, or one that is killed, leave nothing half done. What fails holds
   * up no other message and no other channel: it is logged, and the next turn tries it again.
   */
  async turn(): Promise<void> {
    for (const channel of await this.channels.toThin(this.clock.now()))
      await this.thin(channel).catch((error: unknown) =>
        this.logger.warn({ channel: String(channel._id), err: error }, 'messages that are too old were not deleted'),
      );
  }

  private async thin({ _id, retention }: Pick<ChannelRow, '_id' | 'retention'>): Promise<void> {
    if (!retention) return;
    const before = new Date(this.clock.now().getTime() - retention.days * DAY);
    const failures: unknown[] = [];
    for (const messageId of await this.messages.olderThan(_id, before, AT_ONCE)) {
      // Asked again within the write: staff may have taken it back a moment ago.
      await this.service
        .expire(String(_id), messageId, (channel) => channel.retention?.days === retention.days)
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new Error(`${failures.length} messages, the first of them`, { cause: failures[0] });
  }
}
