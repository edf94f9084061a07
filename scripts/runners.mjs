import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/**
 * Runs the jest projects named and counts. A skipped or todo test counts as failed, and so does a handle left open:
 * a jest that does not end by itself soon after its last test is ended by us.
 *
 * @param {{folder: string, projects: string[], env?: object, options?: string[], workers?: number}} what `folder`
 *   takes the file of counts
 * @returns {Promise<{passed: number, failed: number, troubles: string[]}>}
 */
export async function runJest({ folder, projects, env = {}, options = [], workers = 2 }) {
  const countsFile = join(folder, `${projects.join('-')}.json`);
  const args = [
    ...select(projects),
    '--reporters',
    'default',
    // Half of a browser test is waiting, and a server with its test keeps one core busy.
    `--maxWorkers=${workers}`,
    '--passWithNoTests',
    ...options,
  ];
  const { code, open, suspected } = await run({ args, countsFile, env });
  return tally(readCounts(countsFile), code, open || (suspected && (await staysOpen({ folder, projects, env }))));
}

const select = (projects) => ['--selectProjects', ...projects, '--reporters', reporter];

/** Runs the first file of the projects alone and in this jest's own process: true when that does not end by itself. */
async function staysOpen({ folder, projects, env }) {
  const listed = spawnSync(process.execPath, [jest, '--listTests', '--selectProjects', ...projects], {
    cwd: root,
    encoding: 'utf8',
  });
  const [first] = listed.stdout
    .split('\n')
    .filter((line) => line.endsWith('.ts'))
    .sort();
  const countsFile = join(folder, `${projects.join('-')}-alone.json`);
  return (await run({ args: [first, ...select(projects), '--runInBand'], countsFile, env })).open;
}

/** One jest to its end. */
async function run({ args, countsFile, env }) {
  const child = spawn(process.execPath, [jest, ...args], {
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

function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function tally(counts, code, openHandle) {
  const { passed = 0, failed = 0, unfinished = [], failures = [] } = counts ?? {};
  const troubles = [...failures];
  for (const name of unfinished) troubles.push(`skipped or to do: ${name}`);
  if (openHandle) troubles.push('a handle was left open: the tests did not end by themselves');
  const silent = code !== 0 && failed === 0 && !openHandle && unfinished.length === 0;
  if (silent) troubles.push(`jest ended with ${code} without a failed test`);
  return { passed, failed: failed + unfinished.length + (openHandle ? 1 : 0) + (silent ? 1 : 0), troubles };
}
