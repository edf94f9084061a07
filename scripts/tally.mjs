import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, LAYERS } from '../test/suites.mjs';
import { say } from './services/say.mjs';

const root = join(import.meta.dirname, '..');

/** What a run of tests has counted, over all its stages. */
export class Tally {
  #since = Date.now();
  #counts = { passed: 0, failed: 0 };
  #troubles = [];
  #flaky = [];
  #seconds = {};
  #proven = [];
  #notRun = 0;

  /** Runs one stage, prints its time, and turns what it throws into one failure. Resolves to whether nothing failed. */
  async stage(name, work) {
    const since = Date.now();
    say(`\n== ${name}`);
    let result;
    try {
      result = (await work()) ?? {};
    } catch (error) {
      say(error.message);
      result = { failed: 1, troubles: ['failed'] };
    }
    const { passed = 0, failed = 0, troubles = [], flaky = [], seconds = {} } = result;
    this.#counts.passed += passed;
    this.#counts.failed += failed;
    this.#troubles.push(...troubles.map((trouble) => `${name}: ${trouble}`));
    this.#flaky.push(...flaky);
    const took = (Date.now() - since) / 1000;
    Object.assign(this.#seconds, seconds, { [name]: took });
    const counts = passed + failed > 0 ? `: ${passed} passed, ${failed} failed` : '';
    say(`== ${name} took ${took.toFixed(1)} s${counts}`);
    return failed === 0;
  }

  /** Says which servers the tests ran against. */
  proven(line) {
    this.#proven.push(line);
  }

  /** A failure outside of every stage. */
  fail(why) {
    this.#counts.failed += 1;
    this.#troubles.push(why);
  }

  /** How many test files this command leaves to `npm run test:all`. */
  notRun(files) {
    this.#notRun = files;
  }

  /** Writes how long `checks` and each file took into test/times.json, beside what earlier runs measured of other files. */
  writeTimes(checks) {
    const path = join(root, 'test', 'times.json');
    const known = [...checks, ...LAYERS.flatMap(filesOf)];
    const seconds = { ...JSON.parse(readFileSync(path, 'utf8')), ...this.#seconds };
    const kept = known.filter((name) => name in seconds).map((name) => [name, Math.round(seconds[name] * 10) / 10]);
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }

  /** Prints the last lines and sets the exit code. `isProof`: this was `npm test`, whose outcome goes into `.cordee/last-test.json`. */
  close({ isProof }) {
    const seconds = Math.round((Date.now() - this.#since) / 1000);
    if (this.#counts.passed + this.#counts.failed === 0) this.fail('no test ran at all');
    const { passed, failed } = this.#counts;
    say(`\nAll of it took ${seconds} s.`);
    for (const servers of this.#proven) say(servers);
    for (const flaky of this.#flaky) say(`FLAKY ${flaky}`);
    for (const trouble of this.#troubles) say(`FAILED ${trouble}`);
    if (isProof) leaveMark({ commit: commitHere(), passed, failed, flaky: this.#flaky.length, seconds });
    if (failed > 0) process.exitCode = 1;
    console.log(`Not run: ${this.#notRun} files (npm run test:all)`);
    console.log(`${passed} passed, ${failed} failed`);
  }
}

function leaveMark(outcome) {
  mkdirSync(join(root, '.cordee'), { recursive: true });
  writeFileSync(join(root, '.cordee', 'last-test.json'), `${JSON.stringify(outcome)}\n`);
}

/** The commit that was tested; with a `+` behind it where files had changed since. Null outside of a checkout. */
function commitHere() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', '--short', 'HEAD');
  if (status !== 0) return null;
  return stdout.trim() + (git('status', '--porcelain').stdout.trim() === '' ? '' : '+');
}
