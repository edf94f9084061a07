import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { TopicActKind } from '../../contracts/forum-moderation.js';

/** What was done with a topic itself, by whom, when and why. Only added to; it goes for good with the words of the topic. */
export const topicActSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    topicId: { type: Schema.Types.ObjectId, required: true },
    what: { type: String, enum: TopicActKind.options, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    why: { type: String, default: null },
    /** The other topic of a move, a merge or a duplicate. */
    otherId: Schema.Types.ObjectId,
    /** How many posts were moved. */
    posts: Number,
    /** The answer that was chosen. */
    postId: Schema.Types.ObjectId,
    /** The last day of a pin, or of slow mode. */
    until: String,
    /** How slow it is. */
    minutes: Number,
  },
  { collection: 'topic-acts', versionKey: false },
);
topicActSchema.index({ topicId: 1, at: -1, _id: -1 }, { name: 'topic' });

export type TopicActRow = InferSchemaType<typeof topicActSchema> & { _id: Types.ObjectId };
