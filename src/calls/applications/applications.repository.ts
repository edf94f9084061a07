import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { Answers } from '../../contracts/calls/answers.js';
import { rowOfUpsert } from '../../infra/mongo/errors.js';
import { newId } from '../../infra/mongo/ids.js';
import type { ApplicationRow, AskedRow, RowState, SubmittedRow } from './application.schema.js';

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

/** What is asked for is that still. Where nothing is, that is no condition. */
const stillAsked = (asked: AskedRow | null | undefined) =>
  asked
    ? {
        'asked.turn': asked.turn,
        'asked.until': asked.until,
        'asked.cameAt': { $exists: false },
        'asked.endedAt': { $exists: false },
      }
    : {};

const NAME_OF = { draft: 'drafts', submitted: 'submitted', withdrawn: 'withdrawn' } as const;

/** Reads and writes files, as those who apply do. Lists for staff are asked of `ApplicationTablesRepository`. */
@Injectable()
export class ApplicationsRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  async byId(id: Types.ObjectId, session: ClientSession | null = null): Promise<ApplicationRow | null> {
    return await this.rows.findById(id, { words: 0 }).session(session).lean<ApplicationRow>();
  }

  /**
   * The file of an address; begun, if there is none. Two at once: one. Of one that nobody opened yet the latest who asked counts, so that each link is good for as long as its letter says. The same
   * work in each case, so that the time it takes says nothing of the address.
   */
  async begin(fresh: NewApplication): Promise<Pick<ApplicationRow, '_id'>> {
    const { callId, email, ...rest } = fresh;
    const { key: _, ...asked } = rest;
    const empty = { state: 'draft', revision: 0, answers: {}, revisions: {}, openedAt: null, changedAt: null };
    const begun = { _id: newId(), ...rest, ...empty, submitted: null, withdrawnAt: null };
    return await rowOfUpsert(async () => {
      await this.rows.bulkWrite([
        { updateOne: { filter: { callId, email, openedAt: null }, update: { $set: asked } } },
        { updateOne: { filter: { callId, email }, update: { $setOnInsert: begun, $inc: { asks: 1 } }, upsert: true } },
      ] as never);
      return await this.ofAddress(callId, email);
    });
  }

  /** Throws E11000 (`applicant`) where there is one of its address. */
  async insert(row: ApplicationRow, session: ClientSession): Promise<void> {
    await this.rows.insertMany([row], { session });
  }

  /** Takes away what was begun for an address and nobody opened, so that it was nobody's yet; null where there is nothing such. */
  async takeUnopened(callId: Types.ObjectId, email: string, session: ClientSession): Promise<Types.ObjectId | null> {
    const unopened = { callId, email, state: 'draft' as const, openedAt: null };
    const found = await this.rows.findOneAndDelete(unopened, { session }).lean<ApplicationRow>();
    return found?._id ?? null;
  }

  /** The file of an address, null where there is none. Its answers are not sent along: a long file would take longer than none. */
  async ofAddress(callId: Types.ObjectId, email: string): Promise<Pick<ApplicationRow, '_id'> | null> {
    return await this.rows.findOne({ callId, email }, { _id: 1 }).lean<Pick<ApplicationRow, '_id'>>();
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

  /** Writes answers (null takes one away) into what is still as it was seen, not handed in since nor decided, and `asked` for them where the call is closed; false where it is not. */
  async save(
    { _id, revision, submitted }: Pick<ApplicationRow, '_id' | 'revision' | 'submitted'>,
    answers: Readonly<Record<string, Answers[string] | null>>,
    at: Date,
    { session, asked }: { session?: ClientSession | undefined; asked?: AskedRow | null } = {},
  ): Promise<boolean> {
    const $set: Record<string, unknown> = { changedAt: at, revision: revision + 1 };
    const $unset: Record<string, ''> = {};
    for (const [key, answer] of Object.entries(answers)) {
      $set[`revisions.${key}`] = revision + 1;
      if (answer === null) $unset[`answers.${key}`] = '';
      else $set[`answers.${key}`] = answer;
    }
    const change = { $set, ...(Object.keys($unset).length > 0 && { $unset }) };
    const seen = {
      _id,
      revision,
      'submitted.times': submitted?.times ?? { $exists: false },
      ...UNDECIDED,
      ...stillAsked(asked),
    };
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
      'asked.cameAt'?: Date;
    },
    asked: AskedRow | null,
    session: ClientSession,
  ): Promise<boolean> {
    const isNew = { $or: [{ 'submitted.revision': { $ne: revision } }, { state: { $ne: 'submitted' as const } }] };
    const { modifiedCount } = await this.rows.updateOne(
      { _id, revision, ...isNew, ...UNDECIDED, ...stillAsked(asked) },
      { $set: { ...handed, state: 'submitted', withdrawnAt: null } },
      { session },
    );
    return modifiedCount === 1;
  }

  /** Takes it back; returns how often it was handed in until then, null where it was taken back before. */
  async withdraw(id: Types.ObjectId, at: Date, eraseAt: Date, session: ClientSession): Promise<number | null> {
    const withdrawn = await this.rows
      .findOneAndUpdate(
        { _id: id, state: { $ne: 'withdrawn' } },
        { $set: { state: 'withdrawn', withdrawnAt: at, eraseAt } },
        { session, projection: { 'submitted.times': 1 } },
      )
      .lean<Pick<ApplicationRow, 'submitted'>>();
    return withdrawn ? (withdrawn.submitted?.times ?? 0) : null;
  }

  /** Counts a message about a file, `waitsSince` it waits for an answer (null: it is one); false where there are as many as there may be. */
  async countMessage(
    id: Types.ObjectId,
    waitsSince: Date | null,
    most: number,
    session: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.rows.updateOne(
      { _id: id, number: { $exists: true }, messages: { $not: { $gte: most } } },
      { $inc: { messages: 1 }, ...(waitsSince && { $set: { waitsSince } }) },
      { session },
    );
    return modifiedCount === 1;
  }

  /** The letter with a decision, or with what is asked for, could not be delivered. */
  async failLetter(id: Types.ObjectId, kind: 'decision' | 'asked', turn: number): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { [`lettersFailed.${kind}`]: turn } });
  }

  /** The mail server of the address refused a letter for good that is about neither. */
  async refused(id: Types.ObjectId, at: Date): Promise<void> {
    await this.rows.updateOne({ _id: id }, { $set: { refusedAt: at } });
  }

  /** A letter went. */
  async reached(id: Types.ObjectId): Promise<void> {
    await this.rows.updateOne({ _id: id, refusedAt: { $exists: true } }, { $unset: { refusedAt: '' } });
  }

  /** Its link was opened: staff who added it cannot take it away any more. */
  async read(id: Types.ObjectId): Promise<void> {
    await this.rows.updateOne({ _id: id, isUnread: true }, { $unset: { isUnread: '' } });
  }

  /** Deletes one that staff added and nobody opened, and returns it; null where it is not such a one. */
  async deleteUnread(id: Types.ObjectId, session: ClientSession): Promise<ApplicationRow | null> {
    return await this.rows.findOneAndDelete({ _id: id, isUnread: true }, { session }).lean<ApplicationRow>();
  }

  /** Whether who applies waits for an answer about it. */
  async waits(id: Types.ObjectId): Promise<boolean> {
    return (await this.rows.exists({ _id: id, waitsSince: { $exists: true } })) !== null;
  }

  /** Nobody waits for an answer to what was written about it until then. */
  async settle(id: Types.ObjectId, until: Date, session?: ClientSession): Promise<void> {
    await this.rows.updateOne(
      { _id: id, waitsSince: { $lte: until } },
      { $unset: { waitsSince: '' } },
      session ? { session } : {},
    );
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
}
