import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import type { MessageRow } from '../messages/message.schema.js';

/**
 * What one writes one has read. The pointers of who wrote are moved right after their messages are acked: for each channel one write at a
 * time, for all that came meanwhile. Who reads pointers on this process waits for it.
 */
@Injectable()
export class OwnReading {
  private readonly logger = new Logger('OwnReading');
  private readonly pending = new Map<string, Map<string, number>>();
  private readonly moving = new Map<string, Promise<void>>();

  constructor(private readonly members: ChannelMembersRepository) {}

  /** Messages that are durable now. A failure to move a pointer only leaves others' messages unread. */
  of(channelId: Types.ObjectId, created: readonly MessageRow[]): void {
    const key = String(channelId);
    const seqs = this.pending.get(key) ?? new Map<string, number>();
    for (const row of created) if (!row.threadId) seqs.set(String(row.senderId), row.seq);
    if (seqs.size === 0) return;
    this.pending.set(key, seqs);
    if (!this.moving.has(key)) this.moving.set(key, this.move(channelId));
  }

  /** Resolves when the pointers of all that was acked so far are moved. */
  async settled(): Promise<void> {
    await Promise.all(this.moving.values());
  }

  private async move(channelId: Types.ObjectId): Promise<void> {
    const key = String(channelId);
    for (let seqs = this.pending.get(key); seqs; seqs = this.pending.get(key)) {
      this.pending.delete(key);
      try {
        await this.members.readOwn(channelId, seqs);
      } catch (error) {
        this.logger.warn({ err: error }, 'read pointers were not moved');
      }
    }
    this.moving.delete(key);
  }
}
