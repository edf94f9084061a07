import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { peopleCalled } from '../chat.events.js';
import { callsAnew, callsSomebody } from './message-facts.js';
import type { MessageRow } from './message.schema.js';

/** Whoever looks at the conversation has read it by then, and hears nothing more. */
const DIRECT_AFTER_MS = 3000;

/** Writes into the outbox, with messages themselves, that people are to be told of them. Of plain messages nothing is written. */
@Injectable()
export class MessageCalls {
  constructor(private readonly outbox: Outbox) {}

  /** Of new messages those that call somebody, however many they are by one row. */
  async ofNew(channel: ChannelRow, created: readonly MessageRow[], session: ClientSession): Promise<void> {
    await this.write(
      channel,
      created.filter((row) => callsSomebody(channel, row)),
      session,
    );
  }

  /** Of a changed message, where it calls somebody whom it did not call before. */
  async ofChange(channel: ChannelRow, before: MessageRow, after: MessageRow, session: ClientSession): Promise<void> {
    if (callsAnew(channel, before, after.names)) await this.write(channel, [after], session);
  }

  private async write({ _id, cohortId, kind }: ChannelRow, calling: readonly MessageRow[], session: ClientSession) {
    if (calling.length === 0) return;
    const messageIds = calling.map((row) => String(row._id));
    const fact = { channelId: String(_id), cohortId: cohortId ? String(cohortId) : null, messageIds };
    await this.outbox.write(peopleCalled, fact, session, { afterMs: kind === 'direct' ? DIRECT_AFTER_MS : 0 });
  }
}
