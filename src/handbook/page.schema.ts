import { type InferSchemaType, Schema, type Types } from 'mongoose';
import { type AttachmentRow, attachmentSchema } from '../files/attachment.schema.js';

const id = Schema.Types.ObjectId;

/** What a page says in one language. */
export const pageWordsSchema = new Schema(
  { title: { type: String, required: true }, body: { type: String, default: '' } },
  { _id: false },
);
export type PageWordsRow = InferSchemaType<typeof pageWordsSchema>;

const deedSchema = new Schema(
  { byId: { type: id, required: true }, at: { type: Date, required: true } },
  { _id: false },
);

/**
 * A page of a cohort's handbook. Its place is `parentId` and `order` among those of one parent; whoever changes places, or how many pages there are, does so in the turn of the cohort
 * (`HandbookTree`). `edition` is that of its last edit; absent in one that was never edited.
 */
export const handbookPageSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    parentId: { type: id, default: null },
    order: { type: Number, required: true },
    en: { type: pageWordsSchema, default: null },
    fr: { type: pageWordsSchema, default: null },
    /** Absent where there never were any. */
    attachments: { type: [attachmentSchema], default: undefined },
    authorId: { type: id, required: true },
    ownerId: { type: id, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    /** When each language was last changed. */
    enAt: { type: Date, default: null },
    frAt: { type: Date, default: null },
    edition: {
      type: new Schema(
        {
          number: { type: Number, required: true },
          byId: { type: id, required: true },
          why: { type: String, default: null },
          begunAt: { type: Date, required: true },
        },
        { _id: false },
      ),
    },
    checked: { type: deedSchema, required: true },
    locked: { type: deedSchema },
    /** The topic of the forum in which it began. */
    topicId: { type: id },
    /** The thread of chat, or the workshop, that it was made from: the message that the thread hangs on with its channel, the workshop alone. */
    origin: {
      type: new Schema(
        {
          kind: { type: String, enum: ['thread', 'workshop'], required: true },
          id: { type: id, required: true },
          channelId: { type: id },
        },
        { _id: false },
      ),
    },
    /** Of which page of which cohort it is a copy. */
    copyOf: {
      type: new Schema(
        { cohortId: { type: id, required: true }, pageId: { type: id, required: true } },
        { _id: false },
      ),
    },
    /** What it is found by. */
    tokens: { type: [String], default: undefined },
    deletedAt: { type: Date, default: null },
    deletedBy: { type: id },
    /** There while a deleted page has words. */
    keptSince: Date,
  },
  { collection: 'handbook-pages', versionKey: false },
);
handbookPageSchema.index({ cohortId: 1, deletedAt: 1, order: 1 }, { name: 'tree' });
handbookPageSchema.index({ cohortId: 1, tokens: 1 }, { name: 'words' });
handbookPageSchema.index({ keptSince: 1 }, { name: 'kept', partialFilterExpression: { keptSince: { $exists: true } } });
handbookPageSchema.index(
  { cohortId: 1, 'copyOf.pageId': 1 },
  { unique: true, name: 'copy', partialFilterExpression: { copyOf: { $exists: true } } },
);

handbookPageSchema.index(
  { cohortId: 1, 'origin.id': 1 },
  { name: 'origin', partialFilterExpression: { origin: { $exists: true } } },
);

export type PageRow = Omit<InferSchemaType<typeof handbookPageSchema>, 'attachments'> & {
  _id: Types.ObjectId;
  attachments?: AttachmentRow[];
};
export type OriginRow = NonNullable<PageRow['origin']>;
export type PageEditionRow = NonNullable<PageRow['edition']>;

/** What a page said before it was edited, in both languages, and its files; `bytes` is the size of its words. */
export const pageVersionSchema = new Schema(
  {
    pageId: { type: id, required: true },
    number: { type: Number, required: true },
    byId: { type: id, required: true },
    why: { type: String, default: null },
    en: { type: pageWordsSchema, default: null },
    fr: { type: pageWordsSchema, default: null },
    attachments: { type: [attachmentSchema], default: undefined },
    bytes: { type: Number, required: true },
    writtenAt: { type: Date, required: true },
  },
  { collection: 'handbook-versions', versionKey: false },
);
pageVersionSchema.index({ pageId: 1, number: 1 }, { unique: true, name: 'version' });

export type PageVersionRow = Omit<InferSchemaType<typeof pageVersionSchema>, 'attachments'> & {
  _id: Types.ObjectId;
  attachments?: AttachmentRow[];
};
