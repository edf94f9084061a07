import { type InferSchemaType, Schema, type Types } from 'mongoose';

const quoted = new Schema(
  {
    messageId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    bot: { type: String, default: null },
    body: { type: String, default: null },
  },
  { _id: false },
);

/**
 * A post; number 1 is the topic's question. A deleted one stays as a tombstone without its body.
 */
export const postSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, default: null },
    /** Messages of chat that the question of a topic quotes below its body, in their order; one that is gone in chat keeps its place without its words. */
    quotes: { type: [quoted], default: undefined },
    /** There while a quoted message has words: it may still go. */
    quoting: Boolean,
    /** How many messages of the thread were not carried here. */
    staying: Number,
    /** Members named as `<@userId>` in the body or in what it quotes. */
    mentions: { type: [Schema.Types.ObjectId], default: [] },
    votes: { type: Number, default: 0 },
    /** Touched by accepting, so that deleting and accepting at once conflict. */
    acceptedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
  },
  { collection: 'posts', versionKey: false },
);
postSchema.index({ topicId: 1, number: 1 }, { unique: true, name: 'number' });
postSchema.index({ 'quotes.messageId': 1 }, { sparse: true, name: 'quoted' });
postSchema.index({ quoting: 1, _id: 1 }, { sparse: true, name: 'quoting' });

export type QuotedRow = InferSchemaType<typeof quoted>;

export type PostRow = Omit<InferSchemaType<typeof postSchema>, 'quotes'> & {
  _id: Types.ObjectId;
  quotes?: QuotedRow[];
};

/** One vote of one person for one post. */
export const postVoteSchema = new Schema(
  {
    postId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'post-votes', versionKey: false },
);
postVoteSchema.index({ postId: 1, userId: 1 }, { unique: true, name: 'vote' });

export type PostVoteRow = InferSchemaType<typeof postVoteSchema> & { _id: Types.ObjectId };

/**
 * Somebody asks staff to look at a post: at its `text`, and the `title` of its topic, as they were then. Both go once staff have looked. `digest` is of both and
 * stays: what says something else by then is another report of that person.
 */
export const postFlagSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    postId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    title: String,
    text: String,
    digest: { type: String, required: true },
    reason: { type: String, required: true },
    createdAt: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { collection: 'post-flags', versionKey: false },
);
postFlagSchema.index({ postId: 1, userId: 1, digest: 1 }, { unique: true, name: 'each' });
postFlagSchema.index({ cohortId: 1, resolvedAt: 1, createdAt: 1, _id: 1 }, { name: 'waiting' });

export type PostFlagRow = InferSchemaType<typeof postFlagSchema> & { _id: Types.ObjectId };

/** How closely a person follows a topic; without a row: `normal`. */
export const topicSubscriptionSchema = new Schema(
  {
    topicId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    level: { type: String, enum: ['watching', 'tracking', 'normal', 'muted'], required: true },
  },
  { collection: 'topic-subscriptions', versionKey: false },
);
topicSubscriptionSchema.index({ topicId: 1, userId: 1 }, { unique: true, name: 'subscriber' });

export type TopicSubscriptionRow = InferSchemaType<typeof topicSubscriptionSchema> & { _id: Types.ObjectId };
