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
    title: { type: String, required: true },
    tags: { type: [String], default: [] },
    excerpt: { type: String, required: true },
    /** Folded words of title, tags and question. */
    words: { type: [String], default: [] },
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
    /** The workshop that it follows up; absent in all others. */
    workshopId: Schema.Types.ObjectId,
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
topicSchema.index(
  { cohortId: 1, workshopId: 1, lastPostAt: -1, _id: -1 },
  { name: 'workshop', partialFilterExpression: { workshopId: { $exists: true } } },
);

export type TopicRow = InferSchemaType<typeof topicSchema> & { _id: Types.ObjectId };

/** A thread of chat, by its first message, that goes on as a topic: one topic a thread, while the topic is there. */
export const topicThreadSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
  },
  { collection: 'topic-threads', versionKey: false },
);

export type TopicThreadRow = InferSchemaType<typeof topicThreadSchema>;
