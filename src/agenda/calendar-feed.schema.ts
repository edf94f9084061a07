import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** The one feed of a person. Only the hash of its secret is kept: whoever reads the database cannot read a calendar. */
export const calendarFeedSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    secretHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastReadAt: { type: Date, default: null },
  },
  { collection: 'calendar-feeds', versionKey: false },
);
calendarFeedSchema.index({ userId: 1 }, { unique: true, name: 'person' });
calendarFeedSchema.index({ secretHash: 1 }, { unique: true, name: 'secret' });

export type CalendarFeedRow = InferSchemaType<typeof calendarFeedSchema> & { _id: Types.ObjectId };
