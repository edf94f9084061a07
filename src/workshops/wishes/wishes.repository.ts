import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { WishSide, WishState } from '../../contracts/workshops/wishes.js';
import { idOf } from '../../infra/mongo/ids.js';
import { type Said, countOf } from './wish.js';
import type { WishRow, WishSideRow } from './wish.schema.js';

/** A place in a list: after what had so many who want it, with this id. */
export interface WishPlace {
  wants: number;
  id: Types.ObjectId;
}

/** What an act sets; null takes a field away. */
export interface WishChange {
  subject?: string;
  text?: string;
  stems?: string[];
  state?: WishState;
  reason?: string | null;
  workshopId?: Types.ObjectId | null;
}

/** As what a wish is when it is written to; null: it has no workshop. */
type Guard = Partial<Pick<WishRow, 'state' | 'revision'>> & { workshopId?: Types.ObjectId | null };

/** Far more than one cohort has people. */
const MAX_OF_A_WISH = 5000;
const MAX_ALIKE = 60;

/** The only user of `workshop-wishes` and `workshop-wish-sides`. */
@Injectable()
export class WishesRepository {
  constructor(
    @InjectModel('WorkshopWish') private readonly wishes: Model<WishRow>,
    @InjectModel('WorkshopWishSide') private readonly sides: Model<WishSideRow>,
  ) {}

  async insert(wish: WishRow, session: ClientSession): Promise<void> {
    await this.wishes.create([wish], { session });
  }

  /** How many open wishes of somebody nobody else joined. */
  async lonelyOf(cohortId: Types.ObjectId, createdBy: Types.ObjectId, session: ClientSession): Promise<number> {
    return await this.wishes.countDocuments({ createdBy, cohortId, state: 'open', others: 0 }, { session });
  }

  async inCohort(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<WishRow | null> {
    return await this.wishes.findOne({ _id: id, cohortId }).lean<WishRow>();
  }

  async byId(id: Types.ObjectId): Promise<WishRow | null> {
    return await this.wishes.findOne({ _id: id }).lean<WishRow>();
  }

  async byWorkshop(workshopId: Types.ObjectId): Promise<WishRow | null> {
    return await this.wishes.findOne({ workshopId }).lean<WishRow>();
  }

  /** A page by demand, most wanted first; of those wanted alike the newest first. */
  async byDemand(
    cohortId: Types.ObjectId,
    state: WishState,
    after: WishPlace | null,
    limit: number,
  ): Promise<WishRow[]> {
    const from = after && { $or: [{ wants: { $lt: after.wants } }, { wants: after.wants, _id: { $lt: after.id } }] };
    return await this.wishes
      .find({ cohortId, state, wants: { $gte: 0, $lte: after?.wants ?? MAX_OF_A_WISH }, ...from })
      .sort({ wants: -1, _id: -1 })
      .limit(limit)
      .lean<WishRow[]>();
  }

  async newest(
    cohortId: Types.ObjectId,
    state: WishState,
    after: Types.ObjectId | null,
    limit: number,
  ): Promise<WishRow[]> {
    return await this.wishes
      .find({ cohortId, state, ...(after && { _id: { $lt: after } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<WishRow[]>();
  }

  /** What somebody wrote or joined, the newest first. */
  async ofPerson(
    cohortId: Types.ObjectId,
    userId: Types.ObjectId,
    after: Types.ObjectId | null,
    limit: number,
  ): Promise<WishRow[]> {
    const joined = await this.joinedBy(cohortId, userId);
    return await this.wishes
      .find({
        $or: [
          { _id: { $in: joined }, cohortId },
          { createdBy: userId, cohortId },
        ],
        ...(after && { $and: [{ _id: { $lt: after } }] }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<WishRow[]>();
  }

  /** Open and planned wishes of a cohort that share a stem with what is asked, of each the most wanted: what one person writes often hides none of them. */
  async alike(cohortId: Types.ObjectId, stems: readonly string[]): Promise<WishRow[]> {
    const found = await Promise.all(
      (['planned', 'open'] as const).map((state) =>
        this.wishes
          .find({ cohortId, state, stems: { $in: stems } })
          .sort({ wants: -1, _id: -1 })
          .limit(MAX_ALIKE)
          .lean<WishRow[]>(),
      ),
    );
    return found.flat();
  }

  /** Writes what an act sets, if the wish is still as the guard says: who is first wins. */
  async change(id: Types.ObjectId, guard: Guard, change: WishChange, session?: ClientSession): Promise<boolean> {
    const { workshopId, ...is } = guard;
    const set = Object.entries(change).filter(([field, value]) => value !== null || field === 'reason');
    const unset = Object.entries(change).filter(([field, value]) => value === null && field !== 'reason');
    const result = await this.wishes.updateOne(
      { _id: id, ...is, ...(workshopId !== undefined && { workshopId: workshopId ?? { $exists: false } }) },
      {
        $inc: { revision: 1 },
        ...(set.length > 0 && { $set: Object.fromEntries(set) }),
        ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map(([field]) => [field, 1])) }),
      },
      session ? { session } : {},
    );
    return result.matchedCount === 1;
  }

  /** Says whose time is counted from now on. False where somebody else did since it was read. */
  async tell({ _id, toldRevision }: WishRow, said: readonly Said[]): Promise<boolean> {
    const told = said.map(({ userId, side }) => ({ userId: idOf(userId), side }));
    const result = await this.wishes.updateOne(
      { _id, toldRevision: toldRevision ?? { $exists: false } },
      { $set: { told, toldRevision: (toldRevision ?? 0) + 1 } },
    );
    return result.matchedCount === 1;
  }

  async delete(id: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.wishes.deleteOne({ _id: id }, { session });
    await this.sides.deleteMany({ wishId: id }, { session });
  }

  /** Says a side; twice is once, by the unique key. False when it was said before. */
  async say(wish: Pick<WishRow, '_id' | 'cohortId'>, { userId, side }: Said, session: ClientSession): Promise<boolean> {
    const key = { wishId: wish._id, userId: idOf(userId), side };
    const { upsertedCount } = await this.sides.updateOne(
      key,
      { $setOnInsert: { cohortId: wish.cohortId } },
      { upsert: true, session },
    );
    return upsertedCount === 1;
  }

  async unsay(wishId: Types.ObjectId, { userId, side }: Said, session: ClientSession): Promise<boolean> {
    return (await this.sides.deleteOne({ wishId, userId: idOf(userId), side }, { session })).deletedCount === 1;
  }

  /** All that was said to a wish, in order. */
  async saidTo(wishId: Types.ObjectId, session?: ClientSession): Promise<Said[]> {
    const rows = await this.sides
      .find({ wishId }, { userId: 1, side: 1 })
      .limit(MAX_OF_A_WISH)
      .session(session ?? null)
      .lean<WishSideRow[]>();
    return rows
      .sort((a, b) => String(a._id).localeCompare(String(b._id)))
      .map(({ userId, side }) => ({ userId: String(userId), side }));
  }

  /** Counts a wish anew from what was said; its row must have been written to in this transaction, so that counters take turns. */
  async recount({ _id, createdBy }: Pick<WishRow, '_id' | 'createdBy'>, session: ClientSession): Promise<void> {
    const count = countOf(await this.saidTo(_id, session), String(createdBy));
    await this.wishes.updateOne(
      { _id },
      { $set: { ...count, wanting: count.wanting.map(idOf), giving: count.giving.map(idOf) } },
      { session },
    );
  }

  /** Which sides somebody says to each of some wishes, by the wish's id. */
  async saidBy(userId: Types.ObjectId, wishIds: readonly Types.ObjectId[]): Promise<Map<string, WishSide[]>> {
    const rows = await this.sides
      .find({ wishId: { $in: wishIds }, userId }, { wishId: 1, side: 1 })
      .lean<WishSideRow[]>();
    const said = new Map<string, WishSide[]>();
    for (const { wishId, side } of rows) said.set(String(wishId), [...(said.get(String(wishId)) ?? []), side]);
    return said;
  }

  /** The wishes of a cohort that somebody joined. */
  async joinedBy(cohortId: Types.ObjectId, userId: Types.ObjectId): Promise<Types.ObjectId[]> {
    const rows = await this.sides.find({ userId, cohortId }, { wishId: 1 }).lean<WishSideRow[]>();
    return rows.map((row) => row.wishId);
  }
}
