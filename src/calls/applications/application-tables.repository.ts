import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter, Types } from 'mongoose';
import { addressesOf } from '../../common/texts/mailbox.js';
import type { ApplicationPage, ApplicationsQuery } from '../../contracts/calls/applications.js';
import type { StandingKind } from '../../contracts/calls/decisions.js';
import type { PlaceState } from '../../contracts/calls/places.js';
import type { ApplicationRow } from './application.schema.js';

/** What staff ask for of the files of a call. `words` (letters and digits alone): all of them begin a word of its name, number or address. */
export interface TableFilter {
  callId: Types.ObjectId;
  state?: ApplicationsQuery['state'];
  craft?: string | undefined;
  decision?: ApplicationsQuery['decision'];
  tag?: string | undefined;
  /** These are not found. */
  without?: readonly Types.ObjectId[] | undefined;
  /** What else they have. */
  also?: QueryFilter<ApplicationRow> | undefined;
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
  | '_id'
  | 'state'
  | 'number'
  | 'numberText'
  | 'nameKey'
  | 'email'
  | 'version'
  | 'waitsSince'
  | 'decision'
  | 'decidedBefore'
  | 'asked'
  | 'lettersFailed'
  | 'refusedAt'
  | 'tags'
> & { submitted: Omit<NonNullable<ApplicationRow['submitted']>, 'answers'> };

/** A file of who asks. */
export type OwnRow = Pick<ApplicationRow, '_id' | 'email' | 'state' | 'numberText' | 'decision'>;

const columns = {
  ...{ state: 1, number: 1, numberText: 1, nameKey: 1, email: 1, version: 1, waitsSince: 1, decision: 1 },
  ...{ decidedBefore: 1, asked: 1, lettersFailed: 1, refusedAt: 1, tags: 1 },
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

  /** Those of a call that came from some mailboxes. */
  async ofMailboxes(callId: Types.ObjectId, mailboxes: readonly string[]): Promise<OwnRow[]> {
    const rows = await this.rows
      .find(
        { callId, email: { $in: mailboxes.map(addressesOf) } },
        { email: 1, state: 1, number: 1, numberText: 1, decision: 1 },
      )
      .lean<(OwnRow & Pick<ApplicationRow, 'number'>)[]>();
    // Asked for the number as well, the index of numbers might be taken, which holds the whole call.
    return rows.filter(({ number }) => number !== undefined);
  }

  /** How many of those that stand are decided how. */
  async countDecisions(
    callId: Types.ObjectId,
    without: readonly Types.ObjectId[],
  ): Promise<ApplicationPage['decisions']> {
    const counted = await this.rows.aggregate<{ _id: { kind?: StandingKind; place?: PlaceState }; n: number }>([
      { $match: { callId, state: 'submitted', ...otherThan(without) } },
      { $group: { _id: { kind: '$decision.kind', place: '$decision.place.state' }, n: { $sum: 1 } } },
    ]);
    const sum = (which: (one: { kind?: StandingKind; place?: PlaceState }) => boolean) =>
      counted.filter(({ _id }) => which(_id)).reduce((all, { n }) => all + n, 0);
    const of = (kind: StandingKind) => sum((one) => one.kind === kind);
    return {
      ...{ none: sum(({ kind }) => !kind), accepted: of('accepted'), waiting: of('waiting'), declined: of('declined') },
      ...{
        lapsed: of('lapsed'),
        open: sum(({ place }) => place === 'open'),
        taken: sum(({ place }) => place === 'taken'),
      },
    };
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

/** A filter that names none of these. */
export const otherThan = (ids: readonly Types.ObjectId[]): { _id?: { $nin: Types.ObjectId[] } } =>
  ids.length > 0 ? { _id: { $nin: [...ids] } } : {};

function filterOf({
  callId,
  state,
  craft,
  decision,
  tag,
  without = [],
  also,
  words,
}: TableFilter): QueryFilter<ApplicationRow> {
  const all = [...(also ? [also] : []), ...words.map((word) => ({ words: new RegExp(`^${word}`) }))];
  return {
    ...{ callId, number: { $exists: true }, ...otherThan(without) },
    ...(state && filterOfState(state)),
    ...(craft !== undefined && { 'submitted.known.craft': craft }),
    ...(decision && filterOfDecision(decision)),
    ...(tag !== undefined && { tags: tag }),
    ...(all.length > 0 && { $and: all }),
  };
}

function filterOfState(state: NonNullable<TableFilter['state']>): QueryFilter<ApplicationRow> {
  if (state === 'waiting') return { waitsSince: { $exists: true } };
  if (state === 'asked')
    return { 'asked.at': { $exists: true }, state: 'submitted', 'decision.kind': { $exists: false } };
  return { state };
}

function filterOfDecision(decision: NonNullable<TableFilter['decision']>): QueryFilter<ApplicationRow> {
  if (decision === 'none') return { state: 'submitted', 'decision.kind': { $exists: false } };
  if (decision === 'open' || decision === 'taken') return { state: 'submitted', 'decision.place.state': decision };
  return { 'decision.kind': decision };
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
