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
    /** The person's, not the cohort's: the same in each row of a coach. */
    away: {
      type: [
        new Schema(
          { from: { type: String, required: true }, to: { type: String, required: true }, note: String },
          { _id: false },
        ),
      ],
      default: undefined,
    },
    slotMinutes: { type: Number, required: true },
    lengths: new Schema({ help_desk: Number, mentoring: Number }, { _id: false }),
    bufferMinutes: { type: Number, required: true },
    bufferBeforeMinutes: Number,
    bufferAfterMinutes: Number,
    minNoticeHours: { type: Number, required: true },
    horizonDays: { type: Number, required: true },
    maxPerDay: { type: Number, required: true },
    maxPerWeek: { type: Number, required: true },
    changedAt: { type: Date, required: true },
    /** Rises with each save of this coach, in any cohort: two at once meet here. */
    version: Number,
    /** The coach, in the row that was their first: two first saves at once meet here, in whichever cohorts. */
    first: Schema.Types.ObjectId,
  },
  { collection: 'availabilities', versionKey: false },
);
availabilitySchema.index({ cohortId: 1, coachId: 1 }, { unique: true, name: 'coach' });
availabilitySchema.index({ coachId: 1 }, { name: 'person' });
availabilitySchema.index({ first: 1 }, { unique: true, sparse: true, name: 'first' });

export type AvailabilityRow = InferSchemaType<typeof availabilitySchema> & { _id: Types.ObjectId };
