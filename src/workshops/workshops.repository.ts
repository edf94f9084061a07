import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import { WORKSHOP_EXCERPT, excerptOf } from '../common/markdown/excerpt.js';
import { foldedWords } from '../common/texts/fold.js';
import { DAY } from '../common/times/clock.js';
import { MAX_ADDED_MATERIALS } from '../contracts/limits.js';
import type { WorkshopFilters } from '../contracts/workshops/workshop-fields.js';
import type { Ask } from '../infra/mongo/asked-together.js';
import { type Behind, EVER, behind } from '../infra/mongo/time-place.js';
import { RowsById } from '../infra/mongo/rows-by-id.js';
import { together } from '../infra/mongo/together.js';
import type { WorkshopEdit } from './workshop-fields.js';
import type { NewWorkshop, WorkshopRow } from './workshop.schema.js';
import type { WorkshopAspect } from './workshops.events.js';

/**
 * Which workshops of a cohort a list shows, and to whom. `drafts`: 'only' those, all that they may see; 'along': with what is published, those of the programme and
 * their own. What others propose stands among drafts alone.
 */
export interface ListFilter {
  when: 'upcoming' | 'past';
  now: Date;
  drafts: 'only' | 'along';
  viewer: { id: Types.ObjectId; isStaff: boolean };
  fields: WorkshopFilters;
  tag?: string | undefined;
  words: readonly RegExp[];
  ids?: readonly Types.ObjectId[] | undefined;
  after: { startsAt: Date; id: Types.ObjectId } | null;
  limit: number;
}

/** Those of a cohort (with a tag), those that a person hosts, or some. */
export type Whose =
  | { cohortId: Types.ObjectId; tags?: string }
  | { hosts: Types.ObjectId }
  | { _id: { $in: Types.ObjectId[] }; cohortId?: { $in: Types.ObjectId[] } };

/** What tells that a workshop is another than it was, and where it stands among others. */
export type WorkshopVersion = Pick<WorkshopRow, '_id' | 'cohortId' | 'version' | 'changedAt' | 'startsAt' | 'hosts'>;

/** A workshop by its cohort and its start alone. */
export type WorkshopStart = Pick<WorkshopRow, '_id' | 'cohortId' | 'startsAt'>;

/** Who hosts a workshop, and when it is. */
export type HostedRow = Pick<WorkshopRow, '_id' | 'cohortId' | 'hosts' | 'startsAt' | 'endsAt'>;

/** What a workshop may last at most; so one that runs now started after now minus this. */
export const LONGEST_MS = DAY;
const withoutWords = { words: 0, excerpt: 0 };
const A_PAGE = 100;

/** The only user of the `workshops` collection: a few hundred rows a cohort. */
@Injectable()
export class WorkshopsRepository {
  private readonly rows = new RowsById<WorkshopRow>((ids) =>
    together(this.workshops.find({ _id: { $in: ids } }, withoutWords).lean<WorkshopRow[]>()),
  );

  constructor(@InjectModel('Workshop') private readonly workshops: Model<WorkshopRow>) {}

  async insert(workshop: NewWorkshop): Promise<void> {
    await this.workshops.create([{ ...workshop, ...foundBy(workshop) }]);
  }

  /** All of them or, in a transaction that fails, none. Throws E11000 for a date that its series has already. */
  async insertAll(workshops: readonly NewWorkshop[], session: ClientSession): Promise<void> {
    await this.workshops.insertMany(
      workshops.map((one) => ({ ...one, ...foundBy(one) })),
      { session },
    );
  }

  /** What somebody made in a cohort that is not published: alone and as dates of series, and what all of them take. */
  async draftsMadeBy(
    cohortId: Types.ObjectId,
    createdBy: Types.ObjectId,
    session?: ClientSession,
  ): Promise<{ alone: number; dates: number; bytes: number }> {
    const isDate = { $cond: [{ $ifNull: ['$seriesId', false] }, 1, 0] };
    const [made] = await this.workshops
      .aggregate<{ all: number; dates: number; bytes: number }>([
        { $match: { cohortId, createdBy, status: 'draft' } },
        { $group: { _id: null, all: { $sum: 1 }, dates: { $sum: isDate }, bytes: { $sum: { $bsonSize: '$$ROOT' } } } },
      ])
      .session(session ?? null);
    const { all, dates, bytes } = made ?? { all: 0, dates: 0, bytes: 0 };
    return { alone: all - dates, dates, bytes };
  }

  /** The dates of a series as they are now, in the order in which they were first planned. */
  async ofSeries(seriesId: Types.ObjectId, session?: ClientSession): Promise<WorkshopRow[]> {
    return await this.workshops
      .find({ seriesId }, withoutWords)
      .sort({ recurrenceId: 1 })
      .session(session ?? null)
      .lean<WorkshopRow[]>();
  }

  async byId(id: Types.ObjectId, session?: ClientSession): Promise<WorkshopRow | null> {
    return session
      ? await this.workshops.findById(id, withoutWords, { session }).lean<WorkshopRow>()
      : await this.rows.one(id);
  }

  async inCohort(cohortId: Types.ObjectId, id: Types.ObjectId): Promise<WorkshopRow | null> {
    return await together(this.workshops.findOne({ _id: id, cohortId }, withoutWords).lean<WorkshopRow>());
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<WorkshopRow[]> {
    return await this.rows.many(ids);
  }

  /** A page of a cohort's list: upcoming ones soonest first, past ones latest first. One row more than `limit`. */
  async page(cohortId: Types.ObjectId, filter: ListFilter): Promise<WorkshopRow[]> {
    const { now, after, when } = filter;
    const forward = when === 'upcoming';
    const conditions: QueryFilter<WorkshopRow>[] = [forward ? { endsAt: { $gt: now } } : { endsAt: { $lte: now } }];
    conditions.push(...draftsFor(filter));
    for (const [name, value] of Object.entries<unknown>(filter.fields))
      if (value !== undefined) conditions.push({ [name]: value });
    if (filter.tag) conditions.push({ tags: filter.tag });
    if (filter.ids) conditions.push({ _id: { $in: filter.ids } });
    for (const word of filter.words) conditions.push({ words: word });
    if (after) {
      const beyond = forward ? '$gt' : '$lt';
      conditions.push({
        $or: [{ startsAt: { [beyond]: after.startsAt } }, { startsAt: after.startsAt, _id: { [beyond]: after.id } }],
      });
    }
    const startsAt = forward
      ? { $gte: after?.startsAt ?? new Date(now.getTime() - LONGEST_MS), $lte: EVER }
      : { $gte: new Date(0), $lte: after?.startsAt ?? now };
    return await together(
      this.workshops
        .find({ cohortId, startsAt, $and: conditions }, withoutWords)
        .sort(forward ? { startsAt: 1, _id: 1 } : { startsAt: -1, _id: -1 })
        .limit(filter.limit + 1)
        .lean<WorkshopRow[]>(),
    );
  }

  /**
   * Those of some cohorts, drafts left out, that have a word with each of these beginnings (folded) and start at `from` or later,
   * the latest first, from a place on.
   */
  async search(
    cohortIds: readonly Types.ObjectId[],
    beginnings: readonly string[],
    { from, after }: { from: Date; after: Behind },
    limit: number,
  ): Promise<WorkshopRow[]> {
    if (cohortIds.length === 0) return [];
    const words = beginnings.map((word) => ({ words: { $regex: `^${word}` } }));
    return await this.workshops
      .find({
        $or: cohortIds.flatMap((cohortId) => behind(after, 'startsAt', from).map((part) => ({ cohortId, ...part }))),
        status: { $ne: 'draft' },
        ...(words.length > 0 && { $and: words }),
      })
      .sort({ startsAt: -1, _id: -1 })
      .limit(limit)
      .lean<WorkshopRow[]>();
  }

  /** Published ones of all cohorts that start in [from, to), soonest first. */
  async startingBetween(from: Date, to: Date): Promise<WorkshopRow[]> {
    return await this.workshops
      .find({ status: 'published', startsAt: { $gte: from, $lt: to } }, withoutWords)
      .sort({ startsAt: 1 })
      .lean<WorkshopRow[]>();
  }

  /** The same in pages and without what is in them: however many start then, whoever looks at all of them holds few at a time. */
  async *startsBetween(from: Date, to: Date, limit = A_PAGE): AsyncGenerator<WorkshopStart[]> {
    let last: WorkshopStart | undefined;
    do {
      const page = await this.startsAfter(last, from, to, limit);
      if (page.length > 0) yield page;
      last = page.length === limit ? page.at(-1) : undefined;
    } while (last);
  }

  private async startsAfter(last: WorkshopStart | undefined, from: Date, to: Date, limit: number) {
    const behindLast = last && {
      $or: [{ startsAt: { $gt: last.startsAt } }, { startsAt: last.startsAt, _id: { $gt: last._id } }],
    };
    return await this.workshops
      .find(
        { status: 'published', startsAt: { $gte: last?.startsAt ?? from, $lt: to }, ...behindLast },
        { cohortId: 1, startsAt: 1 },
      )
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit)
      .lean<WorkshopStart[]>();
  }

  /** Those of a cohort, or those that a person hosts, that touch [from, to), by start; drafts too. */
  async touching(whose: Whose, from: Date, to: Date): Promise<WorkshopRow[]> {
    return await together(
      this.workshops
        .find(
          { ...whose, startsAt: { $gte: new Date(from.getTime() - LONGEST_MS), $lt: to }, endsAt: { $gt: from } },
          withoutWords,
        )
        .sort({ startsAt: 1 })
        .lean<WorkshopRow[]>(),
    );
  }

  /** The same as {@link touching} among other questions, drafts left out, and without what is in them: whether they are as they were. */
  stampsAsk(whose: Whose, from: Date, to: Date): Ask<WorkshopVersion> {
    const startsAt = { $gte: new Date(from.getTime() - LONGEST_MS), $lt: to };
    return {
      collection: this.workshops.collection.name,
      filter: { ...whose, startsAt, endsAt: { $gt: from }, status: { $in: ['published', 'cancelled'] } },
      projection: { cohortId: 1, version: 1, changedAt: 1, startsAt: 1, hosts: 1 },
      sort: { startsAt: 1 },
    };
  }

  /** What a cohort was offered or is planned for it, by start: without what was called off and proposals that nobody published. */
  async programme(cohortId: Types.ObjectId, limit: number): Promise<WorkshopRow[]> {
    return await this.workshops
      .find(
        {
          cohortId,
          startsAt: { $gte: new Date(0), $lte: EVER },
          $or: [{ status: 'published' }, { status: 'draft', proposed: { $ne: true } }],
        },
        withoutWords,
      )
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit)
      .lean<WorkshopRow[]>();
  }

  /** The copies in a cohort of some workshops of another one: their ids, by that of the workshop each was made of. */
  async copiesIn(cohortId: Types.ObjectId, of: readonly Types.ObjectId[]): Promise<Map<string, string>> {
    const rows = await this.workshops
      .find({ cohortId, copiedFrom: { $in: of } }, { copiedFrom: 1 })
      .lean<Required<Pick<WorkshopRow, '_id' | 'copiedFrom'>>[]>();
    return new Map(rows.map((row) => [String(row.copiedFrom), String(row._id)]));
  }

  /** The tags of each workshop of a cohort that is not a draft. */
  async tagsIn(cohortId: Types.ObjectId): Promise<Pick<WorkshopRow, '_id' | 'tags'>[]> {
    return await this.workshops
      .find({ cohortId, status: { $ne: 'draft' } }, { tags: 1 })
      .lean<Pick<WorkshopRow, '_id' | 'tags'>[]>();
  }

  /** When those published ones are that some people host, where they touch [from, to): to be asked among other questions. */
  hostedAsk(people: readonly Types.ObjectId[], from: Date, to: Date): Ask<HostedRow> {
    const startsAt = { $gte: new Date(from.getTime() - LONGEST_MS), $lt: to };
    return {
      collection: this.workshops.collection.name,
      filter: { hosts: { $in: people }, startsAt, endsAt: { $gt: from }, status: 'published' },
      projection: { cohortId: 1, hosts: 1, startsAt: 1, endsAt: 1 },
    };
  }

  /** Takes the workshop for this transaction: whoever else wants it meanwhile gets a write conflict and tries again. */
  async lock(id: Types.ObjectId, session: ClientSession): Promise<WorkshopRow | null> {
    return await this.workshops
      .findOneAndUpdate(
        { _id: id },
        { $inc: { version: 1 } },
        { session, returnDocument: 'after', projection: withoutWords },
      )
      .lean<WorkshopRow>();
  }

  /** Those of a cohort that are not over nor called off, and are planned with one of these invitations. */
  async plannedWith(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    now: Date,
    session: ClientSession,
  ): Promise<WorkshopRow[]> {
    const startsAt = { $gte: new Date(now.getTime() - LONGEST_MS), $lte: EVER };
    const live = { endsAt: { $gt: now }, status: { $in: ['draft' as const, 'published' as const] } };
    return await this.workshops
      .find({ cohortId, startsAt, ...live, invitedHosts: { $in: invitationIds } }, withoutWords)
      .session(session)
      .lean<WorkshopRow[]>();
  }

  /** Those, drafts too, that people host and that have not started; without what is in them. */
  async hostedAhead(
    userIds: readonly Types.ObjectId[],
    now: Date,
  ): Promise<Pick<WorkshopRow, '_id' | 'cohortId' | 'hosts'>[]> {
    if (userIds.length === 0) return [];
    return await this.workshops
      .find(
        { hosts: { $in: userIds }, startsAt: { $gt: now, $lte: EVER }, status: { $in: ['draft', 'published'] } },
        { cohortId: 1, hosts: 1 },
      )
      .lean<Pick<WorkshopRow, '_id' | 'cohortId' | 'hosts'>[]>();
  }

  /** Those ahead in a cohort that lost this host since an instant. */
  async lostHost(cohortId: Types.ObjectId, userId: Types.ObjectId, since: Date, now: Date): Promise<WorkshopRow[]> {
    return await this.workshops
      .find(
        {
          cohortId,
          startsAt: { $gt: now, $lte: EVER },
          status: { $in: ['draft', 'published'] },
          'hostLeft.userId': userId,
          'hostLeft.at': { $gte: since },
        },
        withoutWords,
      )
      .sort({ startsAt: 1, _id: 1 })
      .lean<WorkshopRow[]>();
  }

  /** The drafts that somebody made are proposals from now on; those that are so already stay as they are. */
  async becomeProposals(cohortId: Types.ObjectId, createdBy: Types.ObjectId, at: Date): Promise<void> {
    await this.workshops.updateMany(
      { cohortId, startsAt: { $lte: EVER }, status: 'draft', createdBy, proposed: { $ne: true } },
      { $set: { proposed: true, changedAt: at }, $inc: { version: 1 } },
    );
  }

  /** Takes all dates of a series for this transaction, in one write; those that are left, in their order. */
  async lockSeries(seriesId: Types.ObjectId, session: ClientSession): Promise<WorkshopRow[]> {
    await this.workshops.updateMany({ seriesId }, { $inc: { version: 1 } }, { session });
    return await this.ofSeries(seriesId, session);
  }

  /** Says at every date of a series, locked by this transaction, how many there are now. */
  async recount(seriesId: Types.ObjectId, seriesCount: number, at: Date, session: ClientSession): Promise<void> {
    await this.workshops.updateMany({ seriesId }, { $set: { seriesCount, changedAt: at } }, { session });
  }

  /** Writes to a workshop that this transaction has locked. */
  async save(
    workshop: Pick<WorkshopRow, '_id' | 'version'>,
    change: Partial<Omit<WorkshopRow, '_id' | 'version'>>,
    session: ClientSession,
  ): Promise<void> {
    const saved = await this.workshops.updateOne(
      { _id: workshop._id, version: workshop.version },
      { $set: change },
      { session },
    );
    if (saved.matchedCount !== 1) throw new Error('a locked workshop was changed by another writer');
  }

  /** Deletes drafts that this transaction has locked. */
  async deleteLocked(ids: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (ids.length > 0) await this.workshops.deleteMany({ _id: { $in: ids }, status: 'draft' }, { session });
  }

  /** The one with this address of a page, whether the page is on or not. */
  async bySlug(slug: string): Promise<WorkshopRow | null> {
    return await this.workshops.findOne({ 'publicPage.slug': slug }, withoutWords).lean<WorkshopRow>();
  }

  /** Counts a material that is added to a published workshop (1), or taken away (-1). False where there is no room or it is not published. */
  async countMaterial(id: Types.ObjectId, by: 1 | -1, session: ClientSession): Promise<boolean> {
    const room = { $or: [{ addedMaterials: { $lt: MAX_ADDED_MATERIALS } }, { addedMaterials: null }] };
    const guard = by === 1 ? { _id: id, status: 'published' as const, ...room } : { _id: id };
    return (await this.workshops.updateOne(guard, { $inc: { addedMaterials: by } }, { session })).matchedCount === 1;
  }

  /** Takes it into a transaction that says how it was: of two at once one is ended and tried again, and counts the other. */
  async holdSaid(id: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.workshops.updateOne({ _id: id }, { $inc: { saidRevision: 1 } }, { session });
  }

  /** Gives it this code unless it has one; the one it has. */
  async giveCode(id: Types.ObjectId, code: string): Promise<string | null> {
    await this.workshops.updateOne({ _id: id, attendanceCode: null }, { $set: { attendanceCode: code } });
    return (await this.byId(id))?.attendanceCode ?? null;
  }

  /** Each by itself: one write of many would wait for, and hinder, whoever edits the whole series. */
  async setChannel(ids: readonly Types.ObjectId[], channelId: Types.ObjectId): Promise<void> {
    await this.workshops.bulkWrite(
      ids.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { channelId } } } })),
      { ordered: false },
    );
  }
}

function draftsFor({ drafts, viewer: { id, isStaff } }: ListFilter): QueryFilter<WorkshopRow>[] {
  const theirs = isStaff ? {} : { hosts: id };
  if (drafts === 'only') return [{ status: 'draft', ...theirs }];
  const notProposed = { $or: [{ proposed: { $ne: true } }, { createdBy: id }] };
  return [{ $or: [{ status: { $ne: 'draft' } }, { ...theirs, ...notProposed }] }];
}

/** The folded words by which a workshop is found in its cohort's list. */
export function wordsOf(workshop: Pick<WorkshopRow, 'title' | 'tags' | 'place' | 'description'>): string[] {
  return foldedWords([workshop.title, ...workshop.tags, workshop.place ?? '', workshop.description], 200);
}

type Found = Pick<WorkshopRow, 'words' | 'excerpt'>;

let latest: { said: string; found: Found } | undefined;

/**
 * What is made of a workshop when it is written, so that nobody makes it when somebody searches. The dates of a series say the same, one after the other: it is
 * made once for all of them.
 */
function foundBy({ title, tags, place, description }: Parameters<typeof wordsOf>[0]): Found {
  const said = JSON.stringify([title, tags, place, description]);
  if (latest?.said !== said) {
    const words = wordsOf({ title, tags, place, description });
    latest = { said, found: { words, excerpt: excerptOf(description, WORKSHOP_EXCERPT) } };
  }
  return latest.found;
}

/** What an edit changes along with it of what the workshop is found by. */
export function wordsAfter(row: WorkshopRow, change: WorkshopEdit, changed: readonly WorkshopAspect[]): Partial<Found> {
  return changed.includes('text') || changed.includes('place') ? foundBy({ ...row, ...change }) : {};
}
