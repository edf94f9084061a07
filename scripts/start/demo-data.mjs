import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, Trouble, withProgress } from '../services/say.mjs';

/**
 * Fills in the demo where there is nothing yet, and anew when its seeding was cut short. Where the note says what is there, and where no
 * demo is wanted, nothing is asked: the app itself migrates before it listens, and the start is twice as fast.
 *
 * @param {{cli: (args: string[], options?: object) => Promise<string>, empty: boolean, note: ReturnType<typeof noteOf>}} what
 * @returns {Promise<'demo' | 'own' | 'nobody'>} whose data are there: the demo's people, people of one's own (or nobody yet, in what was
 *   begun empty), or nobody
 */
export async function prepareData({ cli, empty, note }) {
  const state = note.read();
  if (empty && state === 'seeding')
    throw new Trouble('Half a demo is here, cut short last time: `npm run demo:reset` clears it.');
  if (empty && state === '') {
    note.write('own');
    return 'nobody';
  }
  const who = await whoIsThere({ cli, empty, note, state });
  if (empty && who === 'demo')
    say('The demo is here already, so --empty changes nothing: `npm run demo:reset` clears it.');
  note.write(who === 'demo' ? 'demo' : 'own');
  return who;
}

async function whoIsThere({ cli, empty, note, state }) {
  if (state === 'demo' || state === 'own') return state;
  const found = await withProgress('migrating the database', () => cli(['seed', '--check']));
  const isEmpty = /^empty$/m.test(found);
  if (isEmpty && empty) return 'nobody';
  if (!isEmpty && state !== 'seeding') return /^demo$/m.test(found) ? 'demo' : 'own';
  say('Seeding the demo, once:');
  note.write('seeding');
  await cli(state === 'seeding' ? ['seed', '--reset'] : ['seed'], { stdout: 'inherit' });
  return 'demo';
}

/** What is known of the data from the last time: 'seeding', 'demo', 'own', or nothing. */
export function noteOf(dataFolder) {
  const file = join(dataFolder, 'demo');
  return {
    read: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    write: (state) => writeFileSync(file, state),
  };
}

/** A server that the environment named may be another one tomorrow, and a reset there is not ours to do. */
export const noNote = { read: () => '', write: () => {} };
