import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, installPackages } from './debian.mjs';
import { cacheFolder, isProgram, onPath } from './folders.mjs';
import { downloadedMongod, mongod, secantusRust } from './mongo-engines.mjs';
import { Trouble, say, withProgress } from './say.mjs';

const version = '0.5.3-beta.196';

/**
 * Builds the fast database server from its source into the cache folder, once per machine: some 6 minutes on two cores.
 *
 * @returns {Promise<string>} the path of the program
 * @throws {Trouble} when something that building needs is missing, or when it failed; what cargo printed is in a file that the message names
 */
export async function buildDatabase(env = process.env) {
  const root = join(cacheFolder(env), 'secantus');
  const server = join(root, 'bin', 'secantusd-rs');
  if (isProgram(server)) return server;
  if (!onPath(['cargo'], env)) throw new Trouble('Building the fast database server needs cargo on PATH (rustup.rs).');
  await haveTools(env);
  mkdirSync(root, { recursive: true });
  const log = join(root, 'build.log');
  await withProgress(`building secantusd-rs ${version}, once, some 6 minutes on two cores`, () =>
    runCargo(
      ['install', 'secantus-mdb', '--version', version, '--ignore-rust-version', '--locked', '--root', root],
      log,
    ),
  );
  if (!isProgram(server)) throw new Trouble(`Building the fast database server failed; ${log} says why.`);
  return server;
}

/**
 * The best MongoDB that tests can have here, made ready: one that is here or that can be downloaded, else a fast one built from source.
 * Where neither can be had it says why, and the slow one is left.
 */
export async function prepareDatabase(env = process.env) {
  if (env.TEST_MONGODB_URI) return;
  const cache = cacheFolder(env);
  if (mongod.here(env) || secantusRust.here(env, cache) || downloadedMongod.here(env, cache)) return;
  if (await downloadedMongod.fetch(env, cache).catch(() => null)) return;
  try {
    await buildDatabase(env);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(`${error.message} The tests take the slow one, and some 30 minutes.`);
  }
}

/** What cargo needs beside itself: cmake and libclang. */
async function haveTools(env) {
  if (onPath(['cmake'], env) && (env.LIBCLANG_PATH || onPath(['clang', 'llvm-config'], env))) return;
  if (canInstall(env)) {
    await installPackages(['cmake', 'libclang-dev'], 'cmake and libclang', env).catch(() => {
      throw new Trouble(
        'Building the fast database server needs cmake and libclang, and apt-get could not install them.',
      );
    });
  } else if (!onPath(['cmake'], env)) {
    throw new Trouble('Building the fast database server needs cmake and libclang on this machine.');
  }
}

function runCargo(args, log) {
  const file = createWriteStream(log);
  // Link-time optimisation costs two minutes more of building.
  const env = { ...process.env, CARGO_PROFILE_RELEASE_LTO: 'off', CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16' };
  const child = spawn('cargo', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  return new Promise((resolve) => child.once('close', resolve).once('error', resolve)).finally(() => file.end());
}
