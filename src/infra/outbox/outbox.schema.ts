import { Schema, type Types } from 'mongoose';

/** What happened, and who still has to follow it. */
export interface OutboxRow {
  _id: Types.ObjectId;
  /** The name of the event. */
  kind: string;
  /** Ids only: who follows reads the state as it is by then. */
  fact: Record<string, unknown>;
  /** The names of those who are not done. A row without any is deleted. */
  waiting: string[];
  at: Date;
  /** When somebody is to look at it. Who works on it moves this on, so that nobody else does meanwhile. */
  dueAt: Date;
  tries: number;
}

export const outboxSchema = new Schema<OutboxRow>(
  {
    kind: { type: String, required: true },
    fact: { type: Schema.Types.Mixed, required: true },
    waiting: { type: [String], required: true },
    at: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    tries: { type: Number, required: true, default: 0 },
  },
  // Who follows a fact finds it as it was written, empty parts too.
  { collection: 'outbox', versionKey: false, minimize: false },
);

outboxSchema.index({ dueAt: 1 }, { name: 'due' });
outboxSchema.index({ tries: 1, _id: 1 }, { name: 'tried' });
