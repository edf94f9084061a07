/**
 * `npm run test:fresh`: the README's commands as a newcomer gives them, on a copy of what is committed, with empty caches and without a MongoDB that somebody
 * put on this machine. Prints how long each took, in a table for docs/testing.md. `npm run test:fresh -- --start` leaves the tests out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { say } from './services/say.mjs';

/** What a machine that has never seen the project does not have. */
const hidden = new Set(['mongod', 'secantusd-rs']);
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'cordee-fresh-'));
const copy = join(folder, 'cordee');
const times = [];

/** One folder with a link to each program on PATH but for those that are hidden. */
function programs() {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const taken = new Set(hidden);
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of listOf(place)) {
      if (taken.has(name) || place.includes('node_modules')) continue;
      taken.add(name);
      symlinkSync(join(place, name), join(bin, name));
    }
  }
  return bin;
}

function listOf(place) {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

/** An environment without what npm and people set for this copy. Rust's compiler is a program, not a cache. */
function newcomer() {
  const foreign = /^(npm_|CORDEE_|TEST_|XDG_|CHROMIUM_PATH$|MONGODB_URI$|REDIS_URL$|CARGO_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const home = join(folder, 'home');
  mkdirSync(home);
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    PATH: programs(),
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
    CARGO_HOME: join(home, 'cargo'),
  };
}

const run = (command, env) =>
  spawn(command[0], command.slice(1), { cwd: copy, env, stdio: ['ignore', 'pipe', 'inherit'] });

/** Times a command to its end, or until it says `ready`; a server is ended then. */
async function timed(name, command, env, ready) {
  say(`\n### ${name}`);
  const since = Date.now();
  const child = run(command, env);
  const ended = new Promise((resolve) => child.once('close', resolve));
  let last = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      last = (last + chunk).slice(-2_000);
      if (ready?.test(last)) resolve();
    });
    void ended.then((code) => (code === 0 ? resolve() : reject(new Error(`\`${name}\` ended with ${code}.`))));
  });
  times.push({ name, seconds: (Date.now() - since) / 1000, said: /\d+ passed, \d+ failed/.exec(last)?.[0] ?? '' });
  if (!ready) return;
  child.kill('SIGINT');
  await ended;
}

try {
  spawnSync('git', ['clone', '--quiet', root, copy], { stdio: 'inherit' });
  const env = newcomer();
  const running = /ready in/;
  await timed('npm ci', ['npm', 'ci'], env);
  await timed('npm start, the first time', ['npm', 'start'], env, running);
  await timed('npm start, the second time', ['npm', 'start'], env, running);
  if (!process.argv.includes('--start')) {
    await timed('npm test, the first time', ['npm', 'test'], env);
    await timed('npm test, again', ['npm', 'test'], env);
  }
} catch (error) {
  say(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log('\n| command | seconds | |\n|---|---|---|');
for (const { name, seconds, said } of times) console.log(`| \`${name}\` | ${seconds.toFixed(0)} | ${said} |`);
