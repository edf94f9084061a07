import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { together } from '../../infra/mongo/together.js';
import type { ChannelRow } from './channel.schema.js';

/** The only user of the `channels` collection: some dozens a cohort, asked by id or key. */
@Injectable()
export class ChannelsRepository {
  constructor(@InjectModel('Channel') private readonly channels: Model<ChannelRow>) {}

  async byId(channelId: Types.ObjectId, session?: ClientSession): Promise<ChannelRow | null> {
    return await this.channels.findById(channelId, null, { session }).lean<ChannelRow>();
  }

  async byIds(channelIds: readonly Types.ObjectId[]): Promise<ChannelRow[]> {
    return channelIds.length === 0
      ? []
      : await together(this.channels.find({ _id: { $in: channelIds } }).lean<ChannelRow[]>());
  }

  /** The place of the latest message of each. */
  async headsOf(channelIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    if (channelIds.length === 0) return new Map();
    const rows = await together(
      this.channels.find({ _id: { $in: channelIds } }, { headSeq: 1 }).lean<Pick<ChannelRow, '_id' | 'headSeq'>[]>(),
    );
    return new Map(rows.map(({ _id, headSeq }) => [String(_id), headSeq]));
  }

  async byKey(key: string): Promise<ChannelRow | null> {
    return await together(this.channels.findOne({ key }).lean<ChannelRow>());
  }

  async byKeys(keys: readonly string[]): Promise<ChannelRow[]> {
    return await together(this.channels.find({ key: { $in: keys } }).lean<ChannelRow[]>());
  }

  /** The channels of a cohort; of some kinds. */
  async inCohort(cohortId: Types.ObjectId, kinds?: readonly ChannelRow['kind'][]): Promise<ChannelRow[]> {
    return await this.channels.find({ cohortId, ...(kinds && { kind: { $in: kinds } }) }).lean<ChannelRow[]>();
  }

  /** The open channels of a cohort by name, after a place; `holding`: only those whose name and topic hold all of these. */
  async openIn(
    cohortId: Types.ObjectId,
    ask: {
      after: [sortName: string, id: Types.ObjectId] | null;
      holding: readonly RegExp[];
      archived: boolean;
      limit: number;
    },
  ): Promise<ChannelRow[]> {
    const [sortName, id] = ask.after ?? [];
    const base = { cohortId, kind: 'open' as const, archivedAt: ask.archived ? { $ne: null } : null };
    const found = ask.holding.length > 0 && { $and: ask.holding.map((folded) => ({ folded })) };
    const beyond = id && {
      $or: [
        { ...base, sortName: { $gt: sortName } },
        { ...base, sortName, _id: { $gt: id } },
      ],
    };
    return await this.channels
      .find({ ...(beyond || base), ...found })
      .sort({ sortName: 1, _id: 1 })
      .limit(ask.limit)
      .lean<ChannelRow[]>();
  }

  /** Makes channels; those whose key exists already stay as they are. */
  async ensure(
    channels: readonly (Pick<ChannelRow, 'cohortId' | 'kind' | 'key' | 'name' | 'nameKey' | 'createdAt' | 'createdBy'> &
      Partial<Pick<ChannelRow, 'topic' | 'sortName' | 'folded'>>)[],
    session?: ClientSession,
  ): Promise<void> {
    if (channels.length === 0) return;
    const upserts = channels.map((channel) => ({
      updateOne: {
        filter: { key: channel.key },
        update: {
          $setOnInsert: { topic: '', ...channel, rev: 0, headSeq: 0, last: null, archivedAt: null },
        },
        upsert: true,
      },
    }));
    // A transaction that met another one is tried again as a whole.
    if (session) await this.channels.bulkWrite(upserts, { session });
    else await againWhenDoubled(() => this.channels.bulkWrite(upserts, { ordered: false }));
  }

  async insert(
    channel: Omit<ChannelRow, 'rev' | 'headSeq' | 'last' | 'membersRev' | 'archivedAt'>,
    session: ClientSession,
  ): Promise<void> {
    await this.channels.create([channel], { session });
  }

  /** How many channels a person made by hand that are open; what an import brought in their name is not theirs. Counting stops at `limit`. */
  async countMade(createdBy: Types.ObjectId, limit: number, session: ClientSession): Promise<number> {
    const byHand = {
      createdBy,
      kind: { $in: ['open', 'private'] as const },
      key: /^(open|private):/,
      archivedAt: null,
    };
    return await this.channels.countDocuments(byHand, { limit, session });
  }

  /** How many conversations a person opened in which nothing was said. Counting stops at `limit`. */
  async countUnspoken(createdBy: Types.ObjectId, limit: number, session: ClientSession): Promise<number> {
    return await this.channels.countDocuments(
      { createdBy, kind: 'direct', archivedAt: null, rev: 0 },
      { limit, session },
    );
  }

  async update(
    channelId: Types.ObjectId,
    change: Partial<Pick<ChannelRow, 'name' | 'topic' | 'archivedAt' | 'sortName' | 'folded'>> & {
      callLink?: string | null;
    },
    session?: ClientSession,
  ): Promise<void> {
    await this.channels.updateOne({ _id: channelId }, { $set: change }, { ...(session && { session }) });
  }

  /** From now on its messages are told to webhooks. Returns its latest change: what comes after that is told. */
  async sendOut(channelId: Types.ObjectId): Promise<number> {
    const row = await this.channels
      .findOneAndUpdate({ _id: channelId }, { $set: { sentOut: true } }, { projection: { rev: 1 } })
      .lean<Pick<ChannelRow, '_id' | 'rev'>>();
    return row?.rev ?? 0;
  }

  /** Who is to be let in as soon as they may be; only the first call says so, so that nobody who left comes in again. */
  async awaitOnce(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<void> {
    await this.channels.updateOne({ _id: channelId, awaits: { $exists: false } }, { $set: { awaits: [...userIds] } });
  }

  /** Those of the awaited who are here now are awaited no more. */
  async arrived(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<void> {
    await this.channels.updateOne({ _id: channelId }, { $pull: { awaits: { $in: [...userIds] } } });
  }

  async addGuests(channelId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<void> {
    await this.channels.updateOne({ _id: channelId }, { $addToSet: { guests: { $each: [...userIds] } } });
  }

  /** Sets how long messages are kept (null: for ever), and when the first may go. False when it is so already. */
  async keepFor(channelId: Types.ObjectId, days: number | null, from: Date, session: ClientSession): Promise<boolean> {
    const other = days === null ? { 'retention.days': { $exists: true } } : { 'retention.days': { $ne: days } };
    const change = days === null ? { $unset: { retention: 1 as const } } : { $set: { retention: { days, from } } };
    return (await this.channels.updateOne({ _id: channelId, ...other }, change, { session })).matchedCount === 1;
  }

  /** All channels whose old messages may go by now, and for how long each keeps them: little of each, so that none is left out. */
  async toThin(now: Date): Promise<Pick<ChannelRow, '_id' | 'retention'>[]> {
    return await this.channels
      .find({ 'retention.from': { $lte: now } }, { retention: 1 })
      .lean<Pick<ChannelRow, '_id' | 'retention'>[]>();
  }

  /**
   * Keeps the first name that a channel's room is given. Returns the one it has then; null where people came in or left since the channel was read: one of those who
   * left may be who asks.
   */
  async keepRoom({ _id, membersRev }: ChannelRow, room: string): Promise<string | null> {
    const asRead = { _id, membersRev: membersRev ?? { $exists: false } };
    await this.channels.updateOne({ ...asRead, callRoom: { $exists: false } }, { $set: { callRoom: room } });
    return (await this.channels.findOne(asRead, { callRoom: 1 }).lean<ChannelRow>())?.callRoom ?? null;
  }

  /** True for the first who says that they call, when nobody did after `since`. */
  async claimCall(channelId: Types.ObjectId, now: Date, since: Date): Promise<boolean> {
    const silent = { $or: [{ calledAt: { $exists: false } }, { calledAt: { $lte: since } }] };
    return (
      (await this.channels.updateOne({ _id: channelId, ...silent }, { $set: { calledAt: now } })).matchedCount === 1
    );
  }

  /** Nobody said so at `at` after all. */
  async freeCall(channelId: Types.ObjectId, at: Date): Promise<void> {
    await this.channels.updateOne({ _id: channelId, calledAt: at }, { $unset: { calledAt: 1 } });
  }

  /** The latest number of each of these channels, by its id. */
  async revsOf(channelIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    const rows = await together(
      this.channels.find({ _id: { $in: channelIds } }, { rev: 1 }).lean<Pick<ChannelRow, '_id' | 'rev'>[]>(),
    );
    return new Map(rows.map(({ _id, rev }) => [String(_id), rev]));
  }

  /** Says that the people of a channel changed. Returns the new number, 0 for a channel that is gone. */
  async membersChanged(channelId: Types.ObjectId, session?: ClientSession): Promise<number> {
    const row = await this.channels
      .findOneAndUpdate({ _id: channelId }, { $inc: { membersRev: 1 } }, { returnDocument: 'after', session })
      .lean<ChannelRow>();
    return row?.membersRev ?? 0;
  }

  /** {@link membersChanged} for the channel of a key: null where there is none. */
  async keyMembersChanged(
    key: string,
    session?: ClientSession,
  ): Promise<Pick<ChannelRow, '_id' | 'membersRev'> | null> {
    return await this.channels
      .findOneAndUpdate({ key }, { $inc: { membersRev: 1 } }, { returnDocument: 'after', session })
      .lean<ChannelRow>();
  }

  /** {@link membersChanged} where some were taken out: who stays calls in another room from now on, and may say so at once. */
  async membersLeft(channelId: Types.ObjectId): Promise<number> {
    const row = await this.channels
      .findOneAndUpdate(
        { _id: channelId },
        { $inc: { membersRev: 1 }, $unset: { callRoom: 1, calledAt: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ChannelRow>();
    return row?.membersRev ?? 0;
  }

  /** {@link membersChanged} for the direct ones among some channels; returns those. */
  async directMembersChanged(channelIds: readonly Types.ObjectId[]): Promise<ChannelRow[]> {
    if (channelIds.length === 0) return [];
    const which = { _id: { $in: channelIds }, kind: 'direct' as const };
    await this.channels.updateMany(which, { $inc: { membersRev: 1 } });
    return await this.channels.find(which).lean<ChannelRow[]>();
  }

  /**
   * Takes the next numbers of a channel: `messages` of them for new ones, then `changes`. Returns the channel after that, null when
   * there is none. Whoever else takes numbers of it at the same time waits or tries again.
   */
  async advance(
    channelId: Types.ObjectId,
    { messages, changes, last }: { messages: number; changes: number; last: ChannelRow['last'] },
    session: ClientSession,
  ): Promise<ChannelRow | null> {
    const next = {
      headSeq: { $add: ['$rev', messages] },
      rev: { $add: ['$rev', messages + changes] },
      ...(last && { last: { $literal: last } }),
    };
    return await this.channels
      .findOneAndUpdate({ _id: channelId }, [{ $set: next }], {
        session,
        returnDocument: 'after',
        updatePipeline: true,
      })
      .lean<ChannelRow>();
  }

  /**
   * Moves a channel from the numbers that `row` holds to the next ones. False when somebody else moved it in between: read it
   * again. (Within a transaction the server itself refuses that with a write conflict.)
   */
  async step(
    row: ChannelRow,
    next: Pick<ChannelRow, 'rev'> & Partial<Pick<ChannelRow, 'headSeq' | 'last' | 'pins'>>,
    session: ClientSession,
  ): Promise<boolean> {
    const result = await this.channels.updateOne({ _id: row._id, rev: row.rev }, { $set: next }, { session });
    return result.matchedCount === 1;
  }
}
