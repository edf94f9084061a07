import { getConnectionToken } from '@nestjs/mongoose';
import { type Connection, mongo } from 'mongoose';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress } from 'node:zlib';
import { daysBetween, plusDays, zonedOf } from '../../../common/times/zoned.js';
import { claimsOf } from '../../../mentoring/scheduling/placing.js';
import type { SessionRow } from '../../../mentoring/sessions/session.schema.js';
import type { Stage } from '../stage.js';
import type { History } from './history.js';

const { EJSON } = mongo.BSON;

/** Where the kept history lies, in the image too. */
export const HISTORY_FILE = join(import.meta.dirname, '../../../../src/cli/demo/history/history.ejson.br');

/** The history as it was made for one Monday: its rows by collection. Compressed extended JSON in {@link HISTORY_FILE}. */
export interface KeptHistory {
  /** 00:00 UTC. */
  monday: Date;
  history: History;
  rows: Record<string, mongo.Document[]>;
}

/** Of the demo's cohorts: what happened at nine happened at nine in another season, too. */
const ZONE = 'Europe/Paris';
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;
const AT_ONCE = 1_000;
/** Rows of the installation, not of the demo. */
const OF_THE_INSTALLATION = new Set(['migrations']);
/** Fields of the moment in which a history is made: a secret that is made anew where it is needed, and when running processes look again. */
const OF_ITS_MAKING: Record<string, string> = { channels: 'callRoom', memberships: 'changedAt' };

/** All rows of a database that holds a history and nothing else. */
export async function takeRows({ db }: Connection): Promise<KeptHistory['rows']> {
  if (!db) throw new Error('the database is not connected');
  const rows: KeptHistory['rows'] = {};
  const names = (await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()).map(
    ({ name }) => name,
  );
  for (const name of names.filter((one) => !OF_THE_INSTALLATION.has(one) && !one.startsWith('system.')).sort()) {
    const field = OF_ITS_MAKING[name];
    const without = field ? { projection: { [field]: 0 } } : {};
    const found = await db
      .collection(name)
      .find({}, { sort: { _id: 1 }, ...without })
      .toArray();
    if (found.length > 0) rows[name] = found;
  }
  return rows;
}

export async function pack(kept: KeptHistory): Promise<Buffer> {
  return await promisify(brotliCompress)(EJSON.stringify(kept, { relaxed: true }));
}

export async function unpack(bytes: Buffer): Promise<KeptHistory> {
  return EJSON.parse(String(await promisify(brotliDecompress)(bytes))) as KeptHistory;
}

/** A history as it would have been for another Monday (00:00 UTC): some whole weeks later or earlier. */
export function movedTo(monday: Date, kept: KeptHistory): KeptHistory {
  const days = daysBetween(kept.monday.toISOString().slice(0, 10), monday.toISOString().slice(0, 10));
  const moved = movedBy(days);
  const rows = Object.entries(kept.rows).map(([name, some]) => [name, some.map(moved) as mongo.Document[]] as const);
  const history = moved(kept.history) as History;
  return { monday, history, rows: { ...Object.fromEntries(rows), sessions: reclaimed(kept, moved, days) } };
}

/** Sessions claim the time of their people by numbers of days and of five minutes (calendar/claims.ts). */
function reclaimed({ rows }: KeptHistory, moved: (value: unknown) => unknown, days: number): mongo.Document[] {
  return (rows.sessions ?? []).map((row) => {
    const session = moved(row) as SessionRow;
    const there = { ...session, day: session.day + days, week: session.week + days / 7 };
    return session.claims ? { ...there, claims: claimsOf(there) } : there;
  });
}

/** Fills an empty database with the kept history, moved so that it ends with this week's Monday. */
export async function restoreHistory({ app, monday, progress }: Stage): Promise<History> {
  const { history, rows } = movedTo(monday, await unpack(await readFile(HISTORY_FILE)));
  const { db } = app.get<Connection>(getConnectionToken());
  if (!db) throw new Error('the database is not connected');
  const all = Object.values(rows).reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const [name, ofCollection] of Object.entries(rows)) {
    for (let from = 0; from < ofCollection.length; from += AT_ONCE) {
      const some = ofCollection.slice(from, from + AT_ONCE);
      await db.collection(name).insertMany(some, { ordered: false });
      done += some.length;
      progress.step('history', done, all);
    }
  }
  return history;
}

/** Moves all instants and calendar days within a value by so many days. Instants keep their time of day in the cohorts' zone. */
export function movedBy(days: number): (value: unknown) => unknown {
  const moved = (value: unknown): unknown => {
    if (value instanceof Date) return new Date(zonedOf(value, ZONE).add({ days }).epochMilliseconds);
    if (typeof value === 'string') return DAY_ONLY.test(value) ? plusDays(value, days) : value;
    if (Array.isArray(value)) return value.map(moved);
    if (value === null || typeof value !== 'object' || '_bsontype' in value) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, moved(part)]));
  };
  return moved;
}
