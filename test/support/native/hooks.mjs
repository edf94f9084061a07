import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { transform, version } from '@swc/core';
import { swc } from '../../../scripts/swc.mjs';

const isSource = (url = '') => /\.tsx?(\?|$)/.test(url);

/** What swc made of sources: a worker that starts, or starts again, reads it instead of making it anew. Gone with `npm ci`. */
const kept = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'cordee', 'compiled');
mkdirSync(kept, { recursive: true });
const settings = JSON.stringify([version, swc]);

const ENDINGS = ['.ts', '.tsx', '/index.ts'];

/** How Node finds a module: sources of the server name one another by the `.js` that they become, those of the web app without an ending. */
export async function resolve(specifier, context, next) {
  if (isSource(context.parentURL) && /^\.{1,2}\//.test(specifier)) {
    for (const ending of ENDINGS) {
      const source = new URL(specifier.replace(/\.js$/, '') + ending, context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
  }
  return next(specifier, context);
}

/** How Node reads a source: as the build makes it. Words of the web app are JSON. */
export async function load(url, context, next) {
  if (url.endsWith('.json')) {
    const source = `export default ${await readFile(fileURLToPath(url), 'utf8')}`;
    return { format: 'module', source, shortCircuit: true };
  }
  if (!isSource(url)) return next(url, context);
  return { format: 'module', source: await compiled(fileURLToPath(url.replace(/\?.*$/, ''))), shortCircuit: true };
}

/** A source as JavaScript: kept by its content, or made now. */
async function compiled(filename) {
  const source = await readFile(filename, 'utf8');
  const key = createHash('sha256').update(settings).update(filename).update(source).digest('hex');
  const file = join(kept, key);
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before !== null) return before;
  const { code } = await transform(source, { ...swc, filename, sourceMaps: 'inline' });
  // Another worker may write the same: each has a file of its own until it is whole.
  await writeFile(`${file}.${pid}`, code);
  await rename(`${file}.${pid}`, file);
  return code;
}
