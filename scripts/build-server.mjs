/**
 * `npm run build:server`: src/ becomes dist/, file by file, by swc: seconds, where the type checker takes more than a minute.
 * It checks no types: `npm run types` does, and `npm test` runs both.
 */
import { transformFile } from '@swc/core';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { swc } from './swc.mjs';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
const result = join(root, 'dist');

const isSource = (name) => /\.tsx?$/.test(name) && !/\.(spec|d)\.tsx?$/.test(name);

async function build(file) {
  const target = join(result, relative(source, file)).replace(/\.tsx?$/, '.js');
  const options = { ...swc, swcrc: false, sourceMaps: true, sourceFileName: relative(dirname(target), file) };
  const { code, map } = await transformFile(file, options);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
  writeFileSync(`${target}.map`, map);
}

/** Takes files from one list until it is empty; several run beside each other. */
async function buildAll(files) {
  for (let file = files.pop(); file; file = files.pop()) await build(file);
}

rmSync(result, { recursive: true, force: true });
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(isSource)
  .map((name) => join(source, name));
await Promise.all(Array.from({ length: availableParallelism() * 2 }, () => buildAll(files)));
