import { Schema, type Types } from 'mongoose';
import type { GuestQuestion } from '../../contracts/workshops/guests.js';

const question = new Schema(
  {
    id: { type: String, required: true },
    kind: { type: String, enum: ['text', 'choice', 'yesno'] as const, required: true },
    label: { type: String, required: true },
    required: { type: Boolean, required: true },
    options: { type: [String], required: true },
  },
  { _id: false },
);

/** A workshop's page for everybody. The `slug` is its address for good: it stays when the title changes, and while the page is off. */
export const publicPageSchema = new Schema(
  {
    slug: { type: String, required: true },
    on: { type: Boolean, required: true },
    guests: { type: Boolean, required: true },
    plusOne: { type: Boolean, required: true },
    /** Pages of before it was asked say nothing: as many as where nobody says otherwise. */
    guestPercent: { type: Number, default: undefined },
    shownHosts: { type: [Schema.Types.ObjectId], required: true },
    questions: { type: [question], required: true },
  },
  { _id: false },
);

/** What a row of `workshops` keeps of its page. */
export interface PublicPageRow {
  slug: string;
  on: boolean;
  guests: boolean;
  plusOne: boolean;
  guestPercent?: number;
  shownHosts: Types.ObjectId[];
  questions: GuestQuestion[];
}
