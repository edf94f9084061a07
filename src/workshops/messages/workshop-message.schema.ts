import { type InferSchemaType, Schema, type Types } from 'mongoose';
import type { MessageAudience } from '../../contracts/workshops/workshop-messages.js';

/**
 * What hosts wrote to those who come, wait or came; `userIds` are those as they were then.
 */
export const workshopMessageSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    key: { type: String, required: true },
    to: { type: String, enum: ['coming', 'waiting', 'came'] as const, required: true },
    body: { type: String, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    userIds: { type: [Schema.Types.ObjectId], required: true },
    /** Guests with an address among them; absent in rows of before there were guests. */
    guestIds: { type: [Schema.Types.ObjectId], default: undefined },
    sentAt: { type: Date, required: true },
  },
  { collection: 'workshop-messages', versionKey: false },
);
workshopMessageSchema.index({ workshopId: 1, key: 1 }, { unique: true, name: 'key' });
workshopMessageSchema.index({ workshopId: 1, sentAt: -1 }, { name: 'sent' });

/** A row of `workshop-messages`, lean. */
export type WorkshopMessageRow = Omit<InferSchemaType<typeof workshopMessageSchema>, 'userIds' | 'guestIds' | 'to'> & {
  _id: Types.ObjectId;
  userIds: Types.ObjectId[];
  guestIds?: Types.ObjectId[];
  to: MessageAudience;
};
