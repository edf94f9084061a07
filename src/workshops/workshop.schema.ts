import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { WorkshopKind, WorkshopLevel } from '../contracts/workshops/workshop-fields.js';
import type { AttendanceMode } from '../contracts/workshops/workshops.js';
import type { StoredFields, WorkshopFields } from './workshop-fields.js';
import { type PublicPageRow, publicPageSchema } from './guests/public-page.schema.js';

const perMode = () =>
  new Schema({ onsite: { type: Number, default: 0 }, online: { type: Number, default: 0 } }, { _id: false });

/** Who may join: of one of these roles and of one of these crafts; an empty list asks for nothing. */
const requirements = new Schema(
  { roles: { type: [String], required: true }, crafts: { type: [String], required: true } },
  { _id: false },
);

/**
 * A workshop with the counters of its places. `proposed`: a fellow made it, so the programme team reads it before it is published. `version` rises with each write that concerns places and makes writers of two
 * processes take turns; `revision` rises only when time or place change (reminders go by it), `edition` with every edit (editors go by
 * it; absent in rows of before); `changedAt` with every write.
 */
export const workshopSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true },
    description: { type: String, default: '' },
    kind: { type: String, enum: WorkshopKind.options, required: true },
    /** For whom it is made; null or absent: nobody said. */
    level: { type: String, enum: [...WorkshopLevel.options, null], default: null },
    tags: { type: [String], required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    place: { type: String, default: null },
    link: { type: String, default: null },
    capacity: { type: Number, required: true },
    onlineCapacity: { type: Number, default: null },
    /** Of the places on site, those that its hosts keep for people they name. */
    reserved: { type: Number, default: 0 },
    /** Minutes for which a free place is held for the next in line; null: it is theirs at once. */
    offerMinutes: { type: Number, default: null },
    opensAt: { type: Date, default: null },
    closesAt: { type: Date, default: null },
    requires: { type: requirements, default: null },
    hosts: { type: [Schema.Types.ObjectId], required: true },
    /** The host who left the cohort last, and when they were taken out; absent where none did. */
    hostLeft: {
      type: new Schema({ userId: Schema.Types.ObjectId, at: Date }, { _id: false }),
      default: undefined,
    },
    /** Invitations of those who host it once they have joined; one that is over by now means nobody. */
    invitedHosts: { type: [Schema.Types.ObjectId], default: undefined },
    materials: {
      type: [
        new Schema({ title: { type: String, required: true }, url: { type: String, required: true } }, { _id: false }),
      ],
      required: true,
    },
    status: { type: String, enum: ['draft', 'published', 'cancelled'] as const, required: true },
    cancelReason: { type: String, default: null },
    going: { type: perMode(), required: true },
    waitlisted: { type: perMode(), required: true },
    offered: { type: perMode(), required: true },
    lastOrder: { type: Number, default: 0 },
    version: { type: Number, default: 0 },
    revision: { type: Number, default: 1 },
    /** When the letters of its last move leave, or left (`moveToldAt`); absent where it never moved. */
    moveToldAt: Date,
    /** The revision in which others first saw it; absent in drafts, and where it was 1 for lack of any other. */
    publishedRevision: Number,
    edition: Number,
    /** How many files and links were added beside `materials`; absent where there are none. */
    addedMaterials: Number,
    /** Rises each time somebody says how it was; absent where nobody has. */
    saidRevision: Number,
    /** What participants give to say that they are there; made when its hosts first show it. */
    attendanceCode: { type: String, default: null },
    channelId: { type: Schema.Types.ObjectId, default: null },
    /** Its page for everybody; absent where its hosts never wanted one. */
    publicPage: { type: publicPageSchema, default: undefined },
    words: { type: [String], required: true },
    /** The description in plain words, for search; written as the words are. */
    excerpt: { type: String, default: '' },
    proposed: { type: Boolean, default: false },
    /** Absent where it is no date of a series; so are the four after it. */
    seriesId: Schema.Types.ObjectId,
    /** Its start as first planned (RFC 5545, section 3.8.4.4): what tells it from the other dates for good. */
    recurrenceId: Date,
    /** Which of how many dates it is, from 1, as they were made. */
    seriesIndex: Number,
    seriesCount: Number,
    /** The act on the whole series that raised its revision to this one: told of once for all its dates. */
    seriesAct: { type: new Schema({ id: Schema.Types.ObjectId, revision: Number }, { _id: false }) },
    /** The workshop of another cohort that it was made of; absent where it was made here. */
    copiedFrom: Schema.Types.ObjectId,
    createdBy: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'workshops', versionKey: false },
);
workshopSchema.index({ cohortId: 1, startsAt: 1, _id: 1 }, { name: 'cohort' });
workshopSchema.index({ status: 1, startsAt: 1, _id: 1 }, { name: 'starts' });
workshopSchema.index({ hosts: 1, startsAt: 1 }, { name: 'host' });
workshopSchema.index({ cohortId: 1, createdBy: 1 }, { name: 'drafts', partialFilterExpression: { status: 'draft' } });
workshopSchema.index(
  { seriesId: 1, recurrenceId: 1 },
  { unique: true, name: 'series', partialFilterExpression: { seriesId: { $exists: true } } },
);
workshopSchema.index(
  { cohortId: 1, copiedFrom: 1 },
  { unique: true, name: 'copy', partialFilterExpression: { copiedFrom: { $exists: true } } },
);

workshopSchema.index(
  { 'publicPage.slug': 1 },
  { unique: true, name: 'page', partialFilterExpression: { 'publicPage.slug': { $exists: true } } },
);

type Inferred = InferSchemaType<typeof workshopSchema>;

/** What a date of a series carries. */
interface InSeries {
  seriesId?: Types.ObjectId;
  recurrenceId?: Date;
  seriesIndex?: number;
  seriesCount?: number;
  seriesAct?: { id: Types.ObjectId; revision: number } | null;
}

/** A row of `workshops`, lean. */
export type WorkshopRow = Omit<
  Inferred,
  | keyof WorkshopFields
  | 'hostLeft'
  | 'words'
  | 'going'
  | 'waitlisted'
  | 'offered'
  | 'copiedFrom'
  | 'publicPage'
  | keyof InSeries
> & {
  _id: Types.ObjectId;
  hostLeft?: { userId: Types.ObjectId; at: Date };
  words: string[];
  going: Record<AttendanceMode, number>;
  waitlisted: Record<AttendanceMode, number>;
  offered: Record<AttendanceMode, number>;
  copiedFrom?: Types.ObjectId;
  publicPage?: PublicPageRow;
} & StoredFields &
  InSeries;

/** A workshop as it is first written: what it is found by is made of it. */
export type NewWorkshop = Omit<WorkshopRow, 'words' | 'excerpt'>;
