import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { ReportOutcome, ReportReason } from '../../contracts/chat/reports.js';

/**
 * A message that somebody handed over to the staff of a cohort, with its text and what its files were said to show (`alts`), as they were then; `digest` is of
 * both: what says something else by now is another report of that person. `open` until somebody of staff decides, once:
 * `outcome`, `closedById`, `closedAt`. Never changed after that: it is the record of what was decided, also when the message is gone.
 */
export const reportSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    channelId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    reporterId: { type: Schema.Types.ObjectId, required: true },
    reason: { type: String, enum: ReportReason.options, required: true },
    note: { type: String, default: '' },
    text: { type: String, default: '' },
    attachments: { type: [String], required: true },
    alts: { type: [String], default: [] },
    digest: { type: String, required: true },
    sentAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    open: { type: Boolean, required: true },
    outcome: { type: String, enum: [...ReportOutcome.options, null], default: null },
    answer: { type: String, default: '' },
    closedById: { type: Schema.Types.ObjectId, default: null },
    closedAt: { type: Date, default: null },
  },
  { collection: 'message-reports', versionKey: false },
);
reportSchema.index({ messageId: 1, reporterId: 1, digest: 1 }, { unique: true, name: 'each' });
reportSchema.index({ cohortId: 1, open: 1, createdAt: -1, _id: -1 }, { name: 'list' });

export type ReportRow = InferSchemaType<typeof reportSchema> & { _id: Types.ObjectId };
