import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtWeb, readChunks } from '../../support/servers/built-web.js';

/** The most script that one page needs before it can be used, in bytes of gzip. Dialogs, the editor and charts come later. */
const MAX_BYTES = 250_000;
/** The most scripts that one page asks for before it can be used: each is a request of its own. */
const MAX_SCRIPTS = 60;
const SHELL = 'src/shell/Shell.tsx';

const chunks = readChunks();

/** The chunks named and all that they import before they can run. */
function withImports(names: string[], seen = new Set<string>()): Set<string> {
  for (const name of names)
    if (!seen.has(name)) {
      seen.add(name);
      withImports(chunks[name]?.imports ?? [], seen);
    }
  return seen;
}

const size = (name: string) => gzipSync(readFileSync(join(builtWeb, chunks[name]!.file))).length;

const pages = Object.keys(chunks).filter((name) => name.endsWith('Page.tsx') && chunks[name]?.isDynamicEntry);

/** The scripts that a page needs before it can be used, the shell around it counted. */
const scriptsOf = (page: string) =>
  [...withImports(['index.html', ...(page.startsWith('src/features/auth/') ? [] : [SHELL]), page])].filter((name) =>
    chunks[name]?.file.endsWith('.js'),
  );

it('every page needs less script than is allowed, in few files, the shell around it counted', () => {
  expect(pages.length).toBeGreaterThan(30);
  const sizes = pages.map((page) => {
    const needed = scriptsOf(page);
    return { page, scripts: needed.length, bytes: needed.map(size).reduce((sum, bytes) => sum + bytes, 0) };
  });
  expect(sizes.filter(({ bytes, scripts }) => bytes > MAX_BYTES || scripts > MAX_SCRIPTS)).toEqual([]);
});
