import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** More files than these side by side are not read any more: a folder that grows gets rooms of its own. */
const MAX_FILES = 25;

/** Every folder below one, with how many files of its own it has. */
function foldersBelow(folder: string): [string, number][] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const within = entries.filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'dist',
  );
  const own = entries.filter((entry) => entry.isFile()).length;
  return [[relative(root, folder), own], ...within.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

test('given the code and its tests, then no folder holds more files than one reads', () => {
  const folders = ['src', 'web/src', 'test', 'scripts', 'bench'].flatMap((name) => foldersBelow(join(root, name)));
  expect(folders.length).toBeGreaterThan(100);
  expect(folders.filter(([, files]) => files > MAX_FILES)).toEqual([]);
});
