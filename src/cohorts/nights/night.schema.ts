import { Schema, type Types } from 'mongoose';

/** When the night last compared a cohort (`_id`), or what belongs to none, and until when a process has it in hand. */
export interface NightRow {
  _id: Types.ObjectId;
  comparedAt: Date;
  heldUntil: Date;
}

export const nightSchema = new Schema<NightRow>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    comparedAt: { type: Date, required: true },
    heldUntil: { type: Date, required: true },
  },
  { collection: 'nights', versionKey: false },
);
