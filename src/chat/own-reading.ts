import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { MessageRow } from './message.schema.js';

/** While messages of a channel follow each other closely, pointers of who wrote them are moved this often at least. Real time. */
const LONGEST_MS = 100;

interface Pending {
  seqs: Map<string, number>;
  since: number;
}

/** What one writes one has read. In a burst the pointers of several groups are moved by one write, at its end at the latest. */
@Injectable()
export class OwnReading {
  private readonly logger = new Logger('OwnReading');
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly members: ChannelMembersRepository) {}

  /**
   * `more` says that the next group of the channel waits already, which will call this again. The messages are durable: a failure here
   * only leaves others' messages unread.
   */
  async of(channelId: Types.ObjectId, created: readonly MessageRow[], more: boolean): Promise<void> {
    const key = String(channelId);
    const pending = this.pending.get(key) ?? { seqs: new Map<string, number>(), since: Date.now() };
    for (const row of created) if (!row.threadId) pending.seqs.set(String(row.senderId), row.seq);
    if (pending.seqs.size === 0) return;
    this.pending.set(key, pending);
    if (more && Date.now() - pending.since < LONGEST_MS) return;
    this.pending.delete(key);
    try {
      await this.members.readOwn(channelId, pending.seqs);
    } catch (error) {
      this.logger.warn({ err: error }, 'a read pointer was not moved');
    }
  }
}
