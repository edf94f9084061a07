import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { PLACE_NEWS } from '../registrations/place-news.js';

/** What a letter to a guest is about: how to go on (`asked`), their place, or that the workshop was moved or called off (`changed`). */
export const LETTER_KINDS = ['asked', ...PLACE_NEWS, 'changed', 'message'] as const;

/**
 * A letter to a guest. `key` makes it one, whoever finds that it is due; `dueAt` is there while it is to go. What it says is read from the
 * workshop and the guest's place when it is written, so that one that comes late says nothing old.
 */
export const guestLetterSchema = new Schema(
  {
    guestId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: LETTER_KINDS, required: true },
    key: { type: String, required: true },
    /** Of `asked`: the key of the form that it is about, which its link confirms. */
    form: { type: String, default: undefined },
    /** Of a `message`: what the hosts wrote is read by its id. */
    messageId: { type: Schema.Types.ObjectId, default: undefined },
    /** Of `changed`: the workshop as of this revision; a later one has a letter of its own. */
    revision: { type: Number, default: undefined },
    dueAt: { type: Date, default: undefined },
    tries: { type: Number, default: 0 },
    /** Since then it is not tried any more, though it did not go. */
    failedAt: { type: Date, default: undefined },
    createdAt: { type: Date, required: true },
  },
  { collection: 'guest-letters', versionKey: false },
);
guestLetterSchema.index({ key: 1 }, { unique: true, name: 'one' });
guestLetterSchema.index({ guestId: 1 }, { name: 'guest' });
guestLetterSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });

/** A row of `guest-letters`, lean. */
export type GuestLetterRow = Omit<
  InferSchemaType<typeof guestLetterSchema>,
  'form' | 'messageId' | 'revision' | 'dueAt' | 'failedAt'
> & {
  _id: Types.ObjectId;
  form?: string;
  messageId?: Types.ObjectId;
  revision?: number;
  dueAt?: Date;
  failedAt?: Date;
};
