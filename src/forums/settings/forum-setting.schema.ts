import { Schema, type Types } from 'mongoose';
import type { InBothLanguages } from '../../contracts/forum/rules.js';
import type { TopicTemplate } from '../../contracts/forum/templates.js';

/** What staff set for the forum of a cohort, by its name. */
export interface SettingOf {
  rules: InBothLanguages;
  templates: TopicTemplate[];
}

/** One row a cohort and setting, which is there once staff changed it. `revision` counts the changes. */
export interface ForumSettingRow<What extends keyof SettingOf = keyof SettingOf> {
  cohortId: Types.ObjectId;
  what: What;
  content: SettingOf[What];
  revision: number;
  byId: Types.ObjectId;
  at: Date;
}

export const forumSettingSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    what: { type: String, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    revision: { type: Number, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'forum-settings', versionKey: false },
);
forumSettingSchema.index({ cohortId: 1, what: 1 }, { unique: true, name: 'setting' });
