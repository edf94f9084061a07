import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { newId } from '../../../infra/mongo/ids.js';
import type { InterviewRow, NoteRow } from '../interview.schema.js';

/** What is written of a note. */
export type NoteChange = Pick<NoteRow, 'text' | 'scores' | 'verdict' | 'changedAt' | 'submittedAt'>;

/** What of a note is counted. */
export type HandedInNote = Pick<NoteRow, 'interviewId' | 'scores' | 'verdict'>;

/** Reads and writes what people of panels note of interviews: one note a person and interview. */
@Injectable()
export class InterviewNotesRepository {
  constructor(@InjectModel('InterviewNote') private readonly rows: Model<NoteRow>) {}

  /** All notes of some interviews, in the order in which they were begun. */
  async of(interviewIds: readonly Types.ObjectId[]): Promise<NoteRow[]> {
    if (interviewIds.length === 0) return [];
    return await this.rows
      .find({ interviewId: { $in: interviewIds } })
      .sort({ _id: 1 })
      .lean<NoteRow[]>();
  }

  /** What was handed in about some interviews, without its words. */
  async handedIn(
    interviewIds: readonly Types.ObjectId[],
    session: ClientSession | null = null,
  ): Promise<HandedInNote[]> {
    if (interviewIds.length === 0) return [];
    return await this.rows
      .find(
        { interviewId: { $in: interviewIds }, submittedAt: { $ne: null } },
        { interviewId: 1, scores: 1, verdict: 1 },
      )
      .session(session)
      .lean<HandedInNote[]>();
  }

  /** How far one person is with their notes of some interviews. */
  async standingsOf(
    interviewIds: readonly Types.ObjectId[],
    authorId: Types.ObjectId,
  ): Promise<Pick<NoteRow, 'interviewId' | 'submittedAt'>[]> {
    if (interviewIds.length === 0) return [];
    return await this.rows
      .find({ interviewId: { $in: interviewIds }, authorId }, { interviewId: 1, submittedAt: 1 })
      .lean<Pick<NoteRow, 'interviewId' | 'submittedAt'>[]>();
  }

  async own(
    interviewId: Types.ObjectId,
    authorId: Types.ObjectId,
    session: ClientSession | null = null,
  ): Promise<NoteRow | null> {
    return await this.rows.findOne({ interviewId, authorId }).session(session).lean<NoteRow>();
  }

  /** Writes into what is still as it was seen (revision 0: not there yet, which is asked before, with its panel held) and not handed in; false where it is not. */
  async write(
    { _id: interviewId, applicationId }: Pick<InterviewRow, '_id' | 'applicationId'>,
    authorId: Types.ObjectId,
    revision: number,
    change: NoteChange,
    session: ClientSession,
  ): Promise<boolean> {
    if (revision > 0) {
      const seen = { interviewId, authorId, revision, submittedAt: null };
      const { modifiedCount } = await this.rows.updateOne(
        seen,
        { $set: { ...change, revision: revision + 1 } },
        { session },
      );
      return modifiedCount === 1;
    }
    const row = { _id: newId(), interviewId, applicationId, authorId, revision: 1, ...change };
    await this.rows.insertMany([row], { session });
    return true;
  }

  /** Those of interviews that are called off, or to which nobody came: none of them is handed in. */
  async forgetBegun(interviewIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    if (interviewIds.length === 0) return;
    await this.rows.deleteMany({ interviewId: { $in: interviewIds }, submittedAt: null }, { session });
  }

  /** Those about a file that is erased. */
  async forget(applicationId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.rows.deleteMany({ applicationId }, { session });
  }
}
