import { type InferSchemaType, Schema, type Types } from 'mongoose';

const id = Schema.Types.ObjectId;

/**
 * That a topic of the forum is discussed in a channel: once in each, by its first message. `wish` is the `clientId` by which that is sent, `words` are what it says; they go with the message, whose id is
 * `messageId` from then on.
 */
export const discussionSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    topicId: { type: id, required: true },
    channelId: { type: id, required: true },
    messageId: { type: id, default: null },
    wish: { type: String, required: true },
    words: String,
    byId: { type: id, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'topic-discussions', versionKey: false },
);
discussionSchema.index({ topicId: 1, channelId: 1 }, { unique: true, name: 'place' });

export type DiscussionRow = InferSchemaType<typeof discussionSchema> & { _id: Types.ObjectId };

/** Its message was sent; that may be deleted by now. */
export const isSent = (row: DiscussionRow): row is DiscussionRow & { messageId: Types.ObjectId } =>
  Boolean(row.messageId);
