import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Answers } from '../../contracts/calls/answers.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { newId } from '../../infra/mongo/ids.js';
import type { ApplicationRow, RowState, SubmittedRow } from './application.schema.js';

/** Files by where they stand, of calls by their id. */
export type StateCounts = ReadonlyMap<string, Partial<Record<'drafts' | 'submitted' | 'withdrawn', number>>>;

/** What a file begins with. */
export type NewApplication = Pick<
  ApplicationRow,
  'callId' | 'cohortId' | 'email' | 'locale' | 'timeZone' | 'key' | 'version' | 'createdAt' | 'eraseAt'
>;

/** A file as its letters need it. */
export type AddressedRow = Omit<ApplicationRow, 'answers' | 'revisions' | 'words'>;

/** What is decided is kept as it was. */
const UNDECIDED = { decision: { $exists: false } };

const NAME_OF = { draft: 'drafts', submitted: 'submitted', withdrawn: 'withdrawn' } as const;

/** Reads and writes files, as those who apply do. Lists for staff are asked of `ApplicationTablesRepository`. */
@Injectable()
export class ApplicationsRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<ApplicationRow | null> {
    return await this.rows.findById(id, { words: 0 }).session(session).lean<ApplicationRow>();
  }

  /** The file of an address; begun, if there is none. Two at once: one. */
  async begin(fresh: NewApplication): Promise<ApplicationRow> {
    const { callId, email, ...rest } = fresh;
    const empty = { state: 'draft', revision: 0, answers: {}, revisions: {}, openedAt: null, changedAt: null };
    const $setOnInsert = { _id: newId(), ...rest, ...empty, submitted: null, withdrawnAt: null };
    return await againWhenDoubled(async () =>
      this.rows
        .findOneAndUpdate(
          { callId, email },
          { $setOnInsert },
          { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false },
        )
        .lean<ApplicationRow>(),
    );
  }

  /** The file of an address, null where there is none. */
  async ofAddress(callId: Types.ObjectId, email: string): Promise<ApplicationRow | null> {
    return await this.rows.findOne({ callId, email }).lean<ApplicationRow>();
  }

  /** Its link was opened, for the first time: false where it was before. */
  async open(id: Types.ObjectId, at: Date, eraseAt: Date, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, openedAt: null },
      { $set: { openedAt: at, eraseAt } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Writes answers (null takes one away) into what is still as it was seen, not handed in since nor decided; false where it is not. */
  async save(
    { _id, revision, submitted }: Pick<ApplicationRow, '_id' | 'revision' | 'submitted'>,
    answers: Readonly<Record<string, Answers[string] | null>>,
    at: Date,
    session?: ClientSession,
  ): Promise<boolean> {
    const $set: Record<string, unknown> = { changedAt: at, revision: revision + 1 };
    const $unset: Record<string, ''> = {};
    for (const [key, answer] of Object.entries(answers)) {
      $set[`revisions.${key}`] = revision + 1;
      if (answer === null) $unset[`answers.${key}`] = '';
      else $set[`answers.${key}`] = answer;
    }
    const change = { $set, ...(Object.keys($unset).length > 0 && { $unset }) };
    const seen = { _id, revision, 'submitted.times': submitted?.times ?? { $exists: false }, ...UNDECIDED };
    const { modifiedCount } = await this.rows.updateOne(seen, change, { ...(session && { session }) });
    return modifiedCount === 1;
  }

  /** What was shown in a revision is handed in; false where it is another by now, or was handed in as it stands. */
  async submit(
    { _id, revision }: Pick<ApplicationRow, '_id' | 'revision'>,
    handed: {
      submitted: SubmittedRow;
      number: number;
      numberText: string;
      nameKey: string;
      words: string[];
      eraseAt: Date;
    },
    session: ClientSession,
  ): Promise<boolean> {
    const isNew = { $or: [{ 'submitted.revision': { $ne: revision } }, { state: { $ne: 'submitted' as const } }] };
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision, ...isNew, ...UNDECIDED },
      { $set: { ...handed, state: 'submitted', withdrawnAt: null } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Takes it back; false where it was before. */
  async withdraw(id: Types.ObjectId, at: Date, eraseAt: Date, session: ClientSession): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, state: { $ne: 'withdrawn' } },
      { $set: { state: 'withdrawn', withdrawnAt: at, eraseAt } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Counts a message about a file, `waitsSince` it waits for an answer (null: it is one); false where there are as many as there may be. */
  async countMessage(
    id: Types.ObjectId,
    waitsSince: Date | null,
    most: number,
    session: ClientSession,
  ): Promise<boolean> {
    const waits = waitsSince ? { $set: { waitsSince } } : { $unset: { waitsSince: '' as const } };
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, number: { $exists: true }, messages: { $not: { $gte: most } } },
      { $inc: { messages: 1 }, ...waits },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Nobody waits for an answer about it. */
  async settle(id: Types.ObjectId): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $unset: { waitsSince: '' } });
  }

  /** Drafts of a call whose link was opened, by their id. */
  async drafts(callId: Types.ObjectId, after: Types.ObjectId | null, limit: number): Promise<Types.ObjectId[]> {
    const found = await this.rows
      .find({ callId, state: 'draft', openedAt: { $ne: null }, ...(after && { _id: { $gt: after } }) }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return found.map(({ _id }) => _id);
  }

  /** How many files stand where. Those whose link nobody opened are none yet. */
  async countStates(callIds: readonly Types.ObjectId[]): Promise<StateCounts> {
    const counted = await this.rows.aggregate<{ _id: { callId: Types.ObjectId; state: RowState }; n: number }>([
      { $match: { callId: { $in: callIds }, openedAt: { $ne: null } } },
      { $group: { _id: { callId: '$callId', state: '$state' }, n: { $sum: 1 } } },
    ]);
    const counts = new Map<string, Partial<Record<'drafts' | 'submitted' | 'withdrawn', number>>>();
    for (const { _id, n } of counted) {
      const of = counts.get(String(_id.callId)) ?? {};
      counts.set(String(_id.callId), { ...of, [NAME_OF[_id.state]]: n });
    }
    return counts;
  }

  /** Those whose time is over, the oldest first. */
  async due(
    now: Date,
    limit: number,
  ): Promise<
    Pick<
      ApplicationRow,
      '_id' | 'callId' | 'state' | 'openedAt' | 'createdAt' | 'withdrawnAt' | 'decision' | 'eraseAt'
    >[]
  > {
    return await this.rows
      .find(
        { eraseAt: { $lte: now } },
        { callId: 1, state: 1, openedAt: 1, createdAt: 1, withdrawnAt: 1, decision: 1, eraseAt: 1 },
      )
      .sort({ eraseAt: 1 })
      .limit(limit)
      .lean();
  }

  /** Its time is another than it says. */
  async postpone(id: Types.ObjectId, was: Date, eraseAt: Date): Promise<void> {
    await this.rows.updateOne({ _id: id, eraseAt: was }, { $set: { eraseAt } });
  }

  /** Erases one that is still due as it was seen, and returns it; null where it is not. */
  async erase(
    { _id, eraseAt, state }: Pick<ApplicationRow, '_id' | 'eraseAt' | 'state'>,
    session: ClientSession,
  ): Promise<ApplicationRow | null> {
    return await this.rows.findOneAndDelete({ _id, eraseAt, state }, { session }).lean<ApplicationRow>();
  }
}
