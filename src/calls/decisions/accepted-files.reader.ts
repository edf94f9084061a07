import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import type { Answers } from '../../contracts/calls/answers.js';
import type { CallKind } from '../../contracts/calls/calls.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { Locale } from '../../contracts/primitives.js';
import { toId } from '../../infra/mongo/ids.js';
import type { Shown } from '../applications/applicant-tokens.js';
import type { ApplicationRow, SubmittedRow } from '../applications/application.schema.js';
import { CallsRepository } from '../calls.repository.js';
import { isSent } from './deciding.js';

/**
 * What was handed in and accepted, for what comes of it. `known` is what it says under the known keys of its form, `answers` those that were asked for. `fields` is the form in which it
 * was handed in, where its long answers were.
 */
export interface AcceptedFile {
  id: Types.ObjectId;
  callId: Types.ObjectId;
  cohortId: Types.ObjectId;
  number: string;
  email: string;
  locale: Locale;
  timeZone: string;
  submittedAt: Date;
  known: SubmittedRow['known'];
  answers: Answers;
  fields: readonly FormField[];
}

/** Which answers are read: those under some keys, and those to long questions. A file is long, and a cohort has many. */
export interface WantedAnswers {
  keys?: readonly string[];
  long?: boolean;
}

type Row = Pick<
  ApplicationRow,
  | '_id'
  | 'callId'
  | 'cohortId'
  | 'numberText'
  | 'email'
  | 'locale'
  | 'timeZone'
  | 'version'
  | 'state'
  | 'decision'
  | 'key'
> & { submitted: (Pick<SubmittedRow, 'at' | 'known'> & Partial<Pick<SubmittedRow, 'answers'>>) | null };

const read = {
  ...{ callId: 1, cohortId: 1, numberText: 1, number: 1, email: 1, locale: 1, timeZone: 1, version: 1 },
  ...{ 'submitted.at': 1, 'submitted.known': 1, state: 1, decision: 1, key: 1 },
} as const;

const ACCEPTED = { state: 'submitted' as const, 'decision.kind': 'accepted' as const };

/** Reads who is accepted, from when they know it: the letter of the decision is due. Who takes their file back, or loses their place, is not any more. */
@Injectable()
export class AcceptedFiles {
  constructor(
    @InjectModel('Application') private readonly rows: Model<ApplicationRow>,
    private readonly calls: CallsRepository,
    private readonly clock: Clock,
  ) {}

  /** Those of all calls of a kind that a cohort has, by call and number. */
  async ofCohort(
    cohortId: Types.ObjectId,
    kind: CallKind,
    { keys = [], long = false }: WantedAnswers = {},
  ): Promise<AcceptedFile[]> {
    const calls = (await this.calls.ofCohort(cohortId)).filter((call) => call.kind === kind);
    if (calls.length === 0) return [];
    const callIds = calls.map(({ _id }) => _id);
    const forms = long ? (await Promise.all(callIds.map((callId) => this.calls.formsOf(callId)))).flat() : [];
    const longKeys = forms.flatMap(({ fields }) => fields.flatMap((one) => (one.kind === 'long' ? [one.key] : [])));
    const answers = [...new Set([...keys, ...longKeys])].map((key) => [`submitted.answers.${key}`, 1] as const);
    const rows = await this.rows
      .find({ callId: { $in: callIds }, ...ACCEPTED }, { ...read, ...Object.fromEntries(answers) })
      .sort({ callId: 1, number: 1 })
      .lean<Row[]>();
    const fieldsOf = new Map(forms.map((form) => [`${String(form.callId)} ${form.version}`, form.fields]));
    return rows
      .filter((row) => this.isAccepted(row))
      .map((row) => acceptedOf(row, fieldsOf.get(`${String(row.callId)} ${row.version}`) ?? []));
  }

  /** One, with the key of its link; null where it is not accepted. */
  async one(id: Types.ObjectId): Promise<(AcceptedFile & Pick<ApplicationRow, 'key'>) | null> {
    const row = await this.rows.findById(id, read).lean<Row>();
    return row && this.isAccepted(row) ? { ...acceptedOf(row, []), key: row.key } : null;
  }

  /** Which of these are accepted. */
  async among(ids: readonly Types.ObjectId[]): Promise<ReadonlySet<string>> {
    const rows = await this.rows.find({ _id: { $in: ids }, ...ACCEPTED }, { state: 1, decision: 1 }).lean<Row[]>();
    return new Set(rows.filter((row) => this.isAccepted(row)).map(({ _id }) => String(_id)));
  }

  /** The file that a bearer opens, where it was handed in to a call of this kind and is accepted; else null. */
  async shown({ applicationId, key }: Shown, kind: CallKind): Promise<AcceptedFile | null> {
    const id = toId(applicationId);
    const row = id && (await this.rows.findById(id, read).lean<Row>());
    if (!row || row.key !== key || !this.isAccepted(row)) return null;
    const call = await this.calls.byId(row.callId);
    return call?.kind === kind ? acceptedOf(row, []) : null;
  }

  /** Those of these that are accepted, taken for this transaction: who withdraws one of them, or loses its place, comes before or after. */
  async hold(ids: readonly Types.ObjectId[], session: ClientSession): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const accepted = { _id: { $in: ids }, ...ACCEPTED };
    await this.rows.updateMany(accepted, { $inc: { held: 1 } }, { session });
    const rows = await this.rows.find(accepted, { _id: 1 }, { session }).lean<Pick<ApplicationRow, '_id'>[]>();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  private isAccepted({ state, decision }: Pick<Row, 'state' | 'decision'>): boolean {
    return state === 'submitted' && decision?.kind === 'accepted' && isSent(decision, this.clock.now());
  }
}

function acceptedOf(row: Row, fields: readonly FormField[]): AcceptedFile {
  const { _id: id, callId, cohortId, numberText = '', email, locale, timeZone, submitted } = row;
  return {
    ...{ id, callId, cohortId, number: numberText, email, locale, timeZone, fields },
    ...{ known: submitted?.known ?? {}, answers: submitted?.answers ?? {} },
    submittedAt: submitted?.at ?? id.getTimestamp(),
  };
}
