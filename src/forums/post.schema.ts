import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { type AttachmentRow, attachmentSchema } from '../files/attachment.schema.js';
import { type PollRow, pollSchema } from './polls/poll.schema.js';
import { type Reactions, reactionSchema } from '../infra/mongo/reactions.js';

const quoted = new Schema(
  {
    messageId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    bot: { type: String, default: null },
    body: { type: String, default: null },
  },
  { _id: false },
);

/** The version that a post is, once it was edited: who wrote it, why, and when they began to. */
const edition = new Schema(
  {
    number: { type: Number, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    why: { type: String, default: null },
    begunAt: { type: Date, required: true },
  },
  { _id: false },
);

/** Which post stood at this place, and who moved it away. */
const moved = new Schema(
  {
    postId: { type: Schema.Types.ObjectId, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
  },
  { _id: false },
);

/**
 * A post; number 1 is the topic's question. A post that was moved goes with all that is of it and leaves at its place a row of its own, deleted, with `moved`. A deleted one is a tombstone: its words stay here from `keptSince` on for a while, so that it can be restored, and are read
 * for that alone (`PostsRepository`).
 */
export const postSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    number: { type: Number, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, default: null },
    /** The title of the topic that it began, before that was merged into this one. */
    heading: String,
    /** Absent where there never were any. */
    attachments: { type: [attachmentSchema], default: undefined },
    /** Messages of chat that the question of a topic quotes below its body, in their order; one that is gone in chat keeps its place without its words. */
    quotes: { type: [quoted], default: undefined },
    /** There while a quoted message has words: it may still go. */
    quoting: Boolean,
    /** Absent where there is none. */
    poll: { type: pollSchema, default: undefined },
    /** How many messages of the thread were not carried here. */
    staying: Number,
    /** Members named as `<@userId>` in the body or in what it quotes. */
    mentions: { type: [Schema.Types.ObjectId], default: [] },
    /** What it is found by (common/texts/forum/forum-tokens.ts), of its own words. Read by nothing but search. */
    tokens: { type: [String], default: undefined, select: false },
    votes: { type: Number, default: 0 },
    /** All members may edit it. */
    wiki: Boolean,
    /** Absent where there were none yet. */
    reactions: { type: [reactionSchema], default: undefined },
    /** Touched by accepting, so that deleting and accepting at once conflict. */
    acceptedAt: { type: Date, default: null },
    /** Touched as its author brings its words to the commons, so that deleting it at once conflicts. */
    commonsAt: Date,
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    /** Absent where it was never edited. What it said before is in `post-versions`. */
    edition: { type: edition, default: undefined },
    deletedAt: { type: Date, default: null },
    /** Who deleted it; absent in those that were deleted before that was kept, and in those that their flags hid. */
    deletedBy: Schema.Types.ObjectId,
    /** Versions up to this one are for its author and staff: staff changed it because it was flagged. */
    heldBack: Number,
    /** It was hidden because it was flagged: by that alone, until staff have looked, or by staff. */
    hidden: { type: String, enum: ['flags', 'staff'] },
    /** There while a deleted post has words. */
    keptSince: Date,
    /** It was the answer when it was deleted. */
    wasAnswer: Boolean,
    moved: { type: moved, default: undefined },
  },
  { collection: 'posts', versionKey: false },
);
postSchema.index({ topicId: 1, number: 1 }, { unique: true, name: 'number' });
/** What is not news: one's own, and what is deleted. */
postSchema.index({ authorId: 1, topicId: 1, number: 1 }, { name: 'own' });
postSchema.index({ topicId: 1, deletedAt: 1, number: 1 }, { name: 'deleted' });
/** The last activity: what was moved here is older than it stands. */
postSchema.index({ topicId: 1, deletedAt: 1, createdAt: -1, number: -1 }, { name: 'newest' });
postSchema.index({ tokens: 1, cohortId: 1, createdAt: -1, _id: -1 }, { name: 'search' });
postSchema.index({ cohortId: 1, authorId: 1, createdAt: -1, _id: -1 }, { name: 'author' });
postSchema.index({ 'quotes.messageId': 1 }, { sparse: true, name: 'quoted' });
postSchema.index({ quoting: 1, _id: 1 }, { sparse: true, name: 'quoting' });
/** What somebody answered. */
postSchema.index(
  { authorId: 1, cohortId: 1, acceptedAt: -1 },
  { name: 'accepted', partialFilterExpression: { acceptedAt: { $gt: new Date(0) } } },
);
/** What was answered lately. */
postSchema.index(
  { cohortId: 1, acceptedAt: -1 },
  { name: 'answers', partialFilterExpression: { acceptedAt: { $gt: new Date(0) } } },
);
postSchema.index({ keptSince: 1 }, { sparse: true, name: 'kept' });

export type QuotedRow = InferSchemaType<typeof quoted>;

export type EditionRow = InferSchemaType<typeof edition>;

export type PostRow = Omit<
  InferSchemaType<typeof postSchema>,
  'attachments' | 'quotes' | 'poll' | 'edition' | 'reactions' | 'moved' | 'tokens'
> & {
  _id: Types.ObjectId;
  attachments?: AttachmentRow[];
  quotes?: QuotedRow[];
  poll?: PollRow;
  edition?: EditionRow;
  reactions?: Reactions;
  moved?: InferSchemaType<typeof moved>;
};

/** One vote of one person for one post. `along`: it came from the question of that topic, which is a duplicate. */
export const postVoteSchema = new Schema(
  {
    postId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    along: Schema.Types.ObjectId,
    createdAt: { type: Date, required: true },
  },
  { collection: 'post-votes', versionKey: false },
);
postVoteSchema.index({ postId: 1, userId: 1 }, { unique: true, name: 'vote' });
postVoteSchema.index({ along: 1 }, { sparse: true, name: 'along' });

export type PostVoteRow = InferSchemaType<typeof postVoteSchema> & { _id: Types.ObjectId };

/** Where a person stands with a topic: how closely they follow it (none chosen: `normal`), up to which post they have read it, and when they last read on. */
export const topicSubscriptionSchema = new Schema(
  {
    topicId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    level: { type: String, enum: ['watching', 'tracking', 'normal', 'muted'] },
    /** The level was not chosen: they read or wrote in it. */
    byItself: Boolean,
    /** The level came along from a question that was asked again: from which, and what it was before. */
    along: {
      type: new Schema(
        { fromId: { type: Schema.Types.ObjectId, required: true }, level: String, byItself: Boolean },
        { _id: false },
      ),
      default: undefined,
    },
    readNumber: { type: Number, default: 0 },
    readAt: Date,
  },
  { collection: 'topic-subscriptions', versionKey: false },
);
topicSubscriptionSchema.index({ topicId: 1, userId: 1 }, { unique: true, name: 'subscriber' });
topicSubscriptionSchema.index({ userId: 1, level: 1, topicId: 1, readNumber: 1 }, { name: 'followed' });
topicSubscriptionSchema.index({ userId: 1, readAt: 1, topicId: 1 }, { name: 'opened' });

export type TopicSubscriptionRow = InferSchemaType<typeof topicSubscriptionSchema> & { _id: Types.ObjectId };
