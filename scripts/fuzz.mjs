/**
 * `npm run fuzz [nobody] [fellow] [staff]`: sends the built server what docs/openapi.json allows and what it forbids, made up by
 * schemathesis with ids of real things, as nobody, as a fellow and as staff. FUZZ_MINUTES (20) is the time for all of them. Closes with
 * `N passed, N failed`: cases, and what was found.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHouse } from './fuzz/house.mjs';
import { loginFile, signIn } from './fuzz/people.mjs';
import { realIds } from './fuzz/real-ids.mjs';
import { findSchemathesis, fuzz } from './fuzz/schemathesis.mjs';
import { settingsOf } from './fuzz/settings.mjs';
import { makeThings } from './fuzz/things.mjs';
import { Trouble, say } from './services/say.mjs';
import { checkInstalled, checkNode } from './start/checks.mjs';

const root = join(import.meta.dirname, '..');
const document = join(root, 'docs', 'openapi.json');
/** How much of the time each gets: most routes answer nobody with one and the same refusal. */
const SHARES = { nobody: 1, fellow: 4, staff: 5 };

/** @throws {Trouble} for names that are none, and for minutes that are none */
function asked() {
  const names = process.argv.slice(2);
  const all = Object.keys(SHARES);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Trouble(`It fuzzes as ${all.join(', ')}, not as ${unknown.join(', ')}.`);
  const minutes = Number(process.env.FUZZ_MINUTES || 20);
  if (!(minutes > 0)) throw new Trouble(`FUZZ_MINUTES must be a number above 0, not "${process.env.FUZZ_MINUTES}".`);
  const chosen = names.length > 0 ? names : all;
  const sum = chosen.reduce((total, name) => total + SHARES[name], 0);
  return chosen.map((name) => ({ name, seconds: Math.max(1, Math.round((minutes * 60 * SHARES[name]) / sum)) }));
}

/** Fuzzes as one of them; returns how many cases passed, and what was found, a line each. */
async function fuzzAs({ name, seconds, schemathesis, house, folder, known }) {
  say(`\n== as ${name}, for ${seconds} s`);
  const person = await signIn(house.url, name === 'nobody' ? 'staff' : name);
  const real = await realIds(JSON.parse(readFileSync(document, 'utf8')), person.ask, known);
  const login = name === 'nobody' ? null : loginFile(folder, name);
  const settings = settingsOf({ ...real, login });
  const report = await fuzz(schemathesis, { name, folder, document, url: house.url, settings, seconds });
  const found = report.failures.flatMap(({ title, operations }) => operations.map((one) => `${title}: ${one}`));
  found.push(...report.errors.map(({ title, count }) => `${title} (${count})`));
  if (report.operations?.tested === 0) found.push('no route was tested');
  if (house.hasEnded()) found.push('the server ended');
  else if (name !== 'nobody' && !(await isStillIn(house.url, name, known)))
    found.push(`${name} was locked out meanwhile`);
  return { passed: report.test_cases.generated - report.test_cases.with_failures, found };
}

/** Who loses the login or the cohort on the way is refused everything, and finds nothing. */
async function isStillIn(url, name, { cohortId }) {
  const person = await signIn(url, name).catch(() => null);
  return Boolean(await person?.ask(`/api/cohorts/${cohortId[0]}/workshops`));
}

async function main(folder) {
  checkNode();
  checkInstalled(root);
  const turns = asked();
  const schemathesis = await findSchemathesis();
  const house = await startHouse({ root, folder });
  const results = [];
  try {
    const names = ['staff', 'fellow', 'coach'];
    const people = await Promise.all(names.map(async (name) => [name, await signIn(house.url, name)]));
    const known = await makeThings(Object.fromEntries(people));
    for (const turn of turns)
      results.push({ ...turn, ...(await fuzzAs({ ...turn, schemathesis, house, folder, known })) });
  } finally {
    await house.stop();
  }
  for (const { name, found } of results) for (const line of found) say(`FAILED as ${name}: ${line}`);
  const passed = results.reduce((sum, one) => sum + one.passed, 0);
  const failed = results.reduce((sum, one) => sum + one.found.length, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const folder = mkdtempSync(join(tmpdir(), 'cordee-fuzz-'));
try {
  await main(folder);
} catch (error) {
  say(error instanceof Trouble ? error.message : String(error.stack));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
