import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { ForumSettingRow, SettingOf } from './forum-setting.schema.js';

/** The only user of the `forum-settings` collection. */
@Injectable()
export class ForumSettingsRepository {
  constructor(@InjectModel('ForumSetting') private readonly rows: Model<ForumSettingRow>) {}

  async find<What extends keyof SettingOf>(
    cohortId: Types.ObjectId,
    what: What,
  ): Promise<ForumSettingRow<What> | null> {
    return await this.rows.findOne({ cohortId, what }, { _id: 0 }).lean<ForumSettingRow<What>>();
  }

  /** The row in the place of the one before it. False where somebody was faster. */
  async write(row: ForumSettingRow): Promise<boolean> {
    const { cohortId, what, revision } = row;
    try {
      if (revision === 1) await this.rows.create([row]);
      else return (await this.rows.replaceOne({ cohortId, what, revision: revision - 1 }, row)).matchedCount === 1;
      return true;
    } catch (error) {
      if (isDuplicateKey(error, 'setting')) return false;
      throw error;
    }
  }
}
