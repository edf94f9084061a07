/** What must be right before anything is started; each check throws one clear sentence. Runs on any old Node. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Trouble } from '../services/say.mjs';

const neededNode = [20, 19];

/** @throws {Trouble} when this Node is older than package.json's `engines` */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])) return;
  throw new Trouble(`Cordée needs Node ${neededNode.join('.')} or later; this is Node ${version}.`);
}

/** @throws {Trouble} when `npm ci` has not been run */
export function checkInstalled(root) {
  try {
    readFileSync(join(root, 'node_modules', 'mongoose', 'package.json'));
  } catch {
    throw new Trouble('The packages are not installed yet: run `npm ci` first.');
  }
}

/** Nobody else may look into the data folder: mails, files and the database lie there. @throws {Trouble} when it cannot be made or written to */
export function checkWritable(folder) {
  try {
    if (!existsSync(folder)) mkdirSync(folder);
    if (statSync(folder).isDirectory()) chmodSync(folder, 0o700);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw new Trouble(notWritable(folder, error), { cause: error });
  }
}

function notWritable(folder, { code, message }) {
  if (code === 'EACCES' || code === 'EPERM')
    return `The data folder ${folder} may not be written to by you: change its owner or its rights (chown, chmod).`;
  if (code === 'EROFS') return `The data folder ${folder} lies on a read-only disk: run Cordée from another folder.`;
  if (code === 'ENOSPC') return `The disk that holds ${folder} is full: make room and start again.`;
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${folder} is a file, but must be a folder: move it away.`;
  return `The data folder ${folder} cannot be written to: ${message}`;
}

/** @returns {number} `PORT`, or 3000; @throws {Trouble} when it is no port */
export function portOf(env) {
  const port = Number(env.PORT || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Trouble(`PORT must be a number from 1 to 65535, not "${env.PORT}".`);
}

/** @returns {string} `HOST`, or this machine alone: what is started here has published passwords, and shows the mail of all */
export const hostOf = (env) => env.HOST || '127.0.0.1';

/** @throws {Trouble} when nothing can listen on the port, on every address, on this machine's own, or on `host` */
export async function checkPort(port, host = '127.0.0.1') {
  for (const one of new Set([undefined, '127.0.0.1', host])) {
    const error = await tryToListen(port, one);
    if (one === host && ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(error?.code))
      throw new Trouble(`HOST must be an address of this machine, or 0.0.0.0 for all of them, not "${host}".`);
    if (error?.code === 'EADDRINUSE')
      throw new Trouble(
        `Port ${port} is taken by another program: stop it, or choose another port, as in \`PORT=${port + 1} npm start\`.`,
      );
    if (error?.code === 'EACCES')
      throw new Trouble(`You may not open port ${port}: choose one above 1023, as in \`PORT=3000 npm start\`.`);
    if (error) throw new Trouble(`Port ${port} cannot be opened: ${error.message}`);
  }
}

function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host }, () => server.close(() => resolve(null)));
  });
}
