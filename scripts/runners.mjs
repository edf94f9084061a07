import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from '../test/suites.mjs';

const root = join(import.meta.dirname, '..');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const reporter = join(import.meta.dirname, 'count-reporter.mjs');

/** How long jest may take to end after its last test. Longer: something was left open. */
const TIME_TO_LEAVE_MS = 15_000;
/**
 * What jest says when it had to end a worker. It gives a worker half a second, in which an honest one with a large heap may not get
 * to leave: the words are a suspicion, and one file run alone, without workers, says whether it is right.
 */
const leftOpen = /worker process has failed to exit gracefully/;

/** Runs a script of package.json; throws when it fails. */
export async function runNpm(script) {
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve).once('error', () => resolve(1)));
  if (code !== 0) throw new Error(`\`npm run ${script}\` failed.`);
}

/** More late files than these are no accident. */
const MAX_LATE = 3;
/** These run once only: a race, a kill or a breach that fails one time in ten is a defect. */
const NEVER_AGAIN = /race|kill|fault|random|\/security\//;

/**
 * Runs test files of the jest projects named (all of them where `files` is missing) and counts. A skipped or todo test counts as failed,
 * and so does a handle left open: a jest that does not end by itself soon after its last test is ended by us.
 *
 * A file whose failures are all late ones (a wait that ran out, never a wrong value) runs once more, alone. Where it passes then, it is
 * told in `flaky` with its first error, and is not counted as failed.
 *
 * @param {{folder: string, projects: string[], files?: string[], env?: object, options?: string[], workers?: number}} what `folder`
 *   takes the files of counts
 * @returns {Promise<{passed: number, failed: number, troubles: string[], flaky: string[], seconds: Record<string, number>}>}
 */
export async function runJest({ folder, projects, files = [], env = {}, options = [], workers = 2 }) {
  const chosen = files.length > 0 ? ['--runTestsByPath', ...files] : [];
  const select = [...chosen, '--selectProjects', ...projects, ...options];
  const countsFile = join(folder, `${projects.join('-')}.json`);
  // Half of a browser test is waiting, and a server with its test keeps one core busy.
  const args = [...select, '--reporters', 'default', `--maxWorkers=${workers}`, '--passWithNoTests'];
  const { code, open, suspected } = await run({ args, countsFile, env });
  const counts = readCounts(countsFile);
  const isOpen = open || (suspected && (await staysOpen({ folder, projects, files, env })));
  return tally({ ...counts, ...(await lateOnesAgain({ folder, projects, env, counts })) }, code, isOpen);
}

/** Runs the files that were late once more, each alone, and takes what then passed out of the failures. */
async function lateOnesAgain({ folder, projects, env, counts }) {
  const late = counts.late.filter(({ file }) => !NEVER_AGAIN.test(file));
  if (late.length > MAX_LATE) return {};
  const again = { ...counts, flaky: [] };
  for (const { file, first, failed } of late) {
    const countsFile = join(folder, `${projects.join('-')}-again.json`);
    const args = ['--runTestsByPath', file, '--selectProjects', ...projects, '--runInBand'];
    const { code, open } = await run({ args, countsFile, env });
    if (code !== 0 || open) continue;
    again.passed += failed;
    again.failed -= failed;
    again.failures = again.failures.filter((failure) => failure.file !== file);
    again.flaky.push(first);
  }
  return again;
}

/** Runs the shortest file alone and in this jest's own process: true when that does not end by itself. */
async function staysOpen({ folder, projects, files, env }) {
  const secondsOf = measured();
  const [shortest] = (files.length > 0 ? [...files] : listed(projects)).sort((a, b) => secondsOf(a) - secondsOf(b));
  const countsFile = join(folder, `${projects.join('-')}-alone.json`);
  const args = ['--runTestsByPath', shortest, '--selectProjects', ...projects, '--runInBand'];
  return (await run({ args, countsFile, env })).open;
}

function listed(projects) {
  const args = [jest, '--listTests', '--selectProjects', ...projects];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => /\.tsx?$/.test(line));
}

/** One jest to its end. */
async function run({ args, countsFile, env }) {
  rmSync(countsFile, { force: true }); // of a run before, which would say that this one is over
  const child = spawn(process.execPath, [jest, ...args, '--reporters', reporter], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
      COUNTS_FILE: countsFile,
      FORCE_COLOR: process.stderr.isTTY ? '1' : '0',
      // More room for what is young: with the usual 16 MB a tenth of the time goes into clearing it away.
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=64',
    },
  });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', () => resolve(1)));
  const { open, suspected } = await watch(child, countsFile, ended);
  return { code: await ended, open, suspected };
}

/** Passes jest's words on; `open` when it had to be ended, `suspected` when it says that a worker had to be. */
async function watch(child, countsFile, ended) {
  let words = '';
  let open = false;
  let suspected = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      words = (words + String(chunk)).slice(-4_000);
      process.stderr.write(chunk);
      if (leftOpen.test(words)) suspected = true;
    });
  let finishedAt;
  const look = setInterval(() => {
    if (!existsSync(countsFile)) return;
    finishedAt ??= Date.now();
    if (Date.now() - finishedAt < TIME_TO_LEAVE_MS) return;
    open = true;
    child.kill('SIGKILL');
  }, 500);
  await ended;
  clearInterval(look);
  return { open, suspected };
}

const NOTHING = { passed: 0, failed: 0, unfinished: [], failures: [], late: [], flaky: [], seconds: {} };

function readCounts(file) {
  return { ...NOTHING, ...(existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))) };
}

function tally({ passed, failed, unfinished, failures, flaky, seconds }, code, isOpen) {
  const troubles = failures.map(({ text }) => text);
  for (const name of unfinished) troubles.push(`skipped or to do: ${name}`);
  if (isOpen) troubles.push('a handle was left open: the tests did not end by themselves');
  const isSilent = code !== 0 && failed === 0 && flaky.length === 0 && !isOpen && unfinished.length === 0;
  if (isSilent) troubles.push(`jest ended with ${code} without a failed test`);
  const more = unfinished.length + (isOpen ? 1 : 0) + (isSilent ? 1 : 0);
  return { passed, failed: failed + more, troubles, flaky, seconds };
}
