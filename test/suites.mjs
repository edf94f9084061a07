/**
 * The one place that decides which test file belongs to which suite. The file's folder and name decide, so no list can go stale:
 *
 * - `test/api/<room>/**\/x.core.spec.ts` and `test/browser/<room>/**\/x.smoke.spec.ts` run in `npm test`. They tell a room's main acts, who may not, and a bad body.
 * - every other file below `test/api/<room>` and `test/browser/<room>` runs in `npm run test:all` and `npm run test:rooms -- <room>`.
 * - `test/medium` and the unit tests beside the code run in both.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The layers of test/ whose files cost enough to be chosen one by one. */
export const LAYERS = ['medium', 'api', 'browser'];
const ENDING = { medium: '.spec.ts', api: '.core.spec.ts', browser: '.smoke.spec.ts' };

/** What needs no servers: two checks of the sources, and all unit tests at once. */
export const CHECKS = ['lint', 'types', 'unit'];

/** All test files of a layer, as paths from the project's root. */
export function filesOf(layer) {
  return readdirSync(join(root, 'test', layer), { recursive: true })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => `test/${layer}/${name}`)
    .sort();
}

/** The room of a test file: `chat` for `test/api/chat/missed.spec.ts`. */
export const roomOf = (file) => file.split('/')[2];

/**
 * Which checks run, and which files of each layer.
 *
 * @typedef {{checks: string[], medium: string[], api: string[], browser: string[]}} Plan
 */

const pick = (choose) => Object.fromEntries(LAYERS.map((layer) => [layer, filesOf(layer).filter(choose(layer))]));

/**
 * The plan of `npm test`.
 *
 * @returns {Plan}
 */
export const core = () => ({ checks: CHECKS, ...pick((layer) => (file) => file.endsWith(ENDING[layer])) });

/**
 * The plan of `npm run test:all`.
 *
 * @returns {Plan}
 */
export const all = () => ({ checks: CHECKS, ...pick(() => () => true) });

/** The rooms that have tests of the API or of pages. */
export const rooms = () => [...new Set([...filesOf('api'), ...filesOf('browser')].map(roomOf))].sort();

/**
 * The plan of `npm run test:rooms`: all files of the API and of the browser of these rooms.
 *
 * @param {string[]} names
 * @returns {Plan}
 * @throws {Error} naming the rooms there are, when one of `names` is none of them
 */
export function ofRooms(names) {
  const known = rooms();
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0)
    throw new Error(`${unknown.join(', ') || 'No room named'}. Rooms with tests: ${known.join(' ')}`);
  return { checks: [], ...pick((layer) => (file) => layer !== 'medium' && names.includes(roomOf(file))) };
}

/**
 * How long each check and file took, in seconds, when `npm run test:all -- --measure` was run last. A file that is not in it counts as
 * an average one.
 *
 * @returns {(name: string) => number}
 */
export function measured() {
  const seconds = JSON.parse(readFileSync(join(root, 'test', 'times.json'), 'utf8'));
  const files = Object.values(seconds);
  const average = files.reduce((sum, one) => sum + one, 0) / Math.max(1, files.length);
  return (name) => seconds[name] ?? average;
}

/**
 * Part `index` of `count` (from 1) of a plan: longest first, each item to the part with the least work so far. Together the parts are
 * the plan, and each item is in one part.
 *
 * @param {Plan} plan
 * @param {number} index
 * @param {number} count
 * @param {(name: string) => number} [secondsOf]
 * @returns {Plan}
 */
export function shard(plan, index, count, secondsOf = measured()) {
  const items = [...plan.checks, ...LAYERS.flatMap((layer) => plan[layer])];
  const longestFirst = items.sort((a, b) => secondsOf(b) - secondsOf(a) || (a < b ? -1 : 1));
  const parts = Array.from({ length: count }, () => ({ seconds: 0, items: new Set() }));
  for (const item of longestFirst) {
    const least = parts.reduce((best, part) => (part.seconds < best.seconds ? part : best));
    least.items.add(item);
    least.seconds += secondsOf(item);
  }
  const mine = (item) => parts[index - 1].items.has(item);
  return {
    checks: plan.checks.filter(mine),
    ...Object.fromEntries(LAYERS.map((layer) => [layer, plan[layer].filter(mine)])),
  };
}
