import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { NoteRow } from './note.schema.js';
import { pairOf } from '../coaches/pairs.js';

/** Far more than a coach and a fellow ever write; an answer never grows past it. */
const MOST = 1000;

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

  async insert(note: NoteRow): Promise<void> {
    await this.notes.create([note]);
  }

  /** The notes of some pairs in a cohort that this person may read, newest first. */
  async readableOfPairs(
    cohortId: Types.ObjectId,
    reader: Types.ObjectId,
    pairs: readonly string[],
  ): Promise<NoteRow[]> {
    const rows = await this.notes
      .find({ pairs: { $in: pairs }, cohortId, readers: reader })
      .limit(MOST)
      .lean<NoteRow[]>();
    return rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1));
  }

  /** Who wrote in some sessions (of some pairs), and nothing of what. */
  async authorsIn(
    sessionIds: readonly Types.ObjectId[],
    pairs: readonly string[],
  ): Promise<Pick<NoteRow, 'sessionId' | 'authorId'>[]> {
    if (sessionIds.length === 0) return [];
    return await this.notes
      .find({ pairs: { $in: [...new Set(pairs)] }, sessionId: { $in: sessionIds } }, { sessionId: 1, authorId: 1 })
      .lean<Pick<NoteRow, 'sessionId' | 'authorId'>[]>();
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

  /**
   * Lets the new coach read them, in their own sessions with the fellow too; or takes back what was let in so. A note whose audience
   * was narrowed meanwhile stays as narrow.
   */
  async pass(cohortId: Types.ObjectId, passing: Passing, shared: boolean): Promise<void> {
    const { fellowId, fromId, toId } = passing;
    const rows = await this.passable(cohortId, passing);
    const those = { _id: { $in: rows.map((row) => row._id) }, audience: { $in: [...PASSABLE] } };
    const parts = { readers: toId, sharedWith: toId, pairs: pairOf(toId, fellowId) };
    if (shared) await this.notes.updateMany({ ...those, readers: { $all: [fellowId, fromId] } }, { $addToSet: parts });
    else await this.notes.updateMany({ ...those, sharedWith: toId }, { $pull: parts });
  }

  /** Of sessions in which no other fellow was; those that the new coach may read by right are none to share. */
  private async passable(cohortId: Types.ObjectId, { fellowId, fromId, toId }: Passing): Promise<NoteRow[]> {
    const rows = await this.notes
      .find(
        {
          pairs: pairOf(fromId, fellowId),
          cohortId,
          readers: { $all: [fellowId, fromId] },
          audience: { $in: [...PASSABLE] },
        },
        { body: 0 },
      )
      .limit(MOST)
      .lean<NoteRow[]>();
    const alone = (row: NoteRow) => row.pairs.every((pair) => pair.endsWith(`:${String(fellowId)}`));
    const isNew = (row: NoteRow) => sharesWith(row, toId) || !row.readers.some((reader) => reader.equals(toId));
    return rows.filter((row) => alone(row) && isNew(row));
  }
}

/** What is for the fellow and the coach (and their team); never what one wrote for oneself or for staff. */
const PASSABLE = ['participants', 'team_and_coach'] as const;

/** Notes of before there was sharing have no list of it. */
const sharesWith = ({ sharedWith = [] }: Partial<Pick<NoteRow, 'sharedWith'>>, reader: Types.ObjectId) =>
  sharedWith.some((one) => one.equals(reader));
