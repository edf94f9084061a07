import { type InferSchemaType, Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/**
 * A topic of the commons. It is a copy of what people of a cohort gave of their own words, and has no part of the topic that it comes from; what is private there cannot be reached from here. `posts`
 * counts those that are shown. `removed`: staff took it out; the row stays so that the topic is not opened again.
 */
export const commonsTopicSchema = new Schema(
  {
    /** The cohort that it comes from: its members find the way back, its staff keep order. */
    cohortId: { type: id, required: true },
    fromTopicId: { type: id, required: true },
    /** The post of the cohort that its first post is a copy of. */
    fromPostId: { type: id, required: true },
    authorId: { type: id, required: true },
    title: { type: String, required: true },
    tags: { type: [String], default: [] },
    excerpt: { type: String, required: true },
    /** A discussion has no answer. */
    kind: { type: String, enum: ['question', 'discussion'] as const, default: 'question' },
    /** Folded words of title, tags, question and answer. */
    words: { type: [String], default: [] },
    /** Those of the answer alone. */
    answerWords: { type: [String], default: [] },
    posts: { type: Number, required: true },
    /** Those not by its author that are not hidden: 0 where nobody has answered. */
    others: { type: Number, default: 0 },
    /** An answer is chosen, and is not hidden. */
    solved: { type: Boolean, default: false },
    /** The reply that was chosen, by whom and when. */
    answerId: { type: id, default: null },
    chosen: {
      type: new Schema({ byId: { type: id, required: true }, at: { type: Date, required: true } }, { _id: false }),
      default: null,
    },
    openedAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    lastAuthorId: { type: id, required: true },
    removed: {
      type: new Schema({ byId: { type: id, required: true }, at: { type: Date, required: true } }, { _id: false }),
    },
  },
  { collection: 'commons-topics', versionKey: false },
);
commonsTopicSchema.index({ fromTopicId: 1 }, { unique: true, name: 'origin' });
commonsTopicSchema.index({ lastAt: -1, _id: -1 }, { name: 'latest' });
commonsTopicSchema.index({ tags: 1, lastAt: -1, _id: -1 }, { name: 'tag' });
commonsTopicSchema.index({ words: 1, lastAt: -1, _id: -1 }, { name: 'words' });
commonsTopicSchema.index({ solved: 1, lastAt: -1, _id: -1 }, { name: 'solved' });
commonsTopicSchema.index({ solved: 1, others: 1, openedAt: 1, _id: 1 }, { name: 'unanswered' });

export type CommonsTopicRow = Omit<InferSchemaType<typeof commonsTopicSchema>, 'words' | 'answerWords'> & {
  _id: Types.ObjectId;
};

/**
 * A post of the commons: brought along from a cohort by who wrote it (`fromPostId`), or written here. In their order by `createdAt`, which is when it was written. One that its author deletes
 * is gone with its row; of one that staff removed the row stays without its words, so that it is not brought again.
 */
export const commonsPostSchema = new Schema(
  {
    topicId: { type: id, required: true },
    authorId: { type: id, required: true },
    fromPostId: id,
    body: { type: String, default: null },
    createdAt: { type: Date, required: true },
    /** When it came here. */
    cameAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    removedAt: { type: Date, default: null },
    removedBy: id,
    /** It was flagged, and is hidden until staff have looked. */
    hiddenAt: { type: Date, default: null },
    /** Staff looked at it: its flags hide it no more by themselves. */
    keptAt: Date,
    /** Counted up as somebody flags it, so that of two at once each counts the other. */
    touches: Number,
  },
  { collection: 'commons-posts', versionKey: false },
);
commonsPostSchema.index({ topicId: 1, createdAt: 1, _id: 1 }, { name: 'order' });
commonsPostSchema.index({ topicId: 1, removedAt: 1, cameAt: -1, _id: -1 }, { name: 'newest' });
commonsPostSchema.index({ topicId: 1, authorId: 1, removedAt: 1 }, { name: 'writers' });
commonsPostSchema.index(
  { fromPostId: 1 },
  { unique: true, name: 'copy', partialFilterExpression: { fromPostId: { $exists: true } } },
);

export type CommonsPostRow = InferSchemaType<typeof commonsPostSchema> & { _id: Types.ObjectId };

/** Somebody is asked, once, whether their words go along to the commons, or whether their topic is opened. */
export const commonsAskSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    topicId: { type: id, required: true },
    userId: { type: id, required: true },
    byId: { type: id, required: true },
    at: { type: Date, required: true },
    answer: { type: String, enum: ['yes', 'no'], default: null },
    answeredAt: { type: Date, default: null },
  },
  { collection: 'commons-asks', versionKey: false },
);
commonsAskSchema.index({ topicId: 1, userId: 1 }, { unique: true, name: 'once' });

export type CommonsAskRow = InferSchemaType<typeof commonsAskSchema> & { _id: Types.ObjectId };

/** Somebody asks staff to look at a post; the cohort is that of the topic. */
export const commonsFlagSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    postId: { type: id, required: true },
    userId: { type: id, required: true },
    kind: { type: String, enum: ['unkind', 'personal_data', 'off_topic', 'advertising', 'other'], required: true },
    reason: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { collection: 'commons-flags', versionKey: false },
);
commonsFlagSchema.index({ postId: 1, userId: 1 }, { unique: true, name: 'once' });
commonsFlagSchema.index({ cohortId: 1, at: 1, _id: 1 }, { name: 'waiting' });
commonsFlagSchema.index({ at: 1, _id: 1 }, { name: 'all-waiting' });

export type CommonsFlagRow = InferSchemaType<typeof commonsFlagSchema> & { _id: Types.ObjectId };

/**
 * A post of a cohort (`_id`) whose copy was hidden by flags as it went from the commons: brought again it is hidden, and waits for staff with the flags that it had. Staff decide on the copy: so there is
 * none of these while that is there. After a year it is forgotten who flagged what nobody brings again.
 */
export const commonsHeldSchema = new Schema(
  {
    _id: { type: id, required: true },
    hiddenAt: { type: Date, required: true },
    flags: {
      type: [
        new Schema(
          {
            userId: { type: id, required: true },
            kind: { type: String, required: true },
            reason: { type: String, default: '' },
            at: { type: Date, required: true },
          },
          { _id: false },
        ),
      ],
      required: true,
    },
  },
  { collection: 'commons-held', versionKey: false },
);
commonsHeldSchema.index({ hiddenAt: 1 }, { name: 'year', expireAfterSeconds: 365 * 86_400 });

/** See the schema. */
export interface CommonsHeldRow {
  _id: Types.ObjectId;
  hiddenAt: Date;
  flags: Pick<CommonsFlagRow, 'userId' | 'kind' | 'reason' | 'at'>[];
}
