import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { FlagCasesQuery } from '../../contracts/forum/flags.js';
import { EVER, type TimePlace, behind } from '../../infra/mongo/time-place.js';
import type { FlagCaseRow, OpenFlagCaseRow, PostFlagRow } from './post-flag.schema.js';

/** What staff decide of a case. */
export type Settling = Pick<FlagCaseRow, 'outcome' | 'settledById' | 'toAuthor' | 'toReporters'> & { settledAt: Date };

/** Texts of one post that are kept for staff. */
const MAX_TEXTS = 3;
const MAX_NEWEST = 20;
const BEGINNING = new Date(0);

/** The only user of the `flag-cases` and `flag-cases-open` collections. */
@Injectable()
export class FlagCasesRepository {
  constructor(
    @InjectModel('FlagCase') private readonly cases: Model<FlagCaseRow>,
    @InjectModel('OpenFlagCase') private readonly open: Model<OpenFlagCaseRow>,
  ) {}

  /**
   * One more person flags a post: its open case, or a new one. People who do so at once meet in one row, so that each of them counts. Throws E11000 when another
   * process opened the case meanwhile.
   */
  async addTo(
    { _id: flagId, cohortId, topicId, postId, number, authorId, userId, digest, createdAt, text }: PostFlagRow,
    newCaseId: Types.ObjectId,
    session: ClientSession,
  ): Promise<FlagCaseRow> {
    const open = await this.open
      .findOneAndUpdate(
        { _id: postId },
        { $setOnInsert: { caseId: newCaseId } },
        { upsert: true, returnDocument: 'after', session },
      )
      .orFail()
      .lean<OpenFlagCaseRow>();
    const opened = { cohortId, topicId, postId, number, authorId, openedAt: createdAt, waitsFrom: createdAt };
    const row = await this.cases
      .findOneAndUpdate(
        { _id: open.caseId },
        {
          $addToSet: { people: userId },
          $push: { newest: { $each: [flagId], $slice: -MAX_NEWEST } },
          $setOnInsert: opened,
        },
        { upsert: true, returnDocument: 'after', session },
      )
      .orFail()
      .lean<FlagCaseRow>();
    if (row.texts.some((one) => one.digest === digest)) return row;
    const kept = { flagId, digest, length: text?.length ?? 0 };
    const texts = { $push: { texts: { $each: [kept], $slice: -MAX_TEXTS } } };
    await this.cases.updateOne({ _id: row._id }, texts, { session });
    return row;
  }

  /** Its flags hid the post: staff are asked now, also where they had deferred it. */
  async hid(caseId: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    await this.cases.updateOne({ _id: caseId }, { $set: { hiddenAt: at }, $min: { waitsFrom: at } }, { session });
  }

  async byId(caseId: Types.ObjectId): Promise<FlagCaseRow | null> {
    return await this.cases.findOne({ _id: caseId }).lean<FlagCaseRow>();
  }

  /** The id of the open case of a post. */
  async openOf(postId: Types.ObjectId, session: ClientSession): Promise<Types.ObjectId | null> {
    const row = await this.open.findOne({ _id: postId }, null, { session }).lean<OpenFlagCaseRow>();
    return row?.caseId ?? null;
  }

  /** Is one of these cases such that staff left the post as it is? */
  async anyKept(caseIds: readonly Types.ObjectId[]): Promise<boolean> {
    if (caseIds.length === 0) return false;
    return (await this.cases.exists({ _id: { $in: caseIds }, outcome: 'kept' })) !== null;
  }

  /** Did staff look at a post and let it be seen, at that instant or later? */
  async shownSince(postId: Types.ObjectId, at: Date, session: ClientSession): Promise<boolean> {
    const looked = { postId, settledAt: { $gte: at, $lte: EVER }, outcome: { $in: ['kept', 'edited'] as const } };
    return (await this.cases.exists(looked).session(session)) !== null;
  }

  /** Staff decide an open case. False when somebody decided before. */
  async settle(caseId: Types.ObjectId, settling: Settling, session: ClientSession): Promise<boolean> {
    const open = { _id: caseId, settledAt: null };
    const row = await this.cases.findOneAndUpdate(open, { $set: settling }, { session }).lean<FlagCaseRow>();
    if (row) await this.open.deleteOne({ _id: row.postId, caseId }, { session });
    return row !== null;
  }

  /** Staff are asked again from an instant on. False when somebody decided it meanwhile. */
  async defer(caseId: Types.ObjectId, until: Date, session: ClientSession): Promise<boolean> {
    const open = { _id: caseId, settledAt: null };
    const result = await this.cases.updateOne(open, { $set: { waitsFrom: until } }, { session });
    return result.matchedCount === 1;
  }

  /** A page in its order (`FlagCasesQuery`), without those about posts of one person. */
  async page(
    cohortId: Types.ObjectId,
    asked: {
      state: FlagCasesQuery['state'];
      now: Date;
      notAbout: Types.ObjectId;
      after: TimePlace | null;
      limit: number;
    },
  ): Promise<FlagCaseRow[]> {
    const { state, now, notAbout, after, limit } = asked;
    const others = { cohortId, authorId: { $ne: notAbout } };
    if (state === 'settled') {
      const places = behind(after ?? { at: EVER, id: null }, 'settledAt', BEGINNING);
      return await this.cases
        .find({ $or: places.map((place) => ({ ...others, ...place })) })
        .sort({ settledAt: -1, _id: -1 })
        .limit(limit)
        .lean<FlagCaseRow[]>();
    }
    const [from, to] = state === 'open' ? [BEGINNING, now] : [now, EVER];
    const waiting = { ...others, settledAt: null };
    const places = after
      ? [
          { ...waiting, waitsFrom: { $gt: after.at, $lte: to } },
          { ...waiting, waitsFrom: after.at, _id: { $gt: after.id } },
        ]
      : [{ ...waiting, waitsFrom: state === 'open' ? { $gte: from, $lte: to } : { $gt: from, $lte: to } }];
    return await this.cases.find({ $or: places }).sort({ waitsFrom: 1, _id: 1 }).limit(limit).lean<FlagCaseRow[]>();
  }

  /** How many a page has in each state. */
  async count(
    cohortId: Types.ObjectId,
    notAbout: Types.ObjectId,
    now: Date,
  ): Promise<Record<FlagCasesQuery['state'], number>> {
    const others = { cohortId, authorId: { $ne: notAbout } };
    const [open, deferred, settled] = await Promise.all([
      this.cases.countDocuments({ ...others, settledAt: null, waitsFrom: { $lte: now } }),
      this.cases.countDocuments({ ...others, settledAt: null, waitsFrom: { $gt: now } }),
      this.cases.countDocuments({ ...others, settledAt: { $gt: BEGINNING } }),
    ]);
    return { open, deferred, settled };
  }
}
