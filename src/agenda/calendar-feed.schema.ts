import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * One feed of a person: of their own agenda (`cohortId` null), of a cohort, or of a tag of it; each with a secret of its own, of which only
 * the hash is kept, so that whoever reads the database cannot read a calendar. `stamp` is what was last handed out and `modifiedAt` when
 * it became that: what Last-Modified says.
 */
export const calendarFeedSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    tag: { type: String, default: null },
    secretHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastReadAt: { type: Date, default: null },
    stamp: { type: String, default: null },
    modifiedAt: { type: Date, default: null },
  },
  { collection: 'calendar-feeds', versionKey: false },
);
calendarFeedSchema.index({ userId: 1, cohortId: 1, tag: 1 }, { unique: true, name: 'scope' });
calendarFeedSchema.index({ secretHash: 1 }, { unique: true, name: 'secret' });

export type CalendarFeedRow = InferSchemaType<typeof calendarFeedSchema> & { _id: Types.ObjectId };
