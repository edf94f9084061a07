import { type InferSchemaType, Schema, type Types } from 'mongoose';

const toldSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    side: { type: String, enum: ['want', 'give'] as const, required: true },
  },
  { _id: false },
);

/**
 * A subject that people want or can give. Who they are is in `workshop-wish-sides`; `wants`, `gives`, `others` (people besides who wrote
 * it) and the first faces are counted anew from there in the transaction of each change.
 */
export const wishSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    subject: { type: String, required: true },
    text: { type: String, default: '' },
    stems: { type: [String], required: true },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    state: { type: String, enum: ['open', 'planned', 'closed'] as const, required: true },
    reason: { type: String, default: null },
    wants: { type: Number, default: 0 },
    gives: { type: Number, default: 0 },
    others: { type: Number, default: 0 },
    wanting: { type: [Schema.Types.ObjectId], required: true },
    giving: { type: [Schema.Types.ObjectId], required: true },
    /** The draft or workshop that came of it; absent while there is none. */
    workshopId: Schema.Types.ObjectId,
    /** Whose free time was counted last for who is no staff (told.ts), and how often that changed. */
    told: { type: [toldSchema], default: undefined },
    toldRevision: Number,
    revision: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workshop-wishes', versionKey: false },
);
wishSchema.index({ cohortId: 1, state: 1, wants: -1, _id: -1 }, { name: 'demand' });
wishSchema.index({ cohortId: 1, state: 1, _id: -1 }, { name: 'newest' });
wishSchema.index({ createdBy: 1, cohortId: 1, _id: -1 }, { name: 'author' });
wishSchema.index({ cohortId: 1, stems: 1 }, { name: 'similar' });
wishSchema.index(
  { workshopId: 1 },
  { unique: true, name: 'workshop', partialFilterExpression: { workshopId: { $exists: true } } },
);

/** That somebody wants a subject, or can give it. */
export const wishSideSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    wishId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    side: { type: String, enum: ['want', 'give'] as const, required: true },
  },
  { collection: 'workshop-wish-sides', versionKey: false },
);
wishSideSchema.index({ wishId: 1, userId: 1, side: 1 }, { unique: true, name: 'side' });
wishSideSchema.index({ userId: 1, cohortId: 1 }, { name: 'person' });

/** A row of `workshop-wish-sides`, lean. */
export type WishSideRow = InferSchemaType<typeof wishSideSchema> & { _id: Types.ObjectId };

/** A row of `workshop-wishes`, lean. */
export type WishRow = Omit<
  InferSchemaType<typeof wishSchema>,
  'stems' | 'wanting' | 'giving' | 'workshopId' | 'told'
> & {
  _id: Types.ObjectId;
  stems: string[];
  wanting: Types.ObjectId[];
  giving: Types.ObjectId[];
  workshopId?: Types.ObjectId;
  told?: { userId: Types.ObjectId; side: 'want' | 'give' }[];
};
