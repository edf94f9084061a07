import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import { EVER, type TimePlace, behind } from '../../infra/mongo/time-place.js';
import type { GoalRow, ListedRow, MarkRow } from './goal.schema.js';

const BEGINNING = new Date(0);

const LISTED = { 'course.id': 0, 'course.words': 0, 'course.byId': 0 } as const;

/** Which goals a list shows. `person` is one of the two. */
export interface GoalsFilter {
  cohortId: Types.ObjectId;
  reader: Types.ObjectId;
  person: Types.ObjectId | undefined;
  open: boolean;
  after: TimePlace | null;
}

type Change = Partial<
  Pick<
    GoalRow,
    | 'title'
    | 'why'
    | 'measure'
    | 'until'
    | 'audience'
    | 'readers'
    | 'state'
    | 'open'
    | 'endedAt'
    | 'coachId'
    | 'authorId'
    | 'pair'
  >
>;

/** The only user of the `goals` collection. No goal is ever asked for without its reader. */
@Injectable()
export class GoalsRepository {
  constructor(@InjectModel('Goal') private readonly goals: Model<GoalRow>) {}

  async insert(goal: GoalRow, session: ClientSession): Promise<void> {
    await this.goals.create([goal], { session });
  }

  /** How many of somebody's are open with one person, at most `most`. */
  async countOpen(
    { pair, cohortId, authorId }: Pick<GoalRow, 'pair' | 'cohortId' | 'authorId'>,
    most: number,
    session: ClientSession,
  ): Promise<number> {
    const theirs = { pair, cohortId, open: true, authorId };
    return await this.goals.countDocuments(theirs, { session }).limit(most);
  }

  async readable(
    cohortId: Types.ObjectId,
    reader: Types.ObjectId,
    goalId: Types.ObjectId,
    session?: ClientSession,
  ): Promise<GoalRow | null> {
    const query = { _id: goalId, cohortId, readers: reader };
    return await this.goals
      .findOne(query)
      .session(session ?? null)
      .lean<GoalRow>();
  }

  /** A page of those that a person reads in a cohort, the latest set first. */
  async page({ cohortId, reader, person, open, after }: GoalsFilter, limit: number): Promise<ListedRow[]> {
    const both: QueryFilter<GoalRow>[] = [
      ...(person ? [{ $or: [{ coachId: person }, { fellowId: person }] }] : []),
      ...(after ? [{ $or: behind(after, 'createdAt', BEGINNING) }] : []),
    ];
    return await this.goals
      .find(
        {
          ...{ readers: reader, cohortId, open },
          createdAt: { $gte: BEGINNING, $lte: after?.at ?? EVER },
          ...(both.length > 0 && { $and: both }),
        },
        LISTED,
      )
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<ListedRow[]>();
  }

  /** The open ones of some pairs that a person reads, the oldest first. */
  async openOfPairs(
    cohortId: Types.ObjectId,
    pairs: readonly string[],
    reader: Types.ObjectId,
    limit: number,
  ): Promise<ListedRow[]> {
    return await this.goals
      .find({ pair: { $in: [...new Set(pairs)] }, cohortId, open: true, readers: reader }, LISTED)
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .lean<ListedRow[]>();
  }

  /** Changes it if nobody has since it was read. */
  async update(goal: GoalRow, change: Change, session?: ClientSession): Promise<boolean> {
    const result = await this.goals.updateOne(
      { _id: goal._id, revision: goal.revision },
      { $set: change, $inc: { revision: 1 } },
      session ? { session } : {},
    );
    return result.matchedCount === 1;
  }

  /** Writes where it stands, once, as long as it is open, its writer reads it, and there is room. */
  async record(goalId: Types.ObjectId, mark: MarkRow, most: number): Promise<boolean> {
    const result = await this.goals.updateOne(
      {
        ...{ _id: goalId, open: true, readers: mark.byId },
        'course.id': { $ne: mark.id },
        [`course.${most - 1}`]: { $exists: false },
      },
      { $push: { course: mark }, $inc: { revision: 1 } },
    );
    return result.matchedCount === 1;
  }

  /** Takes out what somebody wrote into the course of an open one. */
  async takeBack(goalId: Types.ObjectId, markId: Types.ObjectId, byId: Types.ObjectId): Promise<boolean> {
    const result = await this.goals.updateOne(
      { _id: goalId, open: true, readers: byId, course: { $elemMatch: { id: markId, byId } } },
      { $pull: { course: { id: markId, byId } }, $inc: { revision: 1 } },
    );
    return result.matchedCount === 1;
  }
}
