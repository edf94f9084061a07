import { AsyncLocalStorage } from 'node:async_hooks';
import type { Server, ServerResponse } from 'node:http';
import type { Connection } from 'mongoose';

/** One kind of query as a test made it: where, what was asked, in which order. */
export interface RecordedQuery {
  collection: string;
  kind: 'find' | 'update' | 'delete' | 'aggregate';
  filter: Record<string, unknown>;
  sort: Record<string, number>;
}

type Keys = Record<string, number>;

/** Small by nature, whatever the size of the installation: scanning them is right. */
const SMALL = new Set(['leases', 'migrations']);
/** Asked in full by intent, with a limit, in the order of `_id`. */
const ordersById = (sort: Record<string, number>) => Object.keys(sort).length === 0 || Object.keys(sort)[0] === '_id';

/** Records the distinct queries of a connection, so that each can be held against the indexes. */
export function recordQueries(db: Connection): ReadonlyMap<string, RecordedQuery> {
  const seen = new Map<string, RecordedQuery>();
  db.getClient().on(
    'commandStarted',
    ({ databaseName, command }: { databaseName: string; command: Record<string, any> }) => {
      if (databaseName !== db.name) return;
      for (const query of queriesOf(command)) seen.set(shapeOf(query), query);
    },
  );
  return seen;
}

/** The request that what runs now was begun by. */
const requests = new AsyncLocalStorage<{ isAnswered: boolean }>();
/** Who tells what is done for requests from all else. */
const watchers = new Set<symbol>();

/** From now on all that a server does for a request until it is answered can be known as such, while somebody watches. */
export function followRequests(server: Server): void {
  server.prependListener('request', (_request, answer: ServerResponse) => {
    if (watchers.size === 0) return;
    const request = { isAnswered: false };
    answer.once('close', () => (request.isAnswered = true));
    requests.enterWith(request);
  });
}

/** From now on, until the answer is called, {@link isInRequest} says what it says. While nobody watches nothing is followed: it costs Node a tenth of its time. */
export function watchRequests(): () => void {
  const watcher = Symbol('watcher');
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) requests.disable();
  };
}

/** Whether what runs now is done for a request that is not answered yet. */
export const isInRequest = () => requests.getStore()?.isAnswered === false;

/**
 * How many more there may be by chance: finds that are asked for in one turn of the loop go together as one, and on a busy machine there
 * are more turns. With one for each row there would be more than that.
 */
export const BY_CHANCE = 3;

/**
 * Counts the finds and aggregates that requests ask of a connection until the answer is called, which says how many they were. What
 * workers ask meanwhile is left out. With `of` only those of these collections count.
 */
export function countQueries(db: Connection, of?: readonly string[]): () => number {
  let queries = 0;
  const unwatch = watchRequests();
  const count = ({ databaseName, command }: { databaseName: string; command: Record<string, any> }) => {
    const asked = command.find ?? command.aggregate;
    const isCounted = isInRequest() && databaseName === db.name;
    if (isCounted && asked && (of?.includes(asked) ?? true)) queries += 1;
  };
  db.getClient().on('commandStarted', count);
  return () => {
    db.getClient().off('commandStarted', count);
    unwatch();
    return queries;
  };
}

/** What a driver says to keep its lines and sessions, not to ask for anything. */
const TALK = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'endSessions', 'killSessions', 'killCursors']);

/** What each process asks every two seconds, whatever happens: who lost a login, or a place. */
const WATCH = new Set(['find logins', 'find memberships']);

/** All commands of a connection until the answer is called, which says them in their order, as `find users`: of requests, of what follows, and of whatever else runs. */
export function followCommands(db: Connection): () => string[] {
  const commands: string[] = [];
  const note = ({ commandName, command }: { commandName: string; command: Record<string, any> }) => {
    const name = `${commandName} ${String(command[commandName])}`;
    if (!TALK.has(commandName) && !WATCH.has(name)) commands.push(name);
  };
  db.getClient().on('commandStarted', note);
  return () => {
    db.getClient().off('commandStarted', note);
    return commands;
  };
}

function queriesOf(command: Record<string, any>): RecordedQuery[] {
  if (command.find)
    return [{ collection: command.find, kind: 'find', filter: command.filter ?? {}, sort: command.sort ?? {} }];
  if (command.findAndModify)
    return [
      { collection: command.findAndModify, kind: 'update', filter: command.query ?? {}, sort: command.sort ?? {} },
    ];
  if (command.update)
    return command.updates.map((one: any) => ({ collection: command.update, kind: 'update', filter: one.q, sort: {} }));
  if (command.delete)
    return command.deletes.map((one: any) => ({ collection: command.delete, kind: 'delete', filter: one.q, sort: {} }));
  if (typeof command.aggregate === 'string') {
    const stages = command.pipeline as Record<string, any>[];
    const unions = stages.flatMap(({ $unionWith: union }) => (union ? [aggregated(union.coll, union.pipeline)] : []));
    return [aggregated(command.aggregate, stages), ...unions];
  }
  return [];
}

const aggregated = (collection: string, [first, second]: Record<string, any>[]): RecordedQuery => ({
  ...{ collection, kind: 'aggregate', filter: first?.$match ?? {}, sort: second?.$sort ?? {} },
});

const operatorsOf = (value: unknown): string =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
    ? Object.keys(value).sort().join()
    : '=';

const shapeOf = ({ collection, kind, filter, sort }: RecordedQuery) =>
  JSON.stringify([collection, kind, Object.entries(filter).map(([key, value]) => [key, operatorsOf(value)]), sort]);

/**
 * Why a query is not served by an index; null when it is. The rule of B-tree indexes: some index must begin with a field of the filter
 * (not negated), and an order must either be small by equality on a unique key or follow that index.
 */
export function unserved(query: RecordedQuery, indexes: readonly Keys[]): string | null {
  if (SMALL.has(query.collection)) return null;
  const selective = new Map(Object.entries(flatten(query.filter)).filter(([, value]) => isSelective(value)));
  if (selective.has('_id')) return null;
  if (selective.size === 0 && Object.keys(query.filter).length === 0 && query.kind === 'find' && ordersById(query.sort))
    return null;
  // Alternatives are served when an index serves each of them.
  const alternatives = query.filter.$or as Record<string, unknown>[] | undefined;
  if (alternatives?.every((filter) => unserved({ ...query, filter, sort: {} }, indexes) === null)) return null;
  const serving = indexes.filter((keys) => selective.has(Object.keys(keys)[0] ?? ''));
  if (serving.length === 0) return `no index begins with one of: ${[...selective.keys()].join(', ') || '(nothing)'}`;
  if (Object.keys(query.sort).length === 0) return null;
  return serving.some((keys) => ordered(keys, selective, query.sort))
    ? null
    : `no index gives the order ${JSON.stringify(query.sort)}`;
}

function flatten(filter: Record<string, unknown>): Record<string, unknown> {
  const parts = (filter.$and as Record<string, unknown>[] | undefined) ?? [];
  return Object.assign({}, filter, ...parts.map(flatten)) as Record<string, unknown>;
}

function isSelective(value: unknown): boolean {
  const operators = operatorsOf(value);
  return operators === '=' ? true : /\$(eq|in|gt|gte|lt|lte|regex|all|elemMatch|exists|type)/.test(operators);
}

/** Equality fields may be skipped in an index; what follows them must be the order asked for, all in one direction. */
function ordered(keys: Keys, filter: Map<string, unknown>, sort: Record<string, number>): boolean {
  const isEquality = (field: string) => filter.has(field) && operatorsOf(filter.get(field)) === '=';
  const wanted = Object.entries(sort).filter(([field]) => !isEquality(field));
  const rest = Object.entries(keys).filter(([field]) => !isEquality(field));
  const turn = (rest[0]?.[1] ?? 1) === (wanted[0]?.[1] ?? 1) ? 1 : -1;
  return wanted.every(([field, direction], at) => rest[at]?.[0] === field && rest[at][1] === direction * turn);
}

/** Throws with all queries that no index serves. By the index definitions, so that it holds on every engine. */
export async function checkQueries(db: Connection, queries: readonly RecordedQuery[]): Promise<void> {
  const problems: string[] = [];
  for (const collection of new Set(queries.map((query) => query.collection))) {
    const indexes = await db
      .collection(collection)
      .indexes()
      .catch(() => []);
    const keys = indexes.map((index) => index.key as Keys);
    for (const query of queries.filter((one) => one.collection === collection)) {
      const reason = unserved(query, keys);
      if (reason) problems.push(`${collection}.${query.kind} ${JSON.stringify(query.filter).slice(0, 300)}: ${reason}`);
    }
  }
  if (problems.length > 0) throw new Error(`Queries without an index:\n${problems.join('\n')}`);
}
