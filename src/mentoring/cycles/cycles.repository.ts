import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, Types } from 'mongoose';
import { Transactions } from '../../infra/mongo/transactions.js';
import { EVER, type TimePlace } from '../../infra/mongo/time-place.js';
import { together } from '../../infra/mongo/together.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { CycleRow } from './cycle.schema.js';
import { changeOf, cycleChanged } from './cycles.events.js';

/** Which cycles a list shows. `person` is one of the two, `other` a second one. */
export interface CyclesFilter {
  cohortId: Types.ObjectId;
  person?: Types.ObjectId | undefined;
  other?: Types.ObjectId | undefined;
  open: boolean;
  after: TimePlace | null;
}

/** The pair of a cycle. */
export type Pair = Pick<CycleRow, 'cohortId' | 'coachId' | 'fellowId'>;

type Change = Partial<Pick<CycleRow, 'state' | 'open' | 'endedAt' | 'endedBy' | 'word' | 'note' | 'seen' | 'moved'>>;

/** Far more than one person, or a cohort, ever has open. */
const MAX_OF_A_PERSON = 500;
const MAX_OF_A_COHORT = 5000;

/** The only user of the `cycles` collection. What is written is in the outbox with it. */
@Injectable()
export class CyclesRepository {
  constructor(
    @InjectModel('Cycle') private readonly cycles: Model<CycleRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Throws E11000 on `turn` when somebody else of the pair was faster. */
  async insert(cycle: CycleRow): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.cycles.create([cycle], { session });
      await this.outbox.write(cycleChanged, changeOf(cycle, 'started'), session);
    });
  }

  /** Ends an open one. Who is first wins; false for all others. */
  async end(cycle: CycleRow, change: Change, at: Date): Promise<boolean> {
    return await this.write(
      { _id: cycle._id, open: true },
      { ...change, open: false },
      at,
      changeOf(next(cycle), 'ended'),
    );
  }

  /** Writes the closing note, and what comes with it, if there is none yet and it is as open as it was read. */
  async writeNote(cycle: CycleRow, change: Change, at: Date): Promise<boolean> {
    const fact = changeOf(next(cycle), change.state ? 'ended' : 'note_written');
    return await this.write({ _id: cycle._id, note: null, open: cycle.open }, change, at, fact);
  }

  /** Notes how far an open one is, if nobody has written since it was read. */
  async note(cycle: CycleRow, change: Pick<Change, 'seen' | 'moved'>, at: Date): Promise<boolean> {
    const guard = { _id: cycle._id, open: true, revision: cycle.revision };
    return await this.write(guard, change, at, changeOf(next(cycle), 'moved_on'));
  }

  private async write(
    guard: QueryFilter<CycleRow>,
    change: Change,
    at: Date,
    fact: ReturnType<typeof changeOf>,
  ): Promise<boolean> {
    return await this.transactions.run(async (session) => {
      const update = { $set: { ...change, changedAt: at }, $inc: { revision: 1 } };
      const result = await this.cycles.updateOne(guard, update, { session });
      if (result.matchedCount !== 1) return false;
      await this.outbox.write(cycleChanged, fact, session);
      return true;
    });
  }

  async inCohort(cohortId: Types.ObjectId, cycleId: Types.ObjectId): Promise<CycleRow | null> {
    return await this.cycles.findOne({ _id: cycleId, cohortId }).lean<CycleRow>();
  }

  async byIds(cycleIds: readonly Types.ObjectId[]): Promise<CycleRow[]> {
    return await together(this.cycles.find({ _id: { $in: cycleIds } }).lean<CycleRow[]>());
  }

  /** The last cycle of a pair, open or not. */
  async lastOf({ cohortId, coachId, fellowId }: Pair): Promise<CycleRow | null> {
    return await together(this.cycles.findOne({ coachId, fellowId, cohortId }).sort({ turn: -1 }).lean<CycleRow>());
  }

  /** One of the two, by its turn. */
  async inTurn({ cohortId, coachId, fellowId }: Pair, turn: number): Promise<CycleRow | null> {
    return await together(this.cycles.findOne({ coachId, fellowId, turn, cohortId }).lean<CycleRow>());
  }

  /** A page of a list, the latest start first. */
  async page({ cohortId, person, other, open, after }: CyclesFilter, limit: number): Promise<CycleRow[]> {
    const query: QueryFilter<CycleRow> = {
      ...(person ? { people: person, cohortId } : { cohortId }),
      open,
      startedAt: { $gte: new Date(0), $lte: after?.at ?? EVER },
      ...(other && { $and: [{ $or: [{ coachId: other }, { fellowId: other }] }] }),
      ...(after && { $or: [{ startedAt: { $lt: after.at } }, { _id: { $lt: after.id } }] }),
    };
    return await this.cycles.find(query).sort({ startedAt: -1, _id: -1 }).limit(limit).lean<CycleRow[]>();
  }

  /** Open ones of a cohort, the oldest first. */
  async openIn(cohortId: Types.ObjectId): Promise<CycleRow[]> {
    const query = { cohortId, open: true, startedAt: { $gte: new Date(0) } };
    return await this.cycles.find(query).sort({ startedAt: 1, _id: 1 }).limit(MAX_OF_A_COHORT).lean<CycleRow[]>();
  }

  /** Open ones of a person, in all cohorts. */
  async openOfPerson(person: Types.ObjectId): Promise<CycleRow[]> {
    return await this.cycles.find({ people: person, open: true }).limit(MAX_OF_A_PERSON).lean<CycleRow[]>();
  }
}

const next = (cycle: CycleRow): CycleRow => ({ ...cycle, revision: cycle.revision + 1 });
