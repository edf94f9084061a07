import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { idOf } from '../../infra/mongo/ids.js';
import type { TopicSubscriptionRow } from '../post.schema.js';
import { type Carried, type PlainStand, standAlong } from './stand-along.js';

/** Lets those who follow or have read one topic stand so with another, beside `FollowingsRepository`. */
@Injectable()
export class StandsRepository {
  constructor(@InjectModel('TopicSubscription') private readonly stands: Model<TopicSubscriptionRow>) {}

  /** `authorIds` wrote what goes along, `beginsId` with what a new topic begins. `returns`: the levels may be taken back. Throws E11000 `subscriber` where somebody opens the other topic at that moment. */
  async carry(
    topicId: Types.ObjectId,
    toId: Types.ObjectId,
    {
      authorIds,
      beginsId = null,
      returns = false,
      ...carried
    }: Carried & { authorIds: readonly string[]; beginsId?: string | null; returns?: boolean },
    session: ClientSession,
  ): Promise<void> {
    const [here, there] = [await this.of(topicId, session), await this.of(toId, session)];
    const authors = new Set(authorIds);
    const userIds = [...new Set([...here.keys(), ...authors])];
    const changes = userIds.flatMap((userId) => {
      const part = { isAuthor: authors.has(userId), begins: userId === beginsId };
      const before = there.get(userId);
      const change = standAlong(here.get(userId) ?? {}, before ?? {}, part, carried);
      const along = returns && change?.level && { fromId: topicId, level: before?.level, byItself: before?.byItself };
      return change ? [{ userId: idOf(userId), change: { ...change, ...(along && { along }) } }] : [];
    });
    if (changes.length === 0) return;
    await this.stands.bulkWrite(
      changes.map(({ userId, change }) => ({
        updateOne: {
          filter: { topicId: toId, userId },
          update: updateTo(change),
          upsert: true,
        },
      })),
      { session },
    );
  }

  /** The levels that came along from one topic to another become what they were, but for what was chosen since. */
  async takeBack(topicId: Types.ObjectId, toId: Types.ObjectId, session: ClientSession): Promise<void> {
    const rows = await this.stands
      .find({ topicId: toId, 'along.fromId': topicId }, { along: 1 }, { session })
      .lean<Pick<TopicSubscriptionRow, '_id' | 'along'>[]>();
    if (rows.length === 0) return;
    await this.stands.bulkWrite(
      rows.map(({ _id, along }) => {
        const { level, byItself } = along ?? {};
        const [set, unset] = [
          { ...(level && { level }), ...(byItself && { byItself }) },
          { along: 1 as const, ...(!level && { level: 1 as const }), ...(!byItself && { byItself: 1 as const }) },
        ];
        return {
          updateOne: { filter: { _id, 'along.fromId': topicId }, update: { $set: set, $unset: unset } },
        };
      }),
      { session },
    );
  }

  private async of(topicId: Types.ObjectId, session: ClientSession): Promise<Map<string, TopicSubscriptionRow>> {
    const rows = await this.stands.find({ topicId }, null, { session }).lean<TopicSubscriptionRow[]>();
    return new Map(rows.map((row) => [String(row.userId), row]));
  }
}

/** What was chosen is not given by itself any more. */
const updateTo = ({ byItself, ...change }: PlainStand) => ({
  $set: { ...change, ...(byItself && { byItself }) },
  ...(byItself === false && { $unset: { byItself: 1 as const } }),
});
