import { type InferSchemaType, Schema, type Types } from 'mongoose';

const last = new Schema(
  {
    messageId: { type: Schema.Types.ObjectId, required: true },
    senderId: { type: Schema.Types.ObjectId, required: true },
    excerpt: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { _id: false },
);

/**
 * A channel. `key` says what it is for, once: `cohort:<id>`, `help:<id>`, `team:<project>`, `craft:<cohort>:<craft>`,
 * `workshop:<id>`, `direct:<ids in order>`, `private:<own id>`, `open:<own id>`,
 * `copied:<cohort>:<the open one it is like>`. `rev` is its latest change, `headSeq` the place of its latest
 * message of any kind, `last` its latest top-level message. `membersRev` moves whenever people come in or leave: who keeps in mind
 * who is in sees by it that this is no longer so. `pins` are its pinned messages, the latest first. A channel that came from elsewhere
 * (`slack:<cohort>:<its id there>`) `awaits` the people who were in it there until they are members of the cohort, and has `guests`, who
 * wrote in it there.
 */
export const channelSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, default: null },
    kind: {
      type: String,
      enum: ['cohort', 'help', 'team', 'craft', 'workshop', 'open', 'private', 'direct'],
      required: true,
    },
    key: { type: String, required: true },
    name: { type: String, default: '' },
    nameKey: { type: String, default: null },
    topic: { type: String, default: '' },
    rev: { type: Number, default: 0 },
    headSeq: { type: Number, default: 0 },
    last: { type: last, default: null },
    membersRev: Number,
    /** A webhook takes its messages elsewhere, or once did: it is told of each. */
    sentOut: Boolean,
    /** Of an open one: its name, and its name and topic, folded, by which it is listed and found. */
    sortName: String,
    folded: String,
    /** Where its people call each other: a link of its own, or the name of its room in the pattern of the cohort. */
    callLink: { type: String, default: null },
    callRoom: String,
    /** When it was last said that somebody calls. */
    calledAt: Date,
    /** Messages older than so many days are deleted, from that instant on. */
    retention: {
      type: new Schema(
        { days: { type: Number, required: true }, from: { type: Date, required: true } },
        { _id: false },
      ),
      default: undefined,
    },
    pins: { type: [Schema.Types.ObjectId], default: undefined },
    awaits: { type: [Schema.Types.ObjectId], default: undefined },
    guests: { type: [Schema.Types.ObjectId], default: undefined },
    createdBy: { type: Schema.Types.ObjectId, default: null },
    createdAt: { type: Date, required: true },
    archivedAt: { type: Date, default: null },
  },
  { collection: 'channels', versionKey: false },
);
channelSchema.index({ key: 1 }, { unique: true, name: 'key' });
channelSchema.index({ cohortId: 1, kind: 1 }, { name: 'cohort' });
channelSchema.index({ cohortId: 1, kind: 1, sortName: 1, _id: 1 }, { name: 'browse' });
channelSchema.index({ createdBy: 1, kind: 1, archivedAt: 1, rev: 1 }, { name: 'maker' });

channelSchema.index({ 'retention.from': 1 }, { sparse: true, name: 'retention' });

export type ChannelRow = Omit<InferSchemaType<typeof channelSchema>, 'retention' | 'pins' | 'awaits' | 'guests'> & {
  _id: Types.ObjectId;
  retention?: { days: number; from: Date };
  pins?: Types.ObjectId[];
  awaits?: Types.ObjectId[];
  guests?: Types.ObjectId[];
};
