import { type InferSchemaType, Schema, type Types } from 'mongoose';

const counted = { type: Number, required: true } as const;
const counts = new Schema(
  {
    ...{ channels: counted, messages: counted, replies: counted, reactions: counted, files: counted },
    fileBytes: counted,
    ...{ missingFiles: counted, matched: counted, placeholders: counted, already: counted, notices: counted },
    ...{ unreadable: counted, unknownEmoji: counted, directs: counted },
  },
  { _id: false },
);

const forumCounts = new Schema(
  {
    ...{ topics: counted, solved: counted, posts: counted, matched: counted, placeholders: counted, already: counted },
    ...{ directs: counted, hidden: counted, likes: counted, unreadable: counted },
  },
  { _id: false },
);

/**
 * An export that staff handed over; its bytes lie in the file store under its id until it is done with. `arriving` while they are stored; `discarded`
 * until its bytes are gone too, and shown to nobody.
 * `wakeAt` is when somebody must look at it (none: nothing to do), `lease` belongs to whoever works on it, `tries` are those of this step.
 */
export const importSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    /** Absent in those from before there were others: they are of Slack. */
    source: { type: String, enum: ['slack', 'discourse'] as const },
    fileName: { type: String, required: true },
    size: { type: Number, required: true },
    state: {
      type: String,
      enum: ['arriving', 'checking', 'ready', 'refused', 'running', 'done', 'failed', 'discarded'] as const,
      required: true,
    },
    problem: { type: String, default: null },
    counts: { type: counts, default: null },
    forum: { type: forumCounts, default: null },
    done: { type: Number, default: 0 },
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    lease: { type: String, default: null },
    tries: { type: Number, default: 0 },
    wakeAt: Date,
  },
  { collection: 'imports', versionKey: false },
);
importSchema.index({ cohortId: 1, createdAt: -1 }, { name: 'cohort' });
importSchema.index({ wakeAt: 1 }, { sparse: true, name: 'wake' });

export type ImportRow = InferSchemaType<typeof importSchema> & { _id: Types.ObjectId };
