import { type InferSchemaType, Schema } from 'mongoose';

/** `_id`: `<personId>#<part of the day>`, or `#<what is counted>` (turns.ts); `taken` rises with each plan for the person's time in that part of any day. */
export const turnSchema = new Schema(
  { _id: { type: String, required: true }, taken: { type: Number, required: true } },
  { collection: 'turns', versionKey: false },
);

export type TurnRow = InferSchemaType<typeof turnSchema> & { _id: string };
