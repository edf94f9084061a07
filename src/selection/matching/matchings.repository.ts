import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { notFound } from '../../common/problem.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { MatchingRow, TeamMakingRow } from './matching.schema.js';

/** A version without its teams and rules, for lists: of pairs that are locked and forbidden how many there are. */
export type MatchingSummaryRow = Omit<
  MatchingRow,
  'teams' | 'unplaced' | 'together' | 'apart' | 'locks' | 'forbidden'
> & { locks: number; forbidden: number };

/** A cohort keeps so many, the newest: with the next one the oldest that is not published goes. */
export const MAX_VERSIONS = 200;
const MAX_TRIES = 20;

/** Reads and writes the versions of teams, and how a cohort makes them. */
@Injectable()
export class MatchingsRepository {
  constructor(
    @InjectModel('Matching') private readonly rows: Model<MatchingRow>,
    @InjectModel('TeamMaking') private readonly makings: Model<TeamMakingRow>,
    private readonly transactions: Transactions,
  ) {}

  /** Keeps a version under the next number of its cohort: of two at once the database lets one have it, and the other takes the next. `first`: what is asked before, in the same transaction. */
  async keep(
    version: Omit<MatchingRow, 'number'>,
    first: (session: ClientSession) => Promise<void>,
  ): Promise<MatchingRow> {
    for (let tries = 1; ; tries += 1) {
      const last = await this.rows
        .findOne({ cohortId: version.cohortId }, { number: 1 })
        .sort({ number: -1 })
        .lean<Pick<MatchingRow, 'number'>>();
      const number = (last?.number ?? 0) + 1;
      try {
        const row = { ...version, number };
        await this.transactions.run(async (session) => {
          await first(session);
          await this.rows.insertMany([row], { session });
        });
        await this.dropOldest(version.cohortId);
        return row;
      } catch (error) {
        if (tries === MAX_TRIES || !isDuplicateKey(error, 'number')) throw error;
      }
    }
  }

  /** The newest first. */
  async ofCohort(cohortId: Types.ObjectId): Promise<MatchingSummaryRow[]> {
    return await this.rows.aggregate<MatchingSummaryRow>([
      { $match: { cohortId } },
      { $sort: { number: -1 } },
      { $limit: MAX_VERSIONS },
      {
        $project: {
          ...{ cohortId: 1, number: 1, seed: 1, shares: 1, tookMs: 1, byId: 1, at: 1, publishedAt: 1, publishedBy: 1 },
          ...{ locks: { $size: '$locks' }, forbidden: { $size: '$forbidden' } },
        },
      },
    ]);
  }

  async inCohort(cohortId: Types.ObjectId, matchingId: Types.ObjectId): Promise<MatchingRow | null> {
    return await this.rows.findOne({ _id: matchingId, cohortId }).lean<MatchingRow>();
  }

  async making(cohortId: Types.ObjectId): Promise<TeamMakingRow | null> {
    return await this.makings.findById(cohortId).lean<TeamMakingRow>();
  }

  /** Sets, or takes away, the last day of wishes. `first`: what is asked before, in the same transaction. */
  async setWishesUntil(
    cohortId: Types.ObjectId,
    day: string | null,
    first: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    const change = day === null ? { $unset: { wishesUntil: '' as const } } : { $set: { wishesUntil: day } };
    await this.begin(cohortId);
    await this.transactions.run(async (session) => {
      await first(session);
      await this.makings.updateOne({ _id: cohortId }, change, { session });
    });
  }

  /** Makes one the version that is published; false where another one is, or this one is already. Throws 404 where it is not kept any more. */
  async publish(
    { _id, cohortId }: Pick<MatchingRow, '_id' | 'cohortId'>,
    by: { id: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.makings.updateOne(
      { _id: cohortId, publishedId: { $exists: false } },
      { $set: { publishedId: _id } },
      { session },
    );
    if (modifiedCount === 0) return false;
    const marked = await this.rows.updateOne(
      { _id },
      { $set: { publishedAt: by.at, publishedBy: by.id } },
      { session },
    );
    if (marked.matchedCount === 0) throw notFound();
    return true;
  }

  private async dropOldest(cohortId: Types.ObjectId): Promise<void> {
    const draft = { cohortId, publishedAt: { $exists: false } };
    const old = await this.rows
      .find(draft, { _id: 1 })
      .sort({ number: -1 })
      .skip(MAX_VERSIONS)
      .lean<Pick<MatchingRow, '_id'>[]>();
    // One that is published at this moment stays: it is no draft then.
    if (old.length > 0) await this.rows.deleteMany({ ...draft, _id: { $in: old.map(({ _id }) => _id) } });
  }

  /** The row that {@link publish} marks is there. */
  async begin(cohortId: Types.ObjectId): Promise<void> {
    await this.makings.updateOne({ _id: cohortId }, { $setOnInsert: { _id: cohortId } }, { upsert: true });
  }
}
