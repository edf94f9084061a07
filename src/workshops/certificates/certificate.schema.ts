import { type InferSchemaType, Schema, type Types } from 'mongoose';

/** What a certificate says, as it was last made out. */
const says = new Schema(
  {
    name: { type: String, required: true },
    title: { type: String, required: true },
    kind: { type: String, enum: ['workshop', 'talk', 'seminar', 'standup'] as const, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    cohort: { type: String, required: true },
  },
  { _id: false },
);

/** One person's certificate of one workshop: its code is made once. Whether it still holds is asked of the attendance each time. */
export const certificateSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    /** As kept: without the hyphens with which it is written. */
    code: { type: String, required: true },
    says: { type: says, required: true },
    madeAt: { type: Date, required: true },
  },
  { collection: 'workshop-certificates', versionKey: false },
);
certificateSchema.index({ workshopId: 1, userId: 1 }, { unique: true, name: 'one' });
certificateSchema.index({ code: 1 }, { unique: true, name: 'code' });

/** A row of `workshop-certificates`, lean. */
export type CertificateRow = InferSchemaType<typeof certificateSchema> & { _id: Types.ObjectId };
