import type { MessageNote } from '../../contracts/chat/chat.js';
import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { type AttachmentRow, attachmentSchema } from '../../files/attachment.schema.js';
import { reactionSchema } from '../../infra/mongo/reactions.js';

/** What a page that it links to says of itself, kept beside the message so that showing it asks nothing more. `removed`: it is not to be shown. */
const preview = new Schema(
  {
    url: { type: String, required: true },
    title: { type: String, required: true },
    description: { type: String, default: '' },
    site: { type: String, default: '' },
    removed: Boolean,
  },
  { _id: false },
);

/**
 * A message. `seq` is its place for ever, `rev` its latest change; both are numbers of its channel (docs: real time).
 * `names` are the people named in it; the channel's own id stands for `@channel`, so that one index finds both. `attachments` and
 * `previews` are absent where there are none.
 * `resolvedAt` is on the first message of a thread that needs nobody any more. `tokens` are what it is found by
 * (common/texts/search-words.ts): written with the text in the same write, read by nothing but the index.
 * `excerpt` is what a link to it shows of its text, people still as `<@id>`; written as the tokens are, and read for that only.
 * `note` is what the app says in the name of the sender.
 * `bot` names what wrote it from outside, by a webhook whose id is `senderId`.
 */
export const messageSchema = new Schema(
  {
    channelId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    seq: { type: Number, required: true },
    rev: { type: Number, required: true },
    clientId: { type: String, required: true },
    senderId: { type: Schema.Types.ObjectId, required: true },
    body: { type: String, default: '' },
    attachments: { type: [attachmentSchema], default: undefined },
    previews: { type: [preview], default: undefined },
    names: { type: [Schema.Types.ObjectId], default: [] },
    threadId: { type: Schema.Types.ObjectId, default: null },
    replies: { type: Number, default: 0 },
    lastReplyAt: { type: Date, default: null },
    reactions: { type: [reactionSchema], default: [] },
    /** The topic of the forum in which the thread of this message goes on. */
    topicId: { type: Schema.Types.ObjectId, default: null },
    bot: { type: new Schema({ name: { type: String, required: true } }, { _id: false }), default: undefined },
    /** Brought from another chat. */
    imported: Boolean,
    note: {
      type: new Schema(
        {
          kind: { type: String, enum: ['call', 'retention', 'webhook'], required: true },
          ...{ link: String, days: Number, name: String, because: String },
        },
        { _id: false },
      ),
      default: undefined,
    },
    pinnedAt: Date,
    resolvedAt: Date,
    /** Rises with each choice to follow its thread or not: so a choice and a reply at once are one after the other. */
    choices: Number,
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
    tokens: { type: [String], default: undefined },
    excerpt: String,
  },
  { collection: 'messages', versionKey: false },
);
messageSchema.index({ channelId: 1, rev: 1 }, { unique: true, name: 'rev' });
messageSchema.index({ channelId: 1, seq: 1 }, { unique: true, name: 'seq' });
messageSchema.index({ channelId: 1, threadId: 1, seq: 1 }, { name: 'thread' });
messageSchema.index({ channelId: 1, senderId: 1, clientId: 1 }, { unique: true, name: 'client' });
messageSchema.index({ channelId: 1, names: 1, seq: 1 }, { name: 'named' });
messageSchema.index({ tokens: 1, channelId: 1, createdAt: -1, _id: -1 }, { name: 'search' });

export type PreviewRow = Omit<InferSchemaType<typeof preview>, 'removed'> & {
  removed?: boolean | null;
};

/** A message as it is read: without its tokens, of which nobody makes anything, and its excerpt. */
export type MessageRow = Omit<
  InferSchemaType<typeof messageSchema>,
  'attachments' | 'previews' | 'names' | 'reactions' | 'bot' | 'note' | 'pinnedAt' | 'resolvedAt' | 'tokens' | 'excerpt'
> & {
  _id: Types.ObjectId;
  attachments?: AttachmentRow[];
  previews?: PreviewRow[];
  bot?: { name: string };
  note?: MessageNote;
  pinnedAt?: Date | null;
  resolvedAt?: Date | null;
  names: Types.ObjectId[];
  reactions: { emoji: string; userIds: Types.ObjectId[] }[];
};
