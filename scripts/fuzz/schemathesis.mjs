import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../services/folders.mjs';
import { findPython, pipInstall } from '../services/python.mjs';
import { Trouble, withProgress } from '../services/say.mjs';

const VERSION = '4.32.5';

/**
 * Finds schemathesis in the cache folder, or fetches it there, once.
 *
 * @returns {Promise<{command: string, env: NodeJS.ProcessEnv}>} a Python that has it
 * @throws {Trouble} without a Python, or without a connection to its package index
 */
export async function findSchemathesis(env = process.env) {
  const python = await findPython(env);
  if (!python)
    throw new Trouble('The fuzzer needs Python 3.10 to 3.13 with pip (`apt-get install python3 python3-pip`).');
  const folder = join(cacheFolder(env), `schemathesis-${VERSION}-${python.tag}`);
  await withProgress('fetching schemathesis, once', () =>
    pipInstall(python, folder, [`schemathesis==${VERSION}`]),
  ).catch((error) => {
    throw new Trouble(`The fuzzer schemathesis ${VERSION} cannot be fetched: ${error.message}.`, { cause: error });
  });
  return { command: python.command, env: { ...env, PYTHONPATH: [folder, import.meta.dirname].join(':') } };
}

/**
 * Fuzzes for so many seconds, and passes its words on.
 *
 * @param {Awaited<ReturnType<typeof findSchemathesis>>} schemathesis
 * @param {{name: string, folder: string, document: string, url: string, settings: string, seconds: number}} what `folder` takes the
 *   settings and the report, `document` is the path of the document
 * @returns {Promise<{cases: number, failures: {title: string, operations: string[]}[], errors: string[]}>}
 */
export async function fuzz({ command, env }, { name, folder, document, url, settings, seconds }) {
  const file = join(folder, `${name}.toml`);
  const report = join(folder, `${name}.json`);
  writeFileSync(file, settings);
  const args = [
    ...['-m', 'schemathesis.cli', '--config-file', file, 'run', document, '--url', url, '--no-color'],
    ...['--max-time', String(seconds), '--report-json-path', report],
  ];
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve).once('error', () => resolve(-1)));
  if (!existsSync(report)) throw new Trouble(`schemathesis ended with ${code} and left no report.`);
  return JSON.parse(readFileSync(report, 'utf8'));
}
