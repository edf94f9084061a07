import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { onPath } from './folders.mjs';
import { withProgress } from './say.mjs';

const execute = promisify(execFile);

/** May we install Debian's packages here: apt-get is there and we are root? */
export function canInstall(env = process.env) {
  return Boolean(onPath(['apt-get'], env)) && process.getuid?.() === 0 && isDebian();
}

/** Installs Debian's packages, with progress; `what` is the word for them. Throws what apt-get says. */
export async function installPackages(packages, what, env = process.env) {
  const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
  await withProgress(`installing ${what} with apt-get, once`, async () => {
    await execute('apt-get', ['-qq', 'update'], quiet);
    await execute('apt-get', ['-qq', 'install', '-y', ...packages], quiet);
  });
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
