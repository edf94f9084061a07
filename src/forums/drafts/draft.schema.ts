import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { DraftEdit } from '../../contracts/forum-drafts.js';
import type { DraftPoll } from '../../contracts/forum/polls.js';
import { type AttachmentRow, attachmentSchema } from '../../files/attachment.schema.js';

/** What somebody began to write in a forum. `revision` rises with each save: who saves says which they saw. */
export const forumDraftSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    /** What it is of (contracts/forum-drafts.ts). */
    key: { type: String, required: true },
    cohortId: { type: Schema.Types.ObjectId, required: true },
    revision: { type: Number, required: true },
    kind: { type: String, enum: ['question', 'discussion'], required: true },
    title: { type: String, default: '' },
    tags: { type: [String], default: [] },
    body: { type: String, default: '' },
    poll: { type: Schema.Types.Mixed, default: null },
    edit: { type: Schema.Types.Mixed, default: null },
    attachments: { type: [attachmentSchema], default: [] },
    changedAt: { type: Date, required: true },
  },
  { collection: 'forum-drafts', versionKey: false },
);
forumDraftSchema.index({ userId: 1, key: 1 }, { unique: true, name: 'key' });
forumDraftSchema.index({ changedAt: 1 }, { name: 'changed' });

export type ForumDraftRow = Omit<InferSchemaType<typeof forumDraftSchema>, 'attachments' | 'poll' | 'edit'> & {
  _id: Types.ObjectId;
  /** Absent in those from before there were polls. */
  poll?: DraftPoll | null;
  /** Absent in those from before changes of posts were kept. */
  edit?: DraftEdit | null;
  attachments: AttachmentRow[];
};
