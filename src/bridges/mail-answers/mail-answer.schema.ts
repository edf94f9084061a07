import { type InferSchemaType, Schema } from 'mongoose';
import { ANSWER_DAYS } from '../../infra/mail/mail-addresses.js';

/**
 * An answer that came by mail, so that one which is handed over twice is written once; nothing of it but this is kept, for as long as the address is of use:
 * who else got the mail could hand it over again. `_id` is a hash
 * of the address and what it is known by: its Message-ID, or all that a signature covers; `takenUntil`: somebody writes it now.
 */
export const mailAnswerSchema = new Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    done: { type: Boolean, required: true },
    takenUntil: { type: Date, required: true },
  },
  { collection: 'mail-answers', versionKey: false },
);
mailAnswerSchema.index({ at: 1 }, { name: 'ends', expireAfterSeconds: (ANSWER_DAYS + 1) * 86_400 });

export type MailAnswerRow = InferSchemaType<typeof mailAnswerSchema>;
