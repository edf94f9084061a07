/** `npm run build` builds server and web app; `npm start` and `npm test` build only what has changed since. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { finished, run } from './services/processes.mjs';
import { Trouble, say, withProgress } from './services/say.mjs';

const root = join(import.meta.dirname, '..');
const logs = join(root, 'node_modules', '.cache', 'cordee');
const parts = [
  {
    name: 'server',
    sources: ['src', 'scripts/build-server.mjs', 'scripts/swc.mjs', 'package-lock.json'],
    result: join(root, 'dist', 'main.js'),
    stamp: join(root, 'dist', '.built-from'),
  },
  {
    name: 'web',
    sources: ['web', 'src/contracts', 'src/common', 'package-lock.json'],
    result: join(root, 'web', 'dist', 'index.html'),
    stamp: join(root, 'web', 'dist', '.built-from'),
  },
];

const notASource = (name) => ['node_modules', 'dist'].includes(name) || /\.spec\.tsx?$/.test(name);

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).filter((name) => !notASource(name));
  return names.sort().flatMap((name) => filesBelow(join(path, name)));
}

/** A fingerprint of all that a part is built from. By content: a fresh clone gives every file a new date. */
function fingerprint(part) {
  const hash = createHash('sha256');
  for (const file of part.sources.flatMap((source) => filesBelow(join(root, source))))
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function isFresh(part) {
  return existsSync(part.result) && existsSync(part.stamp) && readFileSync(part.stamp, 'utf8') === fingerprint(part);
}

/** @throws {Trouble} when nothing may be written where the packages and the built app lie */
function makeFolderForLogs() {
  try {
    mkdirSync(logs, { recursive: true });
    accessSync(logs, constants.W_OK);
    accessSync(root, constants.W_OK);
  } catch (error) {
    const what = `Building needs to write into ${root}, which you may not: change its owner or its rights (chown, chmod).`;
    throw new Trouble(what, { cause: error });
  }
}

async function build(part) {
  const before = fingerprint(part);
  const logFile = join(logs, `build-${part.name}.log`);
  const args = ['run', '--silent', `build:${part.name}`];
  await finished(run({ name: `Building the ${part.name}`, command: 'npm', args, cwd: root, logFile })).catch(
    (error) => {
      throw new Trouble(error.message, { cause: error });
    },
  );
  writeFileSync(part.stamp, before);
}

/**
 * Builds the parts whose sources have changed since they were built.
 *
 * @param {{force?: boolean, only?: string}} options `force` builds them all, `only` names the one that matters
 * @returns {Promise<string[]>} the names of the parts that were built
 * @throws {Trouble} with the compiler's words
 */
export async function buildWhatIsStale({ force = false, only } = {}) {
  const wanted = parts.filter((part) => only === undefined || part.name === only);
  const stale = wanted.filter((part) => force || !isFresh(part));
  if (stale.length === 0) return [];
  makeFolderForLogs();
  const names = stale.map((part) => part.name);
  await withProgress(`building the ${names.join(' and the ')}`, () => Promise.all(stale.map(build)));
  return names;
}

if (process.argv[1] === import.meta.filename) {
  await buildWhatIsStale({ force: true }).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
