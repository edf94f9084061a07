import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { newId } from '../../infra/mongo/ids.js';
import type { StepRow } from './step.schema.js';

/** What may be written of a step. */
export type StepChange = Partial<
  Pick<StepRow, 'name' | 'scale' | 'criteria' | 'hidden' | 'known' | 'dueAt' | 'state' | 'chosen'>
>;

/** Reads and writes the steps of calls. */
@Injectable()
export class StepsRepository {
  constructor(@InjectModel('SelectionStep') private readonly rows: Model<StepRow>) {}

  /** Throws E11000 (`number`) where another one has this number. */
  async insert(step: Omit<StepRow, '_id'>): Promise<Types.ObjectId> {
    const row = { _id: newId(), ...step };
    await this.rows.insertMany([row]);
    return row._id;
  }

  /** Those of a call, in their order. */
  async ofCall(callId: Types.ObjectId): Promise<StepRow[]> {
    return await this.rows.find({ callId }).sort({ number: 1 }).lean<StepRow[]>();
  }

  async inCall(callId: Types.ObjectId, id: Types.ObjectId): Promise<StepRow | null> {
    return await this.rows.findOne({ _id: id, callId }).lean<StepRow>();
  }

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<StepRow | null> {
    return await this.rows.findById(id).session(session).lean<StepRow>();
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<StepRow[]> {
    if (ids.length === 0) return [];
    return await this.rows.find({ _id: { $in: ids } }).lean<StepRow[]>();
  }

  /** Writes into what is still as it was seen; false where it is not. */
  async change(
    { _id, revision }: Pick<StepRow, '_id' | 'revision'>,
    change: StepChange,
    session?: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision },
      { $set: { ...change, revision: revision + 1 } },
      { ...(session && { session }) },
    );
    return modifiedCount === 1;
  }

  /** Deletes one that is still as it was seen; false where it is not. */
  async delete({ _id, revision, assignments }: StepRow, session: ClientSession): Promise<boolean> {
    return (await this.rows.deleteOne({ _id, revision, assignments }, { session })).deletedCount === 1;
  }

  /** Who changes who reads what takes the step: of two at once the second finds it changed, and looks again. */
  async takeAssignments(
    { _id, assignments, revision }: Pick<StepRow, '_id' | 'assignments' | 'revision'>,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, assignments, revision },
      { $inc: { assignments: 1 } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Takes the row of an open step into a transaction: it is closed before or after, not meanwhile. False where it is not open. */
  async holdOpen(_id: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const held = await this.rows.updateOne({ _id, state: 'open' }, { $inc: { held: 1 } }, { session });
    return held.matchedCount === 1;
  }
}
