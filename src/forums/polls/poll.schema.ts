import { type InferSchemaType, Schema, type Types } from 'mongoose';

const option = new Schema(
  { text: { type: String, required: true }, votes: { type: Number, default: 0 } },
  { _id: false },
);

/** Who closed a poll before it closed by itself. */
const closed = new Schema(
  { byId: { type: Schema.Types.ObjectId, required: true }, at: { type: Date, required: true } },
  { _id: false },
);

/** A poll of a post. What is counted here is written with the votes. */
export const pollSchema = new Schema(
  {
    question: { type: String, required: true },
    options: { type: [option], required: true },
    multiple: { type: Boolean, default: false },
    anonymous: { type: Boolean, default: false },
    voters: { type: Number, default: 0 },
    closesAt: { type: Date, default: null },
    closed: { type: closed, default: null },
  },
  { _id: false },
);

export type PollRow = Omit<InferSchemaType<typeof pollSchema>, 'options'> & {
  options: { text: string; votes: number }[];
};

/** What one person chose in the poll of a post, by the places of the options. */
export const pollVoteSchema = new Schema(
  {
    postId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    options: { type: [Number], required: true },
  },
  { collection: 'poll-votes', versionKey: false },
);
pollVoteSchema.index({ postId: 1, userId: 1 }, { unique: true, name: 'voter' });
pollVoteSchema.index({ postId: 1, _id: 1 }, { name: 'voters' });

export type PollVoteRow = InferSchemaType<typeof pollVoteSchema> & { _id: Types.ObjectId };
