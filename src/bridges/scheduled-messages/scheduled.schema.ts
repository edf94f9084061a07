import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { LaterKind } from '../../contracts/chat/scheduled.js';

/** What is known of a file that waits with a message. */
const attachment = new Schema(
  {
    fileId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    kind: { type: String, enum: ['image', 'audio', 'video', 'file'] as const, required: true },
    size: { type: Number, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    alt: { type: String, default: '' },
  },
  { _id: false },
);

/**
 * Something that a person planned for later: a message to a channel, a note to themselves or about a message, or that they are reminded of a bookmark of the forum, whose
 * words and time stand there. `waiting` until it is due, `sending` while
 * somebody has it by a `lease`, then `sent` (its words gone, so that the same `clientId` is known again) or `failed`. `wakeAt` is when it
 * must be looked at next: `dueAt`, then the end of the lease; what is over has none.
 */
export const scheduledSchema = new Schema(
  {
    kind: { type: String, enum: [...LaterKind.options, 'bookmark'] as const, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    channelId: { type: Schema.Types.ObjectId, default: null },
    threadId: { type: Schema.Types.ObjectId, default: null },
    /** Of which a note reminds: it has no words of its own then. */
    messageId: { type: Schema.Types.ObjectId, default: null },
    clientId: { type: String, required: true },
    body: { type: String, default: '' },
    attachments: { type: [attachment], default: [] },
    dueAt: { type: Date, required: true },
    state: { type: String, enum: ['waiting', 'sending', 'sent', 'failed'] as const, required: true },
    because: { type: String, default: null },
    lease: { type: String, default: null },
    wakeAt: { type: Date },
    createdAt: { type: Date, required: true },
    /** When its person last said that it is to happen; without, when it was written. */
    plannedAt: Date,
    /** When it was sent: so long after that nobody asks again whether it was, and the row goes. */
    sentAt: Date,
  },
  { collection: 'scheduled', versionKey: false },
);
scheduledSchema.index({ userId: 1, clientId: 1 }, { unique: true, name: 'client' });
scheduledSchema.index({ userId: 1, state: 1, dueAt: 1 }, { name: 'person' });
scheduledSchema.index({ wakeAt: 1 }, { sparse: true, name: 'wake' });
scheduledSchema.index({ sentAt: 1 }, { name: 'week', expireAfterSeconds: 7 * 86_400 });

export type WaitingFileRow = Omit<InferSchemaType<typeof attachment>, 'fileId'> & { fileId: Types.ObjectId };

export type ScheduledRow = Omit<InferSchemaType<typeof scheduledSchema>, 'attachments'> & {
  _id: Types.ObjectId;
  attachments: WaitingFileRow[];
};
