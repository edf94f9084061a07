import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { NotificationKind } from '../../contracts/notifications/notifications.js';
import { RULES } from '../rules/delivery-rules.js';

/** How a notice stood in the inbox before it left it. */
const before = new Schema(
  { at: { type: Date, required: true }, readAt: { type: Date, default: null } },
  { _id: false },
);

const mail = new Schema(
  {
    state: {
      type: String,
      enum: ['none', 'waiting', 'sending', 'handing', 'sent', 'skipped', 'failed', 'digest', 'digested'] as const,
      required: true,
    },
    dueAt: { type: Date, required: true },
    error: { type: String, default: null },
    /** Which rule kept it back, or dropped it. */
    rule: { type: String, enum: [...RULES, null], default: null },
    /** The digest that it went with. */
    digest: { type: Schema.Types.ObjectId },
  },
  { _id: false },
);

/**
 * One notice to one person. `key` names what happened and is unique per person, so that telling twice tells once. `shown`: it stands
 * in the inbox. `mail` says what became of its mail, which is a delivery: waiting -> sending -> handing -> sent | skipped | failed (`none`: by preference), or it waits in
 * `digest` for the next one (due at `dueAt`) and went with it (`digested`). `strength` orders the reasons of one act.
 * `urgent`: it passes the quiet, though others of its kind wait. `until`: when it is too late to push it; many have no such end. `notBefore`: it
 * leaves by mail and to devices from then on.
 * `at`: when it came to where it stands: as it was told, came back or was done. `snoozedUntil`: out of the inbox until then, with nothing to be written as it comes
 * back; `wakeAt` is the same while the devices of its person are to hear of that. `before`: as it stood before it left the inbox.
 * `takenBack`: it stood in the inbox until what it tells of was deleted. `pushedTo`: the logins on whose devices it is.
 */
export const notificationSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    cohortId: { type: Schema.Types.ObjectId, default: null },
    kind: { type: String, enum: NotificationKind.options, required: true },
    params: { type: Schema.Types.Mixed, required: true },
    link: { type: String, required: true },
    why: { type: String, required: true },
    strength: { type: Number },
    urgent: { type: Boolean },
    until: Date,
    notBefore: Date,
    key: { type: String, required: true },
    createdAt: { type: Date, required: true },
    readAt: { type: Date, default: null },
    shown: { type: Boolean, required: true },
    at: { type: Date, required: true },
    done: { type: Boolean, required: true },
    snoozedUntil: { type: Date, default: null },
    wakeAt: Date,
    before: { type: before, default: undefined },
    mail: { type: mail, required: true },
    takenBack: Boolean,
    pushedTo: { type: [Schema.Types.ObjectId], default: undefined },
  },
  { collection: 'notifications', versionKey: false, minimize: false },
);
notificationSchema.index({ userId: 1, key: 1 }, { unique: true, name: 'once' });
// With the kind, so that what one narrows the list to is chosen by the index.
notificationSchema.index({ userId: 1, shown: 1, done: 1, at: -1, _id: -1, kind: 1 }, { name: 'list' });
notificationSchema.index({ userId: 1, shown: 1, readAt: 1, at: -1, _id: -1, kind: 1 }, { name: 'unread-list' });
notificationSchema.index({ userId: 1, shown: 1, createdAt: -1 }, { name: 'told' });
notificationSchema.index({ wakeAt: 1 }, { sparse: true, name: 'wake' });
notificationSchema.index(
  { userId: 1, 'params.channelId': 1, 'params.seq': 1 },
  { name: 'channel-place', partialFilterExpression: { 'params.seq': { $exists: true } } },
);
notificationSchema.index(
  { 'params.topicId': 1, 'params.postId': 1 },
  { name: 'topic', partialFilterExpression: { 'params.topicId': { $exists: true } } },
);
notificationSchema.index({ userId: 1, 'mail.state': 1, createdAt: -1 }, { name: 'person-mail' });
notificationSchema.index({ 'mail.state': 1, 'mail.dueAt': 1 }, { name: 'mail' });
notificationSchema.index({ createdAt: 1 }, { name: 'over' });

/** A row of `notifications`, lean. */
export type NotificationRow = Omit<InferSchemaType<typeof notificationSchema>, 'params'> & {
  _id: Types.ObjectId;
  kind: NotificationKind;
  params: NoticeParams;
};

/** What fills the words of a notice: texts, numbers, and instants as ISO 8601 UTC under names that end in `At`, in `spans` those of several dates (`start/end`). */
export type NoticeParams = Record<string, string | number | null>;
