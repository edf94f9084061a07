import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * A calendar of a person elsewhere. `wakeAt` is when somebody must look at it again, `lease` belongs to whoever reads it now. `etag`,
 * `lastModified` and `hash` tell whether it changed, `coveredUntil` up to when its busy times are worked out, in `zone` where they have none
 * of their own. `revision` rises with each change of the busy times. `problem` is that of the last try.
 */
export const outsideCalendarSchema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, default: null },
    ownName: { type: String, default: null },
    address: { type: String, required: true },
    addedAt: { type: Date, required: true },
    wakeAt: { type: Date, required: true },
    lease: { type: String, default: null },
    triedAt: { type: Date, default: null },
    readAt: { type: Date, default: null },
    etag: { type: String, default: null },
    lastModified: { type: String, default: null },
    hash: { type: String, default: null },
    coveredUntil: { type: Date, default: null },
    zone: { type: String, default: null },
    revision: { type: Number, default: 0 },
    unreadable: { type: Number, default: 0 },
    fails: { type: Number, default: 0 },
    problem: { type: String, default: null },
    status: { type: Number, default: null },
    problemSince: { type: Date, default: null },
  },
  { collection: 'outside-calendars', versionKey: false },
);
outsideCalendarSchema.index({ userId: 1, address: 1 }, { unique: true, name: 'person' });
outsideCalendarSchema.index({ wakeAt: 1 }, { name: 'wake' });

export type OutsideCalendarRow = InferSchemaType<typeof outsideCalendarSchema> & { _id: Types.ObjectId };

/** The busy times of one calendar in one week (weeks.ts): no titles, nothing else. */
export const outsideBusySchema = new Schema(
  {
    calendarId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    week: { type: Number, required: true },
    busy: { type: [Number], required: true },
  },
  { collection: 'outside-busy', versionKey: false },
);
outsideBusySchema.index({ userId: 1, week: 1 }, { name: 'person' });
outsideBusySchema.index({ calendarId: 1, week: 1 }, { unique: true, name: 'week' });

export type OutsideBusyRow = InferSchemaType<typeof outsideBusySchema> & { _id: Types.ObjectId };
