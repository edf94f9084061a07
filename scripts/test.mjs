/**
 * `npm test`: lint, types, build, then every layer of tests against one MongoDB and one Redis started for all.
 * `npm run test:quick`: the unit tests, and the other tests that the uncommitted changes touch.
 * `npm run test:long`: the tests that have a full size, in full; all tests of the API on every other database server that is here; mutants.
 * Closes with `N passed, N failed` over all of it. A failed stage, a skipped test and a handle left open are failures.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './browser.mjs';
import { buildWhatIsStale } from './build.mjs';
import { runJest, runNpm } from './runners.mjs';
import { prepareDatabase } from './services/build-database.mjs';
import { mongoEnginesHere } from './services/mongo.mjs';
import { say } from './services/say.mjs';
import { startThrowawayServices } from './services/services.mjs';

const quick = process.argv.includes('--quick');
const long = process.argv.includes('--long');
const counts = { passed: 0, failed: 0 };
const troubles = [];
/** What needs no servers. */
const RULES = ['unit', 'sandboxed'];
/** Which servers the tests ran against. */
const proven = [];

/** Runs one stage, prints its time, and turns what it throws into one failure. */
async function stage(name, work) {
  const since = Date.now();
  say(`\n== ${name}`);
  let result;
  try {
    result = (await work()) ?? { passed: 0, failed: 0, troubles: [] };
  } catch (error) {
    say(error.message);
    result = { passed: 0, failed: 1, troubles: ['failed'] };
  }
  counts.passed += result.passed;
  counts.failed += result.failed;
  troubles.push(...result.troubles.map((trouble) => `${name}: ${trouble}`));
  const tally = result.passed + result.failed > 0 ? `: ${result.passed} passed, ${result.failed} failed` : '';
  say(`== ${name} took ${((Date.now() - since) / 1000).toFixed(1)} s${tally}`);
  return result.failed === 0;
}

async function withServices(work, wanted = process.env) {
  let services;
  const found = await stage('services', async () => {
    services = await startThrowawayServices(wanted, { isDurable: false });
    say(services.mongo.line);
    say(services.redis.line);
    proven.push(`Proven on ${services.mongo.engine} and ${services.redis.engine}.`);
  });
  if (!found) return;
  const env = {
    TEST_MONGODB_URI: services.mongo.uri,
    TEST_REDIS_URL: services.redis.uri,
    TEST_MONGODB_ENGINE: services.mongo.engine,
  };
  try {
    await work(env);
  } finally {
    await services.stop();
  }
}

async function typesAndBuild() {
  await stage('types', () => runNpm('types'));
  return stage('build', async () => void (await buildWhatIsStale()));
}

async function everything(folder) {
  // A machine without a MongoDB builds one while that is checked which needs none.
  const database = stage('database', () => prepareDatabase());
  // One after the other: both may install packages.
  const chromium = database.then(() => findChromium());
  chromium.catch(() => {}); // The stage that needs it says so.
  // Each of these two keeps one core busy, and neither needs the other. Lint takes longer: the unit tests need not wait for it.
  const lint = stage('lint', () => runNpm('lint'));
  const built = await typesAndBuild();
  await stage('unit', () => runJest({ folder, projects: RULES }));
  await Promise.all([lint, database]);
  await withServices(async (env) => {
    await stage('medium', () => runJest({ folder, env, projects: ['medium'] }));
    if (!built) return say('\nThe build failed: the API and browser tests, which need it, did not run.');
    await stage('api', () => runJest({ folder, env, projects: ['api'] }));
    await stage('browser', async () => {
      const browser = { CHROMIUM_PATH: await chromium };
      return runJest({ folder, env: { ...env, ...browser }, projects: ['browser'] });
    });
  });
}

/** The files that depend on this one have a full size. */
const SIZE = 'test/support/size.ts';
const LAYERS = [...RULES, 'medium', 'api', 'browser'];

async function inFull(folder) {
  const built = await stage('build', async () => void (await buildWhatIsStale()));
  if (!built) return say('\nThe build failed: nothing else ran.');
  await withServices((env) =>
    stage('full sizes', async () => {
      const full = { ...env, TEST_SIZE: 'long', CHROMIUM_PATH: await findChromium() };
      // One after the other: what kills processes for minutes wants the machine for itself.
      return runJest({ folder, env: full, projects: LAYERS, options: ['--findRelatedTests', SIZE], workers: 1 });
    }),
  );
  const [, ...others] = await mongoEnginesHere();
  for (const engine of others) await onEngine(folder, engine);
  if (others.length === 0) say('\nNo second database server is here: the API was not tested on another one.');
  await stage('mutants', () => runNpm('mutants'));
}

/** What speaks with a database, once more on another one. */
async function onEngine(folder, engine) {
  const wanted = { ...process.env, MONGODB_ENGINE: engine, TEST_MONGODB_URI: undefined };
  await withServices(async (env) => {
    for (const layer of ['medium', 'api'])
      await stage(`${layer} on ${engine}`, () =>
        runJest({ folder, env: { ...env, MONGODB_ENGINE: engine }, projects: [layer] }),
      );
  }, wanted);
}

async function whatChanged(folder) {
  await stage('unit', () => runJest({ folder, projects: RULES }));
  await withServices((env) =>
    stage('changed', () => runJest({ folder, env, projects: ['medium', 'api'], options: ['--onlyChanged'] })),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'cordee-counts-'));
const since = Date.now();
try {
  await (quick ? whatChanged : long ? inFull : everything)(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`\nAll of it took ${Math.round((Date.now() - since) / 1000)} s.`);
for (const servers of proven) say(servers);
for (const trouble of troubles) say(`FAILED ${trouble}`);
if (counts.passed + counts.failed === 0) {
  say('FAILED: no test ran at all');
  counts.failed = 1;
}
process.exitCode = counts.failed > 0 ? 1 : 0;
console.log(`${counts.passed} passed, ${counts.failed} failed`);
