import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { MOST_NOTES, MOST_TAGS } from '../../contracts/calls/desk.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { otherThan } from '../applications/application-tables.repository.js';
import type { ApplicationNoteRow } from './application-note.schema.js';

/** Reads and writes tags of files, and notes about them. */
@Injectable()
export class DeskRepository {
  constructor(
    @InjectModel('Application') private readonly files: Model<ApplicationRow>,
    @InjectModel('ApplicationNote') private readonly notes: Model<ApplicationNoteRow>,
  ) {}

  /** All tags of a call. */
  async tagsOf(callId: Types.ObjectId, without: readonly Types.ObjectId[] = []): Promise<string[]> {
    const found = await this.files.aggregate<{ _id: string }>([
      { $match: { callId, tags: { $exists: true }, ...otherThan(without) } },
      { $project: { tags: 1 } },
      { $unwind: '$tags' },
      { $group: { _id: '$tags' } },
    ]);
    return found.map(({ _id }) => _id).toSorted((one, other) => one.localeCompare(other));
  }

  /** False where there is no room for one more. */
  async tag(id: Types.ObjectId, tag: string): Promise<boolean> {
    const { matchedCount } = await this.files.updateOne(
      { _id: id, $or: [{ tags: tag }, { [`tags.${MOST_TAGS - 1}`]: { $exists: false } }] },
      { $addToSet: { tags: tag } },
    );
    return matchedCount === 1;
  }

  async untag(id: Types.ObjectId, tag: string): Promise<void> {
    await this.files.updateOne({ _id: id }, { $pull: { tags: tag } });
  }

  /** Those about a file that somebody reads, the oldest first. Notes of before they had readers are read by the whole team. */
  async notesOf(applicationId: Types.ObjectId, readerId: Types.ObjectId): Promise<ApplicationNoteRow[]> {
    const theirs = { $or: [{ readers: readerId }, { readers: { $exists: false } }] };
    return await this.notes
      .find({ applicationId, ...theirs })
      .sort({ at: 1 })
      .limit(MOST_NOTES)
      .lean<ApplicationNoteRow[]>();
  }

  /** Counts a note of a file; false where there are as many as there may be. */
  async countNote(applicationId: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.files.updateOne(
      { _id: applicationId, number: { $exists: true }, notes: { $not: { $gte: MOST_NOTES } } },
      { $inc: { notes: 1 } },
      { session },
    );
    return modifiedCount === 1;
  }

  async insertNote(row: ApplicationNoteRow, session: ClientSession): Promise<void> {
    await this.notes.insertMany([row], { session });
  }

  /** Deletes a note of somebody's own; false where there is none. */
  async deleteNote(
    { applicationId, _id, byId }: Pick<ApplicationNoteRow, 'applicationId' | '_id' | 'byId'>,
    session: ClientSession,
  ): Promise<boolean> {
    const { deletedCount } = await this.notes.deleteOne({ _id, applicationId, byId }, { session });
    if (deletedCount === 0) return false;
    await this.files.updateOne({ _id: applicationId }, { $inc: { notes: -1 } }, { session });
    return true;
  }

  async forgetNotes(applicationId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.notes.deleteMany({ applicationId }, { session });
  }
}
