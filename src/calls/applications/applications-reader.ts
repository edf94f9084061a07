import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { toId } from '../../infra/mongo/ids.js';
import type { CallFormRow } from '../call.schema.js';
import { CallsRepository } from '../calls.repository.js';
import type { Shown } from './applicant-tokens.js';
import type { ApplicationRow, SubmittedRow } from './application.schema.js';

/** A file that was handed in and was not taken back, as those who choose among files list it. */
export type HandedInRow = Pick<
  ApplicationRow,
  '_id' | 'callId' | 'email' | 'number' | 'numberText' | 'decision' | 'decidedBefore'
> & { submitted: Pick<SubmittedRow, 'known'> };

/** The same, with what was answered and the form in which it was asked. */
export interface HandedInFile {
  file: Pick<ApplicationRow, '_id' | 'callId' | 'cohortId' | 'email' | 'numberText'> & { submitted: SubmittedRow };
  form: Pick<CallFormRow, 'version' | 'fields'>;
}

/** One that was handed in, with where its letters go and the key of its link. */
export type AddressedFile = HandedInRow & Pick<ApplicationRow, 'cohortId' | 'locale' | 'timeZone' | 'key'>;

/** What staff call a file by: the project that is proposed, or who applies. */
export const nameOf = ({ submitted: { known } }: HandedInRow): string => known.title ?? known.name ?? '';

const listed = {
  ...{ callId: 1, email: 1, number: 1, numberText: 1, decision: 1, decidedBefore: 1, 'submitted.known': 1 },
} as const;
const addressed = { ...listed, cohortId: 1, locale: 1, timeZone: 1, key: 1 } as const;

/** What was handed in to calls, for the rooms that choose among it. What is a draft, or was taken back, is never found. */
@Injectable()
export class ApplicationsReader {
  constructor(
    @InjectModel('Application') private readonly rows: Model<ApplicationRow>,
    private readonly calls: CallsRepository,
  ) {}

  /** All of a call, by their number. */
  async ofCall(callId: Types.ObjectId): Promise<HandedInRow[]> {
    return await this.rows.find({ callId, state: 'submitted' }, listed).sort({ number: 1 }).lean<HandedInRow[]>();
  }

  /** Some, by their id, in no order. */
  async some(ids: readonly Types.ObjectId[]): Promise<HandedInRow[]> {
    if (ids.length === 0) return [];
    return await this.rows.find({ _id: { $in: ids }, state: 'submitted' }, listed).lean<HandedInRow[]>();
  }

  /** One, with where its letters go; null where there is none. */
  async addressed(id: Types.ObjectId, session: ClientSession | null = null): Promise<AddressedFile | null> {
    return await this.rows.findOne({ _id: id, state: 'submitted' }, addressed).session(session).lean<AddressedFile>();
  }

  /** One whatever became of it, by its number alone: who had planned with it hears that it was taken back, and nothing of what was in it. `judged`: whose it was, to be asked who has an interest in it. */
  async numbered(id: Types.ObjectId): Promise<{ file: AddressedFile; judged: HandedInRow } | null> {
    const found = await this.rows.findById(id, addressed).lean<AddressedFile>();
    return found && { file: { ...found, email: '', submitted: { known: {} } }, judged: found };
  }

  /** The files of an address in some calls, by their ids. */
  async ofAddress(callIds: readonly Types.ObjectId[], email: string): Promise<Types.ObjectId[]> {
    if (callIds.length === 0) return [];
    const files = await this.rows
      .find({ callId: { $in: callIds }, email, state: 'submitted' }, { _id: 1 })
      .lean<Pick<ApplicationRow, '_id'>[]>();
    return files.map(({ _id }) => _id);
  }

  /** The one that a bearer opens; null where it is not handed in. */
  async shown({ applicationId, key }: Shown): Promise<AddressedFile | null> {
    const id = toId(applicationId);
    const file = id && (await this.addressed(id));
    return file && file.key === key ? file : null;
  }

  /** How many of a call there are. */
  async count(callId: Types.ObjectId): Promise<number> {
    return await this.rows.countDocuments({ callId, state: 'submitted' });
  }

  /** One, with all that was answered; null where there is none. */
  async whole(id: Types.ObjectId): Promise<HandedInFile | null> {
    const file = await this.rows
      .findOne(
        { _id: id, state: 'submitted' },
        { callId: 1, cohortId: 1, email: 1, numberText: 1, version: 1, submitted: 1 },
      )
      .lean<HandedInFile['file'] & Pick<ApplicationRow, 'version'>>();
    const form = file && (await this.calls.form(file.callId, file.version));
    return file && form ? { file, form } : null;
  }
}
