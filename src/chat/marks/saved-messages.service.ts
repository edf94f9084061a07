import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
import { conflict, notFound } from '../../common/problem.js';
import { lengthOfBody } from '../../common/texts/within.js';
import type { SavedMessage } from '../../contracts/chat/chat.js';
import type { PageQuery } from '../../contracts/primitives.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { presentMessage } from '../messages/message.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { OwnPlaces } from '../channels/own-places.js';
import type { SavedMessageRow } from './saved-message.schema.js';
import { SavedMessagesRepository } from './saved-messages.repository.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';

const MAX_SAVED = 1000;

/** Messages that a person keeps for later. */
@Injectable()
export class SavedMessages {
  constructor(
    private readonly access: ChannelAccess,
    private readonly places: OwnPlaces,
    private readonly messages: MessagesRepository,
    private readonly saved: SavedMessagesRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws 404; 409 `too_many_saved` beyond 1,000. */
  async keep(actor: Actor, channelId: string, messageId: string, keep: boolean): Promise<void> {
    const { channel, userId } = await this.access.held(actor, channelId);
    const id = toId(messageId);
    const row = id && (await this.messages.byId(id));
    if (!row?.channelId.equals(channel._id) || (keep && row.deletedAt)) throw notFound();
    if (!keep) {
      await this.saved.remove(userId, row._id);
      return;
    }
    const saved = { userId, messageId: row._id, channelId: channel._id, savedAt: this.clock.now() };
    if (!(await this.saved.add(saved, MAX_SAVED)))
      throw conflict('too_many_saved', 'You keep 1,000 messages: let one go first.');
  }

  /** The latest first; without those of channels that one may not read any more, and without deleted ones. */
  async mine(actor: Actor, query: PageQuery): Promise<{ items: SavedMessage[]; nextCursor: string | null }> {
    const userId = idOf(actor.userId);
    const channelIds = (await this.places.ofPerson(userId)).map((row) => row.channelId);
    const after = query.cursor === undefined ? null : timePlaceOf(query.cursor);
    const rows = await this.saved.page(userId, channelIds, after, query.limit + 1);
    const found = await this.messages.byIdsAnywhere(rows.map((row) => row.messageId));
    const byId = new Map(found.map((message) => [String(message._id), message]));
    const place = (row: SavedMessageRow) => [row.savedAt.getTime(), String(row._id)];
    const lengthOf = ({ messageId }: SavedMessageRow) => lengthOfBody(byId.get(String(messageId)) ?? {});
    const { items, nextCursor } = pageOf(rows, query.limit, place, lengthOf);
    return {
      items: items.flatMap(({ savedAt, messageId }) => {
        const message = byId.get(String(messageId));
        return message && !message.deletedAt
          ? [{ savedAt: savedAt.toISOString(), message: presentMessage(message) }]
          : [];
      }),
      nextCursor,
    };
  }

  /** Which messages carry the person's mark. */
  async ids(actor: Pick<Actor, 'userId'>): Promise<string[]> {
    return (await this.saved.ids(idOf(actor.userId), MAX_SAVED)).map(String);
  }
}
