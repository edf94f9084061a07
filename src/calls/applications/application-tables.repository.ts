import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, Types } from 'mongoose';
import type { ApplicationRow, DecisionRow } from './application.schema.js';

/** What staff ask for of the files of a call. `words` (letters and digits alone): all of them begin a word of its name, number or address. */
export interface TableFilter {
  callId: Types.ObjectId;
  state?: 'submitted' | 'withdrawn' | 'waiting' | undefined;
  craft?: string | undefined;
  decision?: DecisionRow['kind'] | 'none' | undefined;
  words: readonly string[];
}

/** In which order, and after which place. */
export interface TablePlace {
  sort: 'number' | 'name' | 'submitted';
  after: readonly (string | number)[] | null;
}

/** A file in a table. */
export type TableRow = Pick<
  ApplicationRow,
  '_id' | 'state' | 'number' | 'numberText' | 'nameKey' | 'email' | 'version' | 'waitsSince' | 'decision'
> & { submitted: Omit<NonNullable<ApplicationRow['submitted']>, 'answers'> };

const columns = {
  ...{ state: 1, number: 1, numberText: 1, nameKey: 1, email: 1, version: 1, waitsSince: 1, decision: 1 },
  ...{ 'submitted.at': 1, 'submitted.known': 1, 'submitted.times': 1, 'submitted.revision': 1 },
} as const;

const ORDERS = {
  number: { number: 1 },
  name: { nameKey: 1, number: 1 },
  submitted: { 'submitted.at': -1, number: 1 },
} as const;

/** Reads files that were handed in, as staff see them. Drafts are never found here: nobody reads them. */
@Injectable()
export class ApplicationTablesRepository {
  constructor(@InjectModel('Application') private readonly rows: Model<ApplicationRow>) {}

  async page(filter: TableFilter, { sort, after }: TablePlace, limit: number): Promise<TableRow[]> {
    const place = after ? afterPlace(sort, after) : {};
    return await this.rows
      .find({ $and: [filterOf(filter), place] }, columns)
      .sort(ORDERS[sort])
      .limit(limit)
      .lean<TableRow[]>();
  }

  async count(filter: TableFilter): Promise<number> {
    return await this.rows.countDocuments(filterOf(filter));
  }

  /** How many of those that stand are decided how. */
  async countDecisions(callId: Types.ObjectId): Promise<Record<DecisionRow['kind'] | 'none', number>> {
    const counted = await this.rows.aggregate<{ _id: DecisionRow['kind'] | null; n: number }>([
      { $match: { callId, state: 'submitted' } },
      { $group: { _id: '$decision.kind', n: { $sum: 1 } } },
    ]);
    const of = (kind: DecisionRow['kind'] | null) => counted.find(({ _id }) => _id === kind)?.n ?? 0;
    return { none: of(null), accepted: of('accepted'), waiting: of('waiting'), declined: of('declined') };
  }

  /** One of a call that was handed in, with its answers. */
  async one(callId: Types.ObjectId, id: Types.ObjectId): Promise<ApplicationRow | null> {
    return await this.rows
      .findOne({ _id: id, callId, number: { $exists: true } }, { words: 0, answers: 0, revisions: 0 })
      .lean<ApplicationRow>();
  }

  /** Those of a call with what was handed in, by their number. */
  async whole(callId: Types.ObjectId, after: number, limit: number): Promise<ApplicationRow[]> {
    return await this.rows
      .find({ callId, number: { $gt: after } }, { words: 0, answers: 0, revisions: 0 })
      .sort({ number: 1 })
      .limit(limit)
      .lean<ApplicationRow[]>();
  }
}

function filterOf({ callId, state, craft, decision, words }: TableFilter): QueryFilter<ApplicationRow> {
  return {
    ...{ callId, number: { $exists: true } },
    ...(state === 'waiting' ? { waitsSince: { $exists: true } } : state && { state }),
    ...(craft !== undefined && { 'submitted.known.craft': craft }),
    ...(decision === 'none' && { state: 'submitted' as const, 'decision.kind': { $exists: false } }),
    ...(decision && decision !== 'none' && { 'decision.kind': decision }),
    ...(words.length > 0 && { $and: words.map((word) => ({ words: new RegExp(`^${word}`) })) }),
  };
}

function afterPlace(
  sort: TablePlace['sort'],
  [first, second]: readonly (string | number)[],
): QueryFilter<ApplicationRow> {
  if (sort === 'number') return { number: { $gt: Number(first) } };
  const [path, value, beyond] =
    sort === 'name'
      ? (['nameKey', String(first), '$gt'] as const)
      : (['submitted.at', new Date(Number(first)), '$lt'] as const);
  return { $or: [{ [path]: { [beyond]: value } }, { [path]: value, number: { $gt: Number(second) } }] };
}
