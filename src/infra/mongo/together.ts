import type { Connection, mongo } from 'mongoose';
import { NUMBER_AT, RawRows } from './raw-rows.js';

/** One find among others: which rows of a collection, what of them, and in which order (that of the index where none is named). Nothing in it is cast: ids are ids, instants are dates. */
export interface Ask<Row> {
  collection: string;
  filter: Record<string, unknown>;
  projection?: Record<string, unknown>;
  sort?: Record<string, 1 | -1> | ReadonlyMap<string, 1 | -1>;
  limit?: number;
  /** Never set: names the type of what is found. */
  readonly row?: Row;
}

/** A lean query of mongoose, as far as it is asked here. */
interface LeanQuery<Result> {
  model: { collection: { name: string }; db: Connection };
  exec: () => Promise<Result>;
  cast: () => unknown;
  projection: () => unknown;
  getOptions: () => { sort?: unknown; limit?: number };
}

interface Waiting {
  ask: Ask<unknown>;
  resolve: (rows: RawRows<unknown>) => void;
  reject: (error: unknown) => void;
}

/** One that is slow holds up no more than these. */
const MOST = 12;
/** So that the answer comes as one. */
const AT_ONCE = 5000;

const waiting = new WeakMap<Connection, Waiting[]>();

/**
 * Asks a find along with all others that are asked for in the same turn of the event loop, of whichever collections and by whomever, as one command: a command costs the
 * process more than the rows that it brings, sending, waiting and receiving each time. For what is served by an index; not in a transaction, in which one asks one thing
 * after the other.
 */
export async function askTogether<Row>(db: Connection, ask: Ask<Row>): Promise<RawRows<Row>> {
  if (isOfNone(ask)) return new RawRows<Row>([]);
  const rows = await new Promise<RawRows<unknown>>((resolve, reject) => {
    const one = { ask, resolve, reject };
    const others = waiting.get(db);
    if (others) others.push(one);
    else {
      waiting.set(db, [one]);
      // Those who gather what they ask for wait for the end of a turn themselves (`BatchPerKey`).
      setImmediate(() => setImmediate(() => flush(db)));
    }
  });
  return rows as RawRows<Row>;
}

/** The same of a lean `find` or `findOne`, which is cast as mongoose would. */
export async function together<Result>(query: LeanQuery<Result>): Promise<Result> {
  const { collection, db } = query.model;
  const isOne = (query as unknown as { op: string }).op === 'findOne';
  const { sort, limit } = query.getOptions();
  const projection = query.projection() as Record<string, unknown> | null;
  const { rows } = await askTogether(db, {
    collection: collection.name,
    filter: query.cast() as Record<string, unknown>,
    ...(projection && Object.keys(projection).length > 0 && { projection }),
    // As the driver writes it.
    ...(sort ? { sort: new Map(Object.entries(sort as Record<string, 1 | -1>)) } : {}),
    ...(isOne ? { limit: 1 } : limit !== undefined && { limit }),
  });
  return (isOne ? (rows[0] ?? null) : rows) as Result;
}

/** What finds one of several that go as one command: its rows say its number. */
export const stagesOf = ({ filter, projection, sort, limit }: Ask<unknown>, number: number) => [
  { $match: filter },
  ...(sort ? [{ $sort: sort }] : []),
  ...(limit === undefined ? [] : [{ $limit: limit }]),
  ...(projection ? [{ $project: projection }] : []),
  { $replaceRoot: { newRoot: { ask: { $literal: number }, row: '$$ROOT' } } },
];

/** The rows of a pipeline as they came. */
export async function rawRows(
  db: Connection,
  collection: string,
  pipeline: mongo.BSON.Document[],
  options: mongo.AggregateOptions = {},
): Promise<Uint8Array[]> {
  return (await db
    .collection(collection)
    .aggregate(pipeline, { raw: true, batchSize: AT_ONCE, ...options })
    .toArray()) as unknown as Uint8Array[];
}

/** Of no ids there are no rows: nobody has to be asked. */
const isOfNone = ({ filter }: Ask<unknown>) =>
  Object.values(filter).some((value) => {
    const ids = value !== null && typeof value === 'object' && '$in' in value ? value.$in : undefined;
    return Array.isArray(ids) && ids.length === 0;
  });

function flush(db: Connection): void {
  const all = waiting.get(db) ?? [];
  waiting.delete(db);
  for (let from = 0; from < all.length; from += MOST) void answer(db, all.slice(from, from + MOST));
}

async function answer(db: Connection, those: readonly Waiting[]): Promise<void> {
  try {
    const answers = await answersTo(
      db,
      those.map(({ ask }) => ask),
    );
    those.forEach(({ resolve }, index) => resolve(new RawRows(answers[index] ?? [])));
  } catch (error) {
    // One that fails takes none of the others with it: each is asked again by itself.
    if (those.length > 1) await Promise.all(those.map((one) => answer(db, [one])));
    else those.forEach(({ reject }) => reject(error));
  }
}

async function answersTo(db: Connection, [first, ...others]: readonly Ask<unknown>[]): Promise<Uint8Array[][]> {
  if (!first) return [];
  const rows = await rawRows(db, first.collection, [
    ...stagesOf(first, 0),
    ...others.map((one, index) => ({ $unionWith: { coll: one.collection, pipeline: stagesOf(one, index + 1) } })),
  ]);
  const answers = [first, ...others].map((): Uint8Array[] => []);
  for (const row of rows) answers[numberOf(row)]?.push(row);
  return answers;
}

const numberOf = (row: Uint8Array) => new DataView(row.buffer, row.byteOffset).getInt32(NUMBER_AT, true);
