import { type InferSchemaType, Schema, type Types } from 'mongoose';

const interval = { start: { type: String, required: true }, end: { type: String, required: true } };

/** A coach's hours and limits in one cohort, as the API speaks them. Wall times are meant in `timeZone`. */
export const availabilitySchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    coachId: { type: Schema.Types.ObjectId, required: true },
    timeZone: { type: String, required: true },
    weekly: [new Schema({ weekday: { type: Number, required: true }, ...interval }, { _id: false })],
    exceptions: [
      new Schema(
        { date: { type: String, required: true }, intervals: [new Schema(interval, { _id: false })] },
        { _id: false },
      ),
    ],
    slotMinutes: { type: Number, required: true },
    bufferMinutes: { type: Number, required: true },
    minNoticeHours: { type: Number, required: true },
    horizonDays: { type: Number, required: true },
    maxPerDay: { type: Number, required: true },
    maxPerWeek: { type: Number, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'availabilities', versionKey: false },
);
availabilitySchema.index({ cohortId: 1, coachId: 1 }, { unique: true, name: 'coach' });

export type AvailabilityRow = InferSchemaType<typeof availabilitySchema> & { _id: Types.ObjectId };
