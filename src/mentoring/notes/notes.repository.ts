import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { idOf } from '../../infra/mongo/ids.js';
import { EVER, type TimePlace, behind } from '../../infra/mongo/time-place.js';
import { together } from '../../infra/mongo/together.js';
import type { NoteRow } from './note.schema.js';
import { fellowsOf, pairOf } from '../coaches/pairs.js';

const BEGINNING = new Date(0);

/** Whose notes are asked for, of which session, and from which place on. */
interface NotesAsked {
  session: Pick<NoteRow, '_id' | 'cohortId'>;
  pairs: readonly string[];
  reader: Types.ObjectId;
  before: Date | null;
  after: TimePlace | null;
  limit: number;
}

/** Notes that a fellow may let a coach (`toId`) read: those of their sessions alone with another (`fromId`). */
export interface Passing {
  fellowId: Types.ObjectId;
  fromId: Types.ObjectId;
  toId: Types.ObjectId;
}

/** The only user of the `notes` collection. No note is ever asked for without its reader. */
@Injectable()
export class NotesRepository {
  constructor(@InjectModel('Note') private readonly notes: Model<NoteRow>) {}

  async insert(note: NoteRow, session: ClientSession): Promise<void> {
    await this.notes.create([note], { session });
  }

  /**
   * A page of the notes of a session that a person may read, newest first; with `before`, also those of its pairs in other sessions that were written
   * before then. One query for each pair, each as long as the page at most: whatever else was written cuts nothing off.
   */
  async page({ session, pairs, reader, before, after, limit }: NotesAsked): Promise<NoteRow[]> {
    const here = { sessionId: session._id };
    const which = before ? { $or: [here, { createdAt: { $lt: before } }] } : here;
    const pages = await Promise.all(
      [...new Set(pairs)].map((pair) =>
        this.notes
          .find({
            ...{ pairs: pair, cohortId: session.cohortId, readers: reader },
            createdAt: { $gte: BEGINNING, $lte: after?.at ?? EVER },
            $and: [which, ...(after ? [{ $or: behind(after, 'createdAt', BEGINNING) }] : [])],
          })
          .sort({ createdAt: -1, _id: -1 })
          .limit(limit)
          .lean<NoteRow[]>(),
      ),
    );
    const distinct = new Map(pages.flat().map((note) => [String(note._id), note]));
    return [...distinct.values()].sort(newestFirst).slice(0, limit);
  }

  /** How many notes somebody wrote in a session, at most `most`. */
  async countOf(
    { sessionId, authorId, pairs }: Pick<NoteRow, 'sessionId' | 'authorId' | 'pairs'>,
    most: number,
    session?: ClientSession,
  ): Promise<number> {
    const theirs = { pairs: { $in: pairs }, sessionId, authorId };
    return await this.notes.countDocuments(theirs, session ? { session } : {}).limit(most);
  }

  /** Who wrote in some sessions (of some pairs), and nothing of what. */
  async authorsIn(
    sessionIds: readonly Types.ObjectId[],
    pairs: readonly string[],
  ): Promise<Pick<NoteRow, 'sessionId' | 'authorId'>[]> {
    if (sessionIds.length === 0) return [];
    return await together(
      this.notes
        .find({ pairs: { $in: [...new Set(pairs)] }, sessionId: { $in: sessionIds } }, { sessionId: 1, authorId: 1 })
        .lean<Pick<NoteRow, 'sessionId' | 'authorId'>[]>(),
    );
  }

  async readable(
    cohortId: Types.ObjectId,
    reader: Types.ObjectId,
    sessionId: Types.ObjectId,
    noteId: Types.ObjectId,
  ): Promise<NoteRow | null> {
    return await this.notes.findOne({ _id: noteId, cohortId, sessionId, readers: reader }).lean<NoteRow>();
  }

  /** Changes a note if its audience and readers are still as they were read: of two changes at once none can bring a reader back. */
  async update(note: NoteRow, change: Pick<NoteRow, 'body' | 'audience' | 'readers' | 'updatedAt'>): Promise<boolean> {
    const result = await this.notes.updateOne(
      { _id: note._id, audience: note.audience, updatedAt: note.updatedAt, readers: note.readers },
      { $set: change },
    );
    return result.matchedCount === 1;
  }

  /** How many a fellow could let another coach read, and how many they do. */
  async countPassing(cohortId: Types.ObjectId, passing: Passing): Promise<{ notes: number; shared: number }> {
    const rows = await this.passable(cohortId, passing);
    return { notes: rows.length, shared: rows.filter((row) => sharesWith(row, passing.toId)).length };
  }

  /** Whom a fellow lets read notes of theirs with these coaches, and how many of each: as the notes say it, wherever those people are now. */
  async letIn(
    cohortId: Types.ObjectId,
    fellowId: Types.ObjectId,
    fromIds: readonly Types.ObjectId[],
  ): Promise<(Passing & { notes: number })[]> {
    const found = await Promise.all(
      fromIds.map(async (fromId) => {
        const rows = await this.notes
          .find(
            { pairs: pairOf(fromId, fellowId), cohortId, readers: { $all: [fellowId, fromId] } },
            { _id: 0, sharedWith: 1 },
          )
          .lean<Partial<Pick<NoteRow, 'sharedWith'>>[]>();
        const counts = new Map<string, { toId: Types.ObjectId; notes: number }>();
        const own = rows.filter((row) => !sharesWith(row, fromId));
        for (const toId of own.flatMap(({ sharedWith = [] }) => sharedWith)) {
          const notes = (counts.get(String(toId))?.notes ?? 0) + 1;
          counts.set(String(toId), { toId, notes });
        }
        return [...counts.values()].map((count) => ({ fellowId, fromId, ...count }));
      }),
    );
    return found.flat();
  }

  /** Lets the new coach read them, in their own sessions with the fellow too. A note whose audience was narrowed meanwhile stays as narrow. */
  async letRead(cohortId: Types.ObjectId, passing: Passing, session: ClientSession): Promise<void> {
    const { fellowId, fromId, toId } = passing;
    const rows = await this.passable(cohortId, passing, session);
    await this.notes.updateMany(
      {
        _id: { $in: rows.map((row) => row._id) },
        audience: { $in: [...PASSABLE] },
        readers: { $all: [fellowId, fromId] },
      },
      { $addToSet: partsOf(toId, fellowId) },
      { session },
    );
  }

  /** Takes back what was let in so, and nothing else. */
  async takeBack(cohortId: Types.ObjectId, { fellowId, fromId, toId }: Passing): Promise<void> {
    await this.notes.updateMany(
      { pairs: pairOf(fromId, fellowId), cohortId, readers: fromId, sharedWith: { $eq: toId, $ne: fromId } },
      { $pull: partsOf(toId, fellowId) },
    );
  }

  /** Who does not coach a fellow any more reads nothing of what the fellow let them read. */
  async takeOut(
    cohortId: Types.ObjectId,
    toId: Types.ObjectId,
    fellowId: Types.ObjectId,
    session?: ClientSession,
  ): Promise<void> {
    await this.notes.updateMany(
      { pairs: pairOf(toId, fellowId), cohortId, sharedWith: toId },
      { $pull: partsOf(toId, fellowId) },
      session ? { session } : {},
    );
  }

  /** Who coaches nobody of a cohort any more reads nothing that fellows there let them read. */
  async takeOutOfAll(cohortId: Types.ObjectId, toId: Types.ObjectId): Promise<void> {
    const rows = await this.notes
      .find({ readers: toId, cohortId, sharedWith: toId }, { _id: 0, pairs: 1 })
      .lean<Pick<NoteRow, 'pairs'>[]>();
    const fellows = [...new Set(rows.flatMap(({ pairs }) => fellowsOf(pairs)))];
    for (const fellow of fellows) await this.takeOut(cohortId, toId, idOf(fellow));
  }

  /** Of sessions in which no other fellow was; those that the new coach may read by right are none to share. */
  private async passable(
    cohortId: Types.ObjectId,
    { fellowId, fromId, toId }: Passing,
    session?: ClientSession,
  ): Promise<PassableRow[]> {
    const rows = await this.notes
      .find(
        {
          pairs: pairOf(fromId, fellowId),
          cohortId,
          readers: { $all: [fellowId, fromId] },
          audience: { $in: [...PASSABLE] },
        },
        { pairs: 1, readers: 1, sharedWith: 1 },
      )
      .session(session ?? null)
      .lean<PassableRow[]>();
    const alone = (row: PassableRow) => row.pairs.every((pair) => pair.endsWith(`:${String(fellowId)}`));
    const isNew = (row: PassableRow) => sharesWith(row, toId) || !row.readers.some((reader) => reader.equals(toId));
    // What another coach wrote is not theirs to pass on who was let in to it.
    return rows.filter((row) => alone(row) && isNew(row) && !sharesWith(row, fromId));
  }
}

type PassableRow = Pick<NoteRow, '_id' | 'pairs' | 'readers' | 'sharedWith'>;

const newestFirst = (a: NoteRow, b: NoteRow) =>
  b.createdAt.getTime() - a.createdAt.getTime() || (String(a._id) < String(b._id) ? 1 : -1);

/** What of a note says that somebody was let in to it. */
const partsOf = (toId: Types.ObjectId, fellowId: Types.ObjectId) => ({
  ...{ readers: toId, sharedWith: toId },
  pairs: pairOf(toId, fellowId),
});

/** What is for the fellow and the coach (and their team); never what one wrote for oneself or for staff. */
const PASSABLE = ['participants', 'team_and_coach'] as const;

/** Notes of before there was sharing have no list of it. */
const sharesWith = ({ sharedWith = [] }: Partial<Pick<NoteRow, 'sharedWith'>>, reader: Types.ObjectId) =>
  sharedWith.some((one) => one.equals(reader));
