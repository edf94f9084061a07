import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { canInstall, installPackages } from './services/debian.mjs';
import { isProgram, onPath } from './services/folders.mjs';
import { Trouble, withProgress } from './services/say.mjs';

const execute = promisify(execFile);
/** The shell has the same engine without the windows around it: a page takes a third of the processor time. */
const SHELL = 'chromium-headless-shell';
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const names = [SHELL, ...WHOLE];

/**
 * The Chromium of the browser tests: `CHROMIUM_PATH`, one on PATH, Playwright's own; installed when there is none.
 *
 * @returns {Promise<string>} the path of the program
 * @throws {Trouble} when there is none and it cannot be installed
 */
export async function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Trouble(`CHROMIUM_PATH names no program: ${env.CHROMIUM_PATH}`);
  }
  const found = onPath(names, env) ?? (await playwrightsOwn());
  if (found) return found;
  const why = await install(env).catch((error) =>
    String(error.stderr || error.message)
      .trim()
      .split('\n')
      .at(-1),
  );
  const installed = onPath(names, env) ?? (await playwrightsOwn());
  if (installed) return installed;
  throw new Trouble(
    `The browser tests need Chromium, and installing it failed (${why ?? 'nothing appeared on PATH'}). ` +
      'Install chromium or google-chrome so that it is on PATH, or set CHROMIUM_PATH.',
  );
}

/**
 * A Chromium that shows notifications and has a camera, which the shell does not: `CHROMIUM_PATH` where that is none, else one on PATH; installed when there
 * is none.
 *
 * @returns {Promise<string>} the path of the program
 * @throws {Error} when there is none and it cannot be installed
 */
export async function findWholeChromium(env = process.env) {
  if (env.CHROMIUM_PATH && !env.CHROMIUM_PATH.includes('headless')) return await findChromium(env);
  const found = onPath(WHOLE, env) ?? (await playwrightsOwn());
  if (found) return found;
  await installPackages(['chromium'], 'Chromium', env);
  return onPath(WHOLE, env);
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && isProgram(path) ? path : null;
}

async function install(env) {
  if (canInstall(env)) return installPackages([SHELL], 'Chromium', env);
  await withProgress('installing Chromium with Playwright, once', () =>
    execute('npx', ['playwright-core', 'install', 'chromium'], { env }),
  );
}
