/**
 * `npm test`: lint, types, build, the unit and medium tests, the core of the API and the smoke of the browser.
 * `npm run test:rooms -- forums calls`: all API and browser tests of these rooms.
 * `npm run test:all`: everything. `-- --shard 2/4` runs one of four parts of much the same length, `-- --measure` writes test/times.json.
 *   With `TEST_SIZE=long` in full sizes, then the medium and API tests on every other database server that is here, and the mutants.
 * `npm run test:quick`: the unit tests, and the medium and API tests that the uncommitted changes touch.
 *
 * test/suites.mjs says which file belongs where; docs/testing.md explains it. All of them close with `N passed, N failed`. A failed stage,
 * a skipped test and a handle left open count as failures.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKS, LAYERS, all, core, ofRooms, shard } from '../test/suites.mjs';
import { findChromium } from './browser.mjs';
import { buildWhatIsStale } from './build.mjs';
import { runJest, runNpm } from './runners.mjs';
import { prepareDatabase } from './services/build-database.mjs';
import { mongoEnginesHere } from './services/mongo.mjs';
import { say } from './services/say.mjs';
import { startThrowawayServices } from './services/services.mjs';
import { Tally } from './tally.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    rooms: { type: 'boolean' },
    quick: { type: 'boolean' },
    shard: { type: 'string' },
    measure: { type: 'boolean' },
  },
});
const isLong = process.env.TEST_SIZE === 'long';
/** Full sizes kill processes for minutes: each file has the machine for itself. */
const workers = isLong ? 1 : 2;
const tally = new Tally();

/** The plan that the command asks for. */
function planOf() {
  if (options.rooms) return ofRooms(positionals);
  if (!options.all) return core();
  if (!options.shard) return all();
  const [index, count] = options.shard.split('/').map(Number);
  if (!(index >= 1 && index <= count)) throw new Error(`--shard takes 1/4 to 4/4, say, and not ${options.shard}.`);
  return shard(all(), index, count);
}

async function withServices(work, wanted = process.env) {
  let services;
  const found = await tally.stage('services', async () => {
    services = await startThrowawayServices(wanted, { isDurable: false });
    say(services.mongo.line);
    say(services.redis.line);
    tally.proven(`Proven on ${services.mongo.engine} and ${services.redis.engine}.`);
  });
  if (!found) return;
  try {
    await work({
      TEST_MONGODB_URI: services.mongo.uri,
      TEST_REDIS_URL: services.redis.uri,
      TEST_MONGODB_ENGINE: services.mongo.engine,
    });
  } finally {
    await services.stop();
  }
}

/** Runs a plan. What needs no servers goes first: a machine without a MongoDB builds one beside it. */
async function run(plan, folder) {
  const has = (check) => plan.checks.includes(check);
  const files = LAYERS.filter((layer) => plan[layer].length > 0);
  const database = files.length > 0 && tally.stage('database', () => prepareDatabase());
  // One after the other: both may install packages.
  const chromium = Promise.resolve(database).then(() => plan.browser.length > 0 && findChromium());
  chromium.catch(() => {}); // The stage that needs it says so.
  // Each of these two keeps one core busy, and neither needs the other. Lint takes longer: the unit tests need not wait for it.
  const lint = has('lint') && tally.stage('lint', () => runNpm('lint'));
  if (has('types')) await tally.stage('types', () => runNpm('types'));
  const built = files.length > 0 && (await tally.stage('build', async () => void (await buildWhatIsStale())));
  if (has('unit')) await tally.stage('unit', () => runJest({ folder, projects: ['unit', 'sandboxed'] }));
  await Promise.all([lint, database]);
  if (files.length === 0) return;
  if (!built) return say('\nThe build failed: the tests that need it did not run.');
  await withServices(async (env) => {
    for (const layer of files)
      await tally.stage(layer, async () => {
        const browser = layer === 'browser' ? { CHROMIUM_PATH: await chromium } : {};
        return runJest({ folder, projects: [layer], files: plan[layer], env: { ...env, ...browser }, workers });
      });
  });
}

/** What full sizes add: what speaks with a database once more on every other one that is here, and the mutants. */
async function others(folder) {
  const [, ...engines] = await mongoEnginesHere();
  if (engines.length === 0) say('\nNo second database server is here: the API was not tested on another one.');
  for (const engine of engines)
    await withServices(
      async (env) => {
        for (const layer of ['medium', 'api'])
          await tally.stage(`${layer} on ${engine}`, () =>
            runJest({ folder, env: { ...env, MONGODB_ENGINE: engine }, projects: [layer] }),
          );
      },
      { ...process.env, MONGODB_ENGINE: engine, TEST_MONGODB_URI: undefined },
    );
  await tally.stage('mutants', () => runNpm('mutants'));
}

async function whatChanged(folder) {
  await tally.stage('unit', () => runJest({ folder, projects: ['unit', 'sandboxed'] }));
  await withServices((env) =>
    tally.stage('changed', () => runJest({ folder, env, projects: ['medium', 'api'], options: ['--onlyChanged'] })),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'cordee-counts-'));
try {
  if (options.quick) await whatChanged(folder);
  else {
    const plan = planOf();
    await run(plan, folder);
    tally.notRun(LAYERS.flatMap((layer) => all()[layer].filter((file) => !plan[layer].includes(file))).length);
    if (options.all && isLong && (options.shard ?? '1/1').startsWith('1/')) await others(folder);
  }
} catch (error) {
  say(error.message);
  tally.fail(error.message);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (options.measure) tally.writeTimes(CHECKS);
tally.close({ isProof: !options.all && !options.rooms && !options.quick });
