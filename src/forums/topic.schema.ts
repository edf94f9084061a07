import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * A question (or any subject) of a cohort. The counters live here and move in the transaction of what they count: `lastNumber`
 * numbers the posts, `posts` counts the living ones, `others` those not by the author (0 = nobody has answered yet).
 */
export const topicSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    authorId: { type: Schema.Types.ObjectId, required: true },
    questionId: { type: Schema.Types.ObjectId, required: true },
    /** Absent in those from before there were discussions: they are questions. */
    kind: { type: String, enum: ['question', 'discussion'] },
    title: { type: String, required: true },
    tags: { type: [String], default: [] },
    excerpt: { type: String, required: true },
    /** Folded words of title, tags and question. */
    words: { type: [String], default: [] },
    /** What it is found by (common/texts/forum/forum-tokens.ts): the stems of its words, and of its title alone with its tags. Read by nothing but search. */
    tokens: { type: [String], default: undefined },
    titleTokens: { type: [String], default: undefined },
    lastNumber: { type: Number, default: 1 },
    posts: { type: Number, default: 1 },
    others: { type: Number, default: 0 },
    votes: { type: Number, default: 0 },
    solved: { type: Boolean, default: false },
    answerId: { type: Schema.Types.ObjectId, default: null },
    lastPostAt: { type: Date, required: true },
    lastAuthorId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    deletedAt: { type: Date, default: null },
    /** With which post a deleted one went, who deleted that (nobody, where its flags hid it), and whether they did so as staff. */
    ended: {
      type: new Schema(
        {
          postId: { type: Schema.Types.ObjectId, required: true },
          byId: Schema.Types.ObjectId,
          removed: { type: Boolean, required: true },
        },
        { _id: false },
      ),
    },
    /** There while a deleted topic has words. */
    keptSince: Date,
    /** Absent in one that is open. */
    closed: {
      type: new Schema(
        {
          how: { type: String, enum: ['closed', 'locked', 'duplicate'] as const, required: true },
          byId: { type: Schema.Types.ObjectId, required: true },
          at: { type: Date, required: true },
          why: { type: String, default: null },
        },
        { _id: false },
      ),
    },
    /** First in the list until this instant, the end of that day. */
    pinned: {
      type: new Schema(
        {
          until: { type: Date, required: true },
          day: { type: String, required: true },
          byId: { type: Schema.Types.ObjectId, required: true },
          at: { type: Date, required: true },
          why: { type: String, default: null },
        },
        { _id: false },
      ),
    },
    /** Each member but staff replies once in so many minutes, until this instant, or until it is ended. */
    slow: {
      type: new Schema(
        {
          minutes: { type: Number, required: true },
          until: Date,
          day: String,
          byId: { type: Schema.Types.ObjectId, required: true },
          at: { type: Date, required: true },
          why: { type: String, default: null },
        },
        { _id: false },
      ),
    },
    /** The topic in which its question was asked before. */
    duplicateOf: Schema.Types.ObjectId,
    /** When a duplicate was last led here: so that two topics never lead to each other. */
    ledToAt: Date,
    /** All of it is there; it is deleted itself. */
    mergedInto: Schema.Types.ObjectId,
    /** Who chose the answer; absent where that was not kept. */
    chosen: {
      type: new Schema(
        { byId: { type: Schema.Types.ObjectId, required: true }, at: { type: Date, required: true } },
        { _id: false },
      ),
    },
    /** Its author was asked to choose an answer. */
    askedToChooseAt: Date,
    /** The thread of chat that it continues. */
    thread: {
      type: new Schema(
        {
          channelId: { type: Schema.Types.ObjectId, required: true },
          messageId: { type: Schema.Types.ObjectId, required: true },
        },
        { _id: false },
      ),
    },
    /** It came from elsewhere: its first so many posts are news for nobody. Absent in all others. */
    imported: Number,
    /** The workshop that it follows up; absent in all others. */
    workshopId: Schema.Types.ObjectId,
    /** The page of the handbook that was made from it, while that is there. */
    handbookPage: Schema.Types.ObjectId,
    /** The topic of the commons in which its author opened it to all cohorts, while that is there. */
    commonsTopic: Schema.Types.ObjectId,
  },
  { collection: 'topics', versionKey: false },
);
topicSchema.index({ cohortId: 1, lastPostAt: -1, _id: -1 }, { name: 'latest' });
topicSchema.index({ cohortId: 1, createdAt: 1, _id: 1 }, { name: 'oldest' });
topicSchema.index({ cohortId: 1, votes: -1, _id: -1 }, { name: 'votes' });
topicSchema.index({ cohortId: 1, solved: 1, others: 1, createdAt: 1, _id: 1 }, { name: 'unanswered' });
topicSchema.index({ cohortId: 1, solved: 1, lastPostAt: -1, _id: -1 }, { name: 'solved' });
topicSchema.index({ cohortId: 1, tags: 1, lastPostAt: -1, _id: -1 }, { name: 'tag' });
topicSchema.index({ cohortId: 1, authorId: 1, lastPostAt: -1, _id: -1 }, { name: 'author' });
topicSchema.index({ cohortId: 1, words: 1, lastPostAt: -1 }, { name: 'words' });
topicSchema.index({ tokens: 1, cohortId: 1, createdAt: -1, _id: -1 }, { name: 'search' });
topicSchema.index({ titleTokens: 1, cohortId: 1, createdAt: -1, _id: -1 }, { name: 'titles' });
topicSchema.index(
  { cohortId: 1, workshopId: 1, lastPostAt: -1, _id: -1 },
  { name: 'workshop', partialFilterExpression: { workshopId: { $exists: true } } },
);
topicSchema.index(
  { cohortId: 1, 'pinned.until': 1 },
  { name: 'pinned', partialFilterExpression: { 'pinned.until': { $exists: true } } },
);
topicSchema.index({ duplicateOf: 1 }, { sparse: true, name: 'duplicates' });
topicSchema.index({ keptSince: 1 }, { sparse: true, name: 'kept' });
topicSchema.index(
  { cohortId: 1, keptSince: -1, _id: -1 },
  { name: 'deleted', partialFilterExpression: { keptSince: { $exists: true } } },
);

/** A topic as it is read: without what it is found by. */
export type TopicRow = Omit<InferSchemaType<typeof topicSchema>, 'tokens' | 'titleTokens'> & { _id: Types.ObjectId };

/** A thread of chat, by its first message, that goes on as a topic: one topic a thread, while the topic is there. */
export const topicThreadSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
  },
  { collection: 'topic-threads', versionKey: false },
);

export type TopicThreadRow = InferSchemaType<typeof topicThreadSchema>;
