import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { PanelRow } from './interview.schema.js';

/** What may be written of a panel. */
export type PanelChange = Partial<Pick<PanelRow, 'name' | 'minutes' | 'place' | 'phone' | 'moveHours' | 'memberIds'>>;

/** Reads and writes the panels of calls. */
@Injectable()
export class PanelsRepository {
  constructor(@InjectModel('InterviewPanel') private readonly rows: Model<PanelRow>) {}

  async insert(row: PanelRow, session: ClientSession): Promise<void> {
    await this.rows.insertMany([row], { session });
  }

  /** Those of a call, in the order in which they were made. */
  async ofCall(callId: Types.ObjectId, session: ClientSession | null = null): Promise<PanelRow[]> {
    return await this.rows.find({ callId }).sort({ _id: 1 }).session(session).lean<PanelRow[]>();
  }

  /** Those of all calls of a cohort. */
  async ofCohort(cohortId: Types.ObjectId, session: ClientSession): Promise<PanelRow[]> {
    return await this.rows.find({ cohortId }).session(session).lean<PanelRow[]>();
  }

  /** Those on which any of these people sits, in whichever cohort. */
  async ofPeople(userIds: readonly Types.ObjectId[], session: ClientSession | null = null): Promise<PanelRow[]> {
    return await this.rows
      .find({ memberIds: { $in: userIds } })
      .session(session)
      .lean<PanelRow[]>();
  }

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<PanelRow | null> {
    return await this.rows.findById(id).session(session).lean<PanelRow>();
  }

  /** One, taken into a transaction: who changes it, offers times or invites comes before or after. */
  async hold(id: Types.ObjectId, session: ClientSession): Promise<PanelRow | null> {
    return await this.rows
      .findOneAndUpdate({ _id: id }, { $inc: { held: 1 } }, { returnDocument: 'after', session })
      .lean<PanelRow>();
  }

  /** Some, taken into a transaction: who notes something of their interviews does so before or after. */
  async holdAll(ids: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (ids.length > 0) await this.rows.updateMany({ _id: { $in: ids } }, { $inc: { held: 1 } }, { session });
  }

  /** Writes into what is still as it was seen; false where it is not. */
  async change(
    { _id, revision }: Pick<PanelRow, '_id' | 'revision'>,
    change: PanelChange,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision },
      { $set: { ...change, revision: revision + 1 } },
      { session },
    );
    return modifiedCount === 1;
  }

  async delete(id: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.deleteOne({ _id: id }, { session });
  }
}
