import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { conflict } from '../../common/problem.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ChannelsRepository } from './channels.repository.js';

/** Channels that somebody made by hand and that are open. */
export const MAX_OPEN_CHANNELS = 100;
/** Conversations that somebody opened and in which nobody said a word. */
export const MAX_UNSPOKEN = 100;

type Open = (session: ClientSession) => Promise<void>;

/** How many channels one person may have made. Two that are made at once are made one after the other. */
@Injectable()
export class ChannelRoom {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly people: People,
    private readonly transactions: Transactions,
  ) {}

  /** Makes a channel, or opens it again. Throws 409 `too_many_channels`. */
  async forChannel(makerId: Types.ObjectId, open: Open): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.openFor(makerId, open, session);
      const most = MAX_OPEN_CHANNELS;
      if ((await this.channels.countMade(makerId, most + 1, session)) > most)
        throw conflict('too_many_channels', 'Close a channel that is not needed any more first.', { most });
    });
  }

  /** Opens a conversation. Throws 409 `too_many_unspoken`. */
  async forConversation(makerId: Types.ObjectId, open: Open): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.openFor(makerId, open, session);
      const most = MAX_UNSPOKEN;
      if ((await this.channels.countUnspoken(makerId, most + 1, session)) > most)
        throw conflict('too_many_unspoken', 'Say something in a conversation that you opened first.', { most });
    });
  }

  private async openFor(makerId: Types.ObjectId, open: Open, session: ClientSession): Promise<void> {
    await open(session);
    await this.people.hold(makerId, session);
  }
}
