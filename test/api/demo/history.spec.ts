import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { readFile, writeFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { seedHistory } from '../../../src/cli/demo/history/history.js';
import { HISTORY_FILE, type KeptHistory, pack, takeRows, unpack } from '../../../src/cli/demo/history/history-rows.js';
import { onStage } from '../../../src/cli/seed.js';
import { demoDatabase } from '../../support/rooms/demo.js';

/** The Monday for which the history is kept. Holidays and clocks before another one would make it another one. */
const KEPT_FOR = new Date('2027-02-22T00:00:00.000Z');
/** These are random, and another time others. */
const RANDOM = new Set(['sessions.link', 'users.passwordHash']);

let made: KeptHistory;
let kept: KeptHistory;

/** Lives through the months once more; `npm run demo:history` keeps what came of it. */
beforeAll(async () => {
  const { drop } = await demoDatabase();
  try {
    await onStage(
      KEPT_FOR,
      async (stage) => {
        const history = await seedHistory(stage);
        made = { monday: KEPT_FOR, history, rows: await takeRows(stage.app.get<Connection>(getConnectionToken())) };
      },
      new Writable({ write: (_, __, done) => done() }),
    );
  } finally {
    await drop();
  }
  if (process.env.DEMO_HISTORY === 'keep') await writeFile(HISTORY_FILE, await pack(made));
  kept = await unpack(await readFile(HISTORY_FILE));
});

describe('given the history of the demo is lived through by the services again', () => {
  it('then the kept one ends with the same Monday', () => {
    expect(kept.monday).toEqual(made.monday);
  });

  it('then the kept one has the same kinds of rows, and as many of each', () => {
    const counts = ({ rows }: KeptHistory) => Object.entries(rows).map(([name, { length }]) => `${name}: ${length}`);
    expect(counts(kept)).toEqual(counts(made));
  });

  it('then each field of the kept one has the same values, as often: else run `npm run demo:history`', () => {
    const [those, these] = [fieldsOf(kept.rows), fieldsOf(made.rows)];
    const paths = [...new Set([...those.keys(), ...these.keys()])];
    expect(paths.filter((path) => those.get(path)?.join('\n') !== these.get(path)?.join('\n'))).toEqual([]);
  });

  it('then the present goes on from the same people and channels', () => {
    const shown = ({ history }: KeptHistory) => JSON.stringify(history).replaceAll(ID, '<id>');
    expect(shown(kept)).toBe(shown(made));
  });
});

const ID = /[0-9a-f]{24}/g;

/** All values of each field, sorted; of ids only that they are ids. */
function fieldsOf(rows: KeptHistory['rows']): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const note = (path: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) note(`${path}[]`, one);
    else if (value !== null && typeof value === 'object' && !(value instanceof Date) && !('_bsontype' in value))
      for (const [key, part] of Object.entries(value)) note(`${path}.${key.replace(ID, '<id>')}`, part);
    else if (!RANDOM.has(path)) {
      const shown = value instanceof Date ? value.toISOString() : String(value).replaceAll(ID, '<id>');
      fields.set(path, fields.get(path) ?? []);
      fields.get(path)?.push(shown);
    }
  };
  for (const [name, all] of Object.entries(rows)) for (const row of all) note(name, row);
  for (const values of fields.values()) values.sort();
  return fields;
}
