import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { swc } from '../../../scripts/swc.mjs';

const isSource = (url = '') => /\.tsx?(\?|$)/.test(url);

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
  const filename = fileURLToPath(url.replace(/\?.*$/, ''));
  const { code } = await transform(await readFile(filename, 'utf8'), { ...swc, filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
