import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { CommonsHeldRow } from '../commons.schema.js';

/** The only user of the `commons-held` collection. */
@Injectable()
export class CommonsHeldRepository {
  constructor(@InjectModel('CommonsHeld') private readonly held: Model<CommonsHeldRow>) {}

  async add(rows: readonly CommonsHeldRow[], session: ClientSession): Promise<void> {
    if (rows.length > 0) await this.held.insertMany(rows, { session });
  }

  /** Those of some posts of a cohort, which are held no more: of two who take them at once the second conflicts. */
  async take(fromPostIds: readonly Types.ObjectId[], session: ClientSession): Promise<CommonsHeldRow[]> {
    const these = { _id: { $in: fromPostIds } };
    const rows = await this.held.find(these).session(session).lean<CommonsHeldRow[]>();
    if (rows.length > 0) await this.held.deleteMany(these, { session });
    return rows;
  }
}
