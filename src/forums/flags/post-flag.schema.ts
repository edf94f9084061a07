import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { FlagKind, FlagOutcome } from '../../contracts/forum/flags.js';

/**
 * Somebody asks staff to look at a post: at its `text`, and the `title` of its topic, as they were then. Both go once staff have looked. `digest` is of both and
 * stays: of one case a person flags each text once, and none again that staff left as it is.
 */
export const postFlagSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    postId: { type: Schema.Types.ObjectId, required: true },
    caseId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    title: String,
    text: String,
    digest: { type: String, required: true },
    kind: { type: String, enum: FlagKind.options, default: 'other' },
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { collection: 'post-flags', versionKey: false },
);
postFlagSchema.index({ caseId: 1, userId: 1, digest: 1 }, { unique: true, name: 'once' });
postFlagSchema.index({ postId: 1, userId: 1, digest: 1 }, { name: 'person' });
postFlagSchema.index({ caseId: 1, resolvedAt: 1 }, { name: 'case' });

export type PostFlagRow = InferSchemaType<typeof postFlagSchema> & { _id: Types.ObjectId };

/**
 * A flagged post until staff decide, and what they decided. A post has one open case at most (`flag-cases-open`). `waitsFrom` is since when staff are asked: later than now
 * once they deferred it. `people` are those who flagged it, `newest` the last flags,
 * `texts` those of them that keep a text of it which no earlier one has.
 */
export const flagCaseSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    postId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    people: { type: [Schema.Types.ObjectId], default: [] },
    newest: { type: [Schema.Types.ObjectId], default: [] },
    texts: {
      type: [
        new Schema(
          {
            flagId: { type: Schema.Types.ObjectId, required: true },
            digest: { type: String, required: true },
            length: { type: Number, required: true },
          },
          { _id: false },
        ),
      ],
      default: [],
    },
    openedAt: { type: Date, required: true },
    waitsFrom: { type: Date, required: true },
    /** Its flags hid the post, before staff had looked. */
    hiddenAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
    settledById: { type: Schema.Types.ObjectId, default: null },
    outcome: { type: String, enum: [...FlagOutcome.options, null], default: null },
    toAuthor: { type: String, default: '' },
    toReporters: { type: String, default: '' },
  },
  { collection: 'flag-cases', versionKey: false },
);
flagCaseSchema.index({ cohortId: 1, settledAt: 1, waitsFrom: 1, _id: 1 }, { name: 'waiting' });
flagCaseSchema.index({ cohortId: 1, settledAt: -1, _id: -1 }, { name: 'settled' });
flagCaseSchema.index({ postId: 1, settledAt: 1 }, { name: 'post' });

export type FlagCaseRow = InferSchemaType<typeof flagCaseSchema> & { _id: Types.ObjectId };

/** The open case of a post, by the post's id: one at most, deleted when it is settled. */
export const openFlagCaseSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    caseId: { type: Schema.Types.ObjectId, required: true },
  },
  { collection: 'flag-cases-open', versionKey: false },
);

export type OpenFlagCaseRow = InferSchemaType<typeof openFlagCaseSchema>;
