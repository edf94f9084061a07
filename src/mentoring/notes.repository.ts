import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { NoteRow } from './note.schema.js';

/** Far more than a coach and a fellow ever write; an answer never grows past it. */
const MOST = 1000;

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
      { _id: note._id, audience: note.audience, updatedAt: note.updatedAt },
      { $set: change },
    );
    return result.matchedCount === 1;
  }
}
