import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { GuestAnswers } from '../../contracts/workshops/guests.js';

/** What somebody asked for with an address: the link of the mail about it confirms this and nothing else. `formKey` is made of it all: asked again, it is the same. */
const form = new Schema(
  {
    formKey: { type: String, required: true },
    name: { type: String, required: true },
    locale: { type: String, enum: ['en', 'fr'] as const, required: true },
    timeZone: { type: String, required: true },
    mode: { type: String, enum: ['onsite', 'online'] as const, default: null },
    plusOne: { type: Boolean, required: true },
    answers: { type: Schema.Types.Mixed, required: true },
    askedAt: { type: Date, required: true },
  },
  { _id: false, minimize: false },
);

/**
 * Somebody from outside and one workshop. Their place is a registration whose `userId` is this row's id, and that of whom they bring along
 * one whose `userId` is `companionId`. Until `confirmedAt` nobody has shown that the address is theirs, and
 * there is no place: whoever knows the address may have asked, so all that was asked waits in `forms` until one is confirmed, which the row then says. `key` instead of an address: a host let them in. `refusedAt`: the mail server refused the last letter
 * for good, with `answer`, the codes of its answer. `leftAt`: they gave their place back, and have confirmed nothing since.
 * What the row says is gone after `eraseAt`, whatever is asked meanwhile; each form waits for a day.
 */
export const guestSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    email: { type: String, default: undefined },
    key: { type: String, default: undefined },
    name: { type: String, required: true },
    locale: { type: String, enum: ['en', 'fr'] as const, required: true },
    timeZone: { type: String, required: true },
    mode: { type: String, enum: ['onsite', 'online'] as const, default: null },
    plusOne: { type: Boolean, required: true },
    companionId: { type: Schema.Types.ObjectId, required: true },
    answers: { type: Schema.Types.Mixed, required: true },
    askedAt: { type: Date, required: true },
    forms: { type: [form], default: undefined },
    /** How often somebody asked with the address: written each time, so that the time it takes says nothing of it. */
    asks: Number,
    confirmedAt: { type: Date, default: null },
    leftAt: Date,
    refusedAt: Date,
    answer: String,
    eraseAt: { type: Date, required: true },
  },
  { collection: 'workshop-guests', versionKey: false, minimize: false },
);
const where = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });
guestSchema.index({ workshopId: 1, email: 1 }, { unique: true, name: 'address', ...where('email') });
guestSchema.index({ workshopId: 1, key: 1 }, { unique: true, name: 'key', ...where('key') });
guestSchema.index({ workshopId: 1, _id: 1 }, { name: 'workshop' });
guestSchema.index({ companionId: 1 }, { name: 'companion' });
guestSchema.index({ eraseAt: 1 }, { name: 'erase' });

/** A row of `workshop-guests`, lean. */
export type GuestRow = Omit<InferSchemaType<typeof guestSchema>, 'answers' | 'email' | 'key' | 'forms'> & {
  _id: Types.ObjectId;
  forms?: GuestForm[];
  email?: string;
  key?: string;
  answers: GuestAnswers;
};

export type GuestForm = Omit<InferSchemaType<typeof form>, 'answers'> & { answers: GuestAnswers };
