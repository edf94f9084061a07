import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { together } from '../infra/mongo/together.js';
import { type InBoth, pageTokens } from './page-words.js';
import type { OriginRow, PageRow } from './page.schema.js';
import type { Place } from './tree.js';

/** A page without its texts, for the tree. */
export type PageTitleRow = Pick<PageRow, '_id' | 'parentId' | 'order' | 'ownerId' | 'checked' | 'copyOf'> & {
  en?: { title: string } | null;
  fr?: { title: string } | null;
};

/** A page of some words without them: where it is, whose, and since when it says so. */
export type PageMatch = Pick<PageRow, '_id' | 'cohortId' | 'authorId' | 'createdAt' | 'editedAt' | 'edition'>;

/** What a page is written with. */
export type NewPage = Omit<PageRow, 'tokens' | 'deletedAt' | 'editedAt' | 'deletedBy' | 'keptSince' | 'edition'>;

const facts = { tokens: 0 } as const;
const titles = { parentId: 1, order: 1, ownerId: 1, checked: 1, 'en.title': 1, 'fr.title': 1, copyOf: 1 } as const;

/** A page as a place in the tree. */
export const placeOf = ({ _id, parentId, order }: Pick<PageRow, '_id' | 'parentId' | 'order'>): Place => ({
  ...{ id: String(_id), parentId: parentId ? String(parentId) : null, order },
});

/** Reads and writes pages. Deleted ones are never found: those are for `DeletedPagesRepository`. */
@Injectable()
export class PagesRepository {
  constructor(@InjectModel('HandbookPage') private readonly pages: Model<PageRow>) {}

  /** Throws E11000 where one of this id, or this copy, is there. */
  async insert(pages: readonly NewPage[], session: ClientSession): Promise<void> {
    const rows = pages.map((page) => ({ ...page, tokens: pageTokens({ en: page.en ?? null, fr: page.fr ?? null }) }));
    await this.pages.insertMany(rows, { session });
  }

  async find(
    cohortId: Types.ObjectId,
    pageId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<PageRow | null> {
    const found = this.pages.findOne({ _id: pageId, cohortId, deletedAt: null }, facts).lean<PageRow>();
    return session ? await found.session(session) : await together(found);
  }

  /** All of a cohort, without their texts; in no order. */
  async titles(cohortId: Types.ObjectId, session: ClientSession | null = null): Promise<PageTitleRow[]> {
    const found = this.pages.find({ cohortId, deletedAt: null }, titles).lean<PageTitleRow[]>();
    return session ? await found.session(session) : await together(found);
  }

  /** Some of a cohort, with their texts. */
  async some(cohortId: Types.ObjectId, pageIds: readonly Types.ObjectId[]): Promise<PageRow[]> {
    return await this.pages.find({ _id: { $in: pageIds }, cohortId, deletedAt: null }, facts).lean<PageRow[]>();
  }

  /** Pages that were found by who may read them, with their texts. */
  async someOf(pageIds: readonly Types.ObjectId[]): Promise<PageRow[]> {
    return await this.pages.find({ _id: { $in: pageIds }, deletedAt: null }, facts).lean<PageRow[]>();
  }

  /** The copies in a cohort of some pages of another one, deleted ones too, by what they are copies of. */
  async copiesOf(
    cohortId: Types.ObjectId,
    pageIds: readonly Types.ObjectId[],
    session: ClientSession | null = null,
  ): Promise<Map<string, Types.ObjectId>> {
    const rows = await this.pages
      .find({ cohortId, 'copyOf.pageId': { $in: pageIds } }, { copyOf: 1 }, { session })
      .lean<Pick<PageRow, '_id' | 'copyOf'>[]>();
    return new Map(rows.map(({ _id, copyOf }) => [String(copyOf?.pageId), _id]));
  }

  /** The copy of a page in another handbook, also where it is deleted. */
  async copyIn(
    cohortId: Types.ObjectId,
    pageId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<Pick<PageRow, '_id' | 'deletedAt'> | null> {
    const copy = { cohortId, copyOf: { $exists: true }, 'copyOf.pageId': pageId };
    return await this.pages.findOne(copy, { deletedAt: 1 }).session(session).lean<Pick<PageRow, '_id' | 'deletedAt'>>();
  }

  /** Whether somebody keeps any page. */
  async isKeeper(cohortId: Types.ObjectId, ownerId: Types.ObjectId): Promise<boolean> {
    return (await this.pages.exists({ cohortId, deletedAt: null, ownerId })) !== null;
  }

  /** Those that have a token of each group, at most so many, in no order. */
  async withTokens(
    cohortId: Types.ObjectId,
    groups: readonly (readonly string[])[],
    limit: number,
  ): Promise<PageRow[]> {
    return await this.pages.find(ofTokens(cohortId, groups), facts).limit(limit).lean<PageRow[]>();
  }

  /** All pages of some cohorts that have a token of each group, without their texts and in no order. */
  async matches(cohortIds: readonly Types.ObjectId[], groups: readonly (readonly string[])[]): Promise<PageMatch[]> {
    return await this.pages
      .find(ofTokens({ $in: [...cohortIds] }, groups), {
        ...{ cohortId: 1, authorId: 1, createdAt: 1, editedAt: 1, edition: 1 },
      })
      .lean<PageMatch[]>();
  }

  /** The page that was made from a thread or a workshop, while it is there. */
  async madeFrom(
    cohortId: Types.ObjectId,
    { kind, id }: Pick<OriginRow, 'kind' | 'id'>,
    session: ClientSession | null = null,
  ): Promise<PageTitleRow | null> {
    return await this.pages
      .findOne({ cohortId, origin: { $exists: true }, 'origin.id': id, 'origin.kind': kind, deletedAt: null }, titles)
      .session(session)
      .lean<PageTitleRow>();
  }

  /** New places, all in the cohort. */
  async place(cohortId: Types.ObjectId, places: readonly Place[], session: ClientSession): Promise<void> {
    if (places.length === 0) return;
    await this.pages.bulkWrite(
      places.map(({ id, parentId, order }) => ({
        updateOne: { filter: { _id: id, cohortId, deletedAt: null }, update: { $set: { parentId, order } } },
      })),
      { session, ordered: false },
    );
  }

  /** New words in the place of those that the transaction read. False when it is deleted. */
  async edit(
    pageId: Types.ObjectId,
    change: InBoth & Pick<PageRow, 'attachments' | 'edition' | 'editedAt'> & Partial<Pick<PageRow, 'enAt' | 'frAt'>>,
    session: ClientSession,
  ): Promise<boolean> {
    const found = { ...change, tokens: pageTokens(change) };
    const result = await this.pages.updateOne({ _id: pageId, deletedAt: null }, { $set: found }, { session });
    return result.matchedCount === 1;
  }

  /** False where it was edited since it was read, or deleted. */
  async check(
    { _id, edition, editedAt }: Pick<PageRow, '_id' | 'edition' | 'editedAt'>,
    checked: PageRow['checked'],
    session: ClientSession,
  ): Promise<boolean> {
    const version = edition ? { 'edition.number': edition.number } : { edition: { $exists: false } };
    const asRead = { _id, deletedAt: null, editedAt: editedAt ?? null, ...version };
    const result = await this.pages.updateOne(asRead, { $set: { checked } }, { session });
    return result.matchedCount === 1;
  }

  /** From one who keeps it to another. False where it is another's by now, or deleted. */
  async give(
    pageId: Types.ObjectId,
    from: Types.ObjectId,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<boolean> {
    const mine = { _id: pageId, ownerId: from, deletedAt: null };
    return (await this.pages.updateOne(mine, { $set: { ownerId } }, { session })).matchedCount === 1;
  }

  /** False when it is deleted. */
  async lock(pageId: Types.ObjectId, locked: PageRow['locked'] | null, session: ClientSession): Promise<boolean> {
    const change = locked ? { $set: { locked } } : { $unset: { locked: 1 as const } };
    return (await this.pages.updateOne({ _id: pageId, deletedAt: null }, change, { session })).matchedCount === 1;
  }
}

function ofTokens(cohortId: Types.ObjectId | { $in: Types.ObjectId[] }, groups: readonly (readonly string[])[]) {
  const [first = [], ...others] = groups;
  return {
    ...{ cohortId, tokens: { $in: first }, deletedAt: null },
    ...(others.length > 0 && { $and: others.map((group) => ({ tokens: { $in: group } })) }),
  };
}
