import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { together } from '../../infra/mongo/together.js';
import type { ChannelMemberRow } from './channel-member.schema.js';

/** Who is in a channel from which place on. */
export interface NewChannelMember {
  channelId: Types.ObjectId;
  cohortId: Types.ObjectId | null;
  userId: Types.ObjectId;
  readSeq: number;
  joinedAt: Date;
}

/** How far somebody has read a channel, and whether it stays quiet for them. */
export interface ChannelReaderState {
  readSeq: number;
  muted: boolean;
  /** They want to hear of every message, not only of those that name them. */
  watched: boolean;
}

/** The only user of the `channel-members` collection. */
@Injectable()
export class ChannelMembersRepository {
  constructor(@InjectModel('ChannelMember') private readonly members: Model<ChannelMemberRow>) {}

  async find(channelId: Types.ObjectId, userId: Types.ObjectId): Promise<ChannelMemberRow | null> {
    return await together(this.members.findOne({ channelId, userId }).lean<ChannelMemberRow>());
  }

  /** Whether somebody is in a channel, as a transaction sees it. */
  async isIn(channelId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    return (await this.members.exists({ channelId, userId }).session(session)) !== null;
  }

  /** All of somebody's places, so that none pushes another out; of one cohort with `cohortId`. */
  async ofPerson(
    userId: Types.ObjectId,
    only: { cohortId?: Types.ObjectId; channelIds?: readonly Types.ObjectId[] } = {},
  ): Promise<ChannelMemberRow[]> {
    const { cohortId, channelIds } = only;
    return await together(
      this.members
        .find({ userId, ...(cohortId && { cohortId }), ...(channelIds && { channelId: { $in: channelIds } }) })
        .lean<ChannelMemberRow[]>(),
    );
  }

  /** All places of some people. */
  async ofPeople(userIds: readonly Types.ObjectId[]): Promise<ChannelMemberRow[]> {
    return await together(this.members.find({ userId: { $in: userIds } }).lean<ChannelMemberRow[]>());
  }

  /** The direct channels of a person. */
  async conversationsOf(userId: Types.ObjectId): Promise<Pick<ChannelMemberRow, '_id' | 'channelId'>[]> {
    return await this.members
      .find({ userId, cohortId: null }, { channelId: 1 })
      .lean<Pick<ChannelMemberRow, '_id' | 'channelId'>[]>();
  }

  /** How far each member of a channel has read, and whether it stays quiet for them, by their id. */
  async readersIn(channelId: Types.ObjectId): Promise<Map<string, ChannelReaderState>> {
    const rows = await this.members
      .find({ channelId }, { userId: 1, readSeq: 1, muted: 1, watched: 1 })
      .lean<Pick<ChannelMemberRow, '_id' | 'userId' | 'readSeq' | 'muted' | 'watched'>[]>();
    return new Map(
      rows.map(({ userId, readSeq, muted, watched }) => [
        String(userId),
        { readSeq, muted: muted ?? false, watched: watched ?? false },
      ]),
    );
  }

  async idsIn(channelId: Types.ObjectId): Promise<Types.ObjectId[]> {
    const rows = await this.members
      .find({ channelId }, { userId: 1 })
      .lean<Pick<ChannelMemberRow, '_id' | 'userId'>[]>();
    return rows.map((row) => row.userId);
  }

  /** Who has been in a channel for longest; null for an empty one. */
  async firstIn(channelId: Types.ObjectId): Promise<Types.ObjectId | null> {
    const [first] = await this.members
      .find({ channelId }, { userId: 1 })
      .sort({ joinedAt: 1, _id: 1 })
      .limit(1)
      .lean<Pick<ChannelMemberRow, '_id' | 'userId'>[]>();
    return first?.userId ?? null;
  }

  /** Since when each of these people is in each of these channels, and up to where they have read it; who is not in it is left out. */
  async placesOf(
    pairs: readonly { channelId: Types.ObjectId; userId: Types.ObjectId }[],
  ): Promise<Pick<ChannelMemberRow, '_id' | 'channelId' | 'userId' | 'joinedAt' | 'readSeq'>[]> {
    if (pairs.length === 0) return [];
    return await together(
      this.members
        .find(
          { $or: pairs.map(({ channelId, userId }) => ({ channelId, userId })) },
          { channelId: 1, userId: 1, joinedAt: 1, readSeq: 1 },
        )
        .lean<Pick<ChannelMemberRow, '_id' | 'channelId' | 'userId' | 'joinedAt' | 'readSeq'>[]>(),
    );
  }

  /** Those of these people who are in the channel. */
  async among(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    const rows = await together(
      this.members
        .find({ channelId, userId: { $in: userIds } }, { userId: 1 })
        .lean<Pick<ChannelMemberRow, '_id' | 'userId'>[]>(),
    );
    return new Set(rows.map((row) => String(row.userId)));
  }

  /** Who is in these channels. */
  async inChannels(
    channelIds: readonly Types.ObjectId[],
  ): Promise<Pick<ChannelMemberRow, '_id' | 'channelId' | 'userId'>[]> {
    if (channelIds.length === 0) return [];
    return await together(
      this.members
        .find({ channelId: { $in: channelIds } }, { channelId: 1, userId: 1 })
        .lean<Pick<ChannelMemberRow, '_id' | 'channelId' | 'userId'>[]>(),
    );
  }

  /** How many people are in some channels; those with nobody are left out. */
  async countsIn(channelIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    if (channelIds.length === 0) return new Map();
    const rows = await this.members.aggregate<{ _id: Types.ObjectId; count: number }>([
      { $match: { channelId: { $in: channelIds } } },
      { $group: { _id: '$channelId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [String(_id), count]));
  }

  /** Lets people in; who is in already keeps their pointer. */
  async add(members: readonly NewChannelMember[], session?: ClientSession): Promise<void> {
    if (members.length === 0) return;
    const upserts = members.map(({ channelId, userId, ...rest }) => ({
      updateOne: { filter: { channelId, userId }, update: { $setOnInsert: rest }, upsert: true },
    }));
    // A transaction that met another one is tried again as a whole.
    if (session) await this.members.bulkWrite(upserts, { session });
    else await againWhenDoubled(() => this.members.bulkWrite(upserts, { ordered: false }));
  }

  /** Takes people out. Returns how many were in. */
  async remove(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<number> {
    if (userIds.length === 0) return 0;
    return (await this.members.deleteMany({ channelId, userId: { $in: userIds } })).deletedCount;
  }

  async mute(channelId: Types.ObjectId, userId: Types.ObjectId, muted: boolean): Promise<void> {
    // Nobody can want silence and every word at once.
    await this.members.updateOne({ channelId, userId }, { $set: { muted, ...(muted && { watched: false }) } });
  }

  async watch(channelId: Types.ObjectId, userId: Types.ObjectId, watched: boolean): Promise<void> {
    await this.members.updateOne({ channelId, userId }, { $set: { watched, ...(watched && { muted: false }) } });
  }

  async star(channelId: Types.ObjectId, userId: Types.ObjectId, starred: boolean): Promise<void> {
    await this.members.updateOne({ channelId, userId }, { $set: { starred } });
  }

  /** Who wants to hear of every message of a channel, and up to where each has read it. */
  async watchersIn(channelId: Types.ObjectId): Promise<{ userId: string; readSeq: number }[]> {
    const rows = await this.members
      .find({ channelId, watched: true }, { userId: 1, readSeq: 1 })
      .lean<Pick<ChannelMemberRow, '_id' | 'userId' | 'readSeq'>[]>();
    return rows.map(({ userId, readSeq }) => ({ userId: String(userId), readSeq }));
  }

  /** Moves the pointer forward, or where it is put with `back`. False for who is not in the channel. */
  async read(channelId: Types.ObjectId, userId: Types.ObjectId, seq: number, back = false): Promise<boolean> {
    const change = back ? { $set: { readSeq: seq } } : { $max: { readSeq: seq } };
    return (await this.members.updateOne({ channelId, userId }, change)).matchedCount === 1;
  }

  /** Whoever has read a channel up to a place has read it up to a later one, too: what came in between is not news. */
  async readOn(channelId: Types.ObjectId, from: number, to: number): Promise<void> {
    await this.members.updateMany({ channelId, readSeq: { $gte: from, $lt: to } }, { $set: { readSeq: to } });
  }

  /** Moves the pointers of who wrote forward, each to their own message, in one write. */
  async readOwn(channelId: Types.ObjectId, seqs: ReadonlyMap<string, number>): Promise<void> {
    const own = [...seqs].map(([userId, seq]) => ({ userId: idOf(userId), seq }));
    const branches = own.map(({ userId, seq }) => ({ case: { $eq: ['$userId', userId] }, then: seq }));
    await this.members.updateMany(
      { channelId, userId: { $in: own.map(({ userId }) => userId) } },
      [{ $set: { readSeq: { $max: ['$readSeq', { $switch: { branches, default: 0 } }] } } }],
      { updatePipeline: true },
    );
  }
}
