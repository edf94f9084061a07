import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { onPath } from './folders.mjs';

const execute = promisify(execFile);
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const question = 'import sys; print(sys.implementation.name, *sys.version_info[:2]); print(sys.executable)';

/** The first CPython 3.10 to 3.13 on PATH: `{command, tag: "cp311"}`, or null. */
export async function findPython(env = process.env) {
  for (const name of names) {
    const path = onPath([name], env);
    if (!path) continue;
    try {
      const { stdout } = await execute(path, ['-c', question], { timeout: 10_000 });
      const [version, command] = stdout.trim().split('\n');
      const [implementation, major, minor] = version.split(' ');
      if (implementation === 'cpython' && major === '3' && Number(minor) >= 10 && Number(minor) <= 13)
        return { command, tag: `cp3${minor}` };
    } catch {
      // a shim without a Python behind it: the next name
    }
  }
  return null;
}

/** Installs packages into `target`, whole or not at all. Quiet; throws an Error with pip's last words. */
export async function pipInstall(python, target, args) {
  if (existsSync(target)) return;
  const building = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1'];
    await execute(python.command, [...pip, '--timeout', '20', '--target', building, ...args], { timeout: 300_000 });
    renameSync(building, target);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (existsSync(target)) return; // another process was faster
    throw new Error(lastWords(error), { cause: error });
  }
}

/** What pip says without a connection: warnings of retries first, then that it found no distribution. */
const UNREACHABLE = /NewConnectionError|ConnectTimeoutError|ProxyError|NameResolutionError|connection broken|timed out/;

/** The reason in pip's standard error, in a few words. */
export function lastWords(error) {
  const text = String(error.stderr || error.message);
  if (/No module named pip/.test(text)) return 'this Python has no pip';
  if (UNREACHABLE.test(text)) return 'the package index cannot be reached from here';
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('WARNING'));
  return (lines.at(-1) ?? 'pip failed').replace(/^ERROR: /, '').slice(0, 200);
}
