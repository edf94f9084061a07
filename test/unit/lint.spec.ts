import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The linter's rules still bite: each of these small files has the defects that stand beside it, and no other. */
const root = join(import.meta.dirname, '..', '..');
const files: Record<string, { text: string; rules: string[] }> = {
  'src/forums/rooms.ts': {
    text: `import { a } from '../chat/a.js';
      import type { b } from '../bridges/b.js';
      export { c } from '../app.module.js';
      export { d } from '../../test/support/d.js';
      export type E = import('../reminders/e.js').E;
      export const f = () => import('../search/f.js');
      export { g } from '../auth/g.js';
      export const all = [a] satisfies b[];`,
    rules: Array<string>(6).fill('house(rooms)'),
  },
  'src/forums/rooms.spec.ts': {
    text: `export { world } from '../../test/support/world.js'; export { a } from '../chat/a.js';`,
    rules: ['house(rooms)'],
  },
  'src/common/one.ts': {
    text: `import { two } from './two.js'; export const one = (): number => two();`,
    rules: ['import(no-cycle)'],
  },
  'src/common/two.ts': {
    text: `import { one } from './one.js'; export const two = (): number => one();`,
    rules: ['import(no-cycle)'],
  },
  'src/common/promises.ts': {
    text: `const work = async () => { await Promise.resolve(1); };
      export function start() { work(); }
      export const either = work() ? 1 : 2;
      export async function idle() { return 1; }
      export async function both() { await 1; try { return work(); } catch { return null; } }`,
    rules: [
      'typescript(no-floating-promises)',
      'typescript(no-misused-promises)',
      'typescript(no-unnecessary-condition)',
      'typescript(require-await)',
      'typescript(await-thenable)',
      'typescript(return-await)',
    ],
  },
  'src/common/unsafe.ts': {
    text: `const bare = JSON.parse('1');
      export const list: number[] = [bare.x, bare()];
      export function first(given: any) { return given; }
      export const sure = list[0]!;
      list.push(bare);`,
    rules: [
      'typescript(no-unsafe-assignment)',
      'typescript(no-unsafe-assignment)',
      'typescript(no-unsafe-member-access)',
      'typescript(no-unsafe-call)',
      'typescript(no-explicit-any)',
      'typescript(no-unsafe-return)',
      'typescript(no-non-null-assertion)',
      'typescript(no-unsafe-argument)',
    ],
  },
  'test/api/unsafe.spec.ts': { text: `export const bare: any = JSON.parse('1'); bare.x();`, rules: [] },
  'test/api/waits.spec.ts': {
    text: `import { monitorEventLoopDelay } from 'node:perf_hooks';
      export const delay = monitorEventLoopDelay();
      export const since = performance.now();
      export const pause = () => new Promise((done) => setTimeout(done, 50));
      it('is there soon', () => { expect(Date.now() - since).toBeLessThan(50); }, 1000);`,
    rules: Array<string>(5).fill('house(waits)'),
  },
  'src/common/needless.ts': {
    text: `export const tell = (text: string, at: object) => (text ?? '') + \`\${at}\`;
      export const same = (text: string) => { const one = text as string; return one; };
      /** @deprecated Use same. */
      export const old = () => 1;
      export const now = old();
      export const raise = () => { throw 'no'; };`,
    rules: [
      'typescript(no-unnecessary-condition)',
      'typescript(no-base-to-string)',
      'typescript(restrict-template-expressions)',
      'typescript(no-unnecessary-type-assertion)',
      'typescript(no-deprecated)',
      'typescript(only-throw-error)',
    ],
  },
  'src/infra/settings.ts': {
    text: `export const key = process.env.KEY; export const path = (request: { url: string }) => request.url;`,
    rules: ['eslint(no-restricted-properties)', 'eslint(no-restricted-properties)'],
  },
  'src/config/settings.ts': { text: `export const key = process.env.KEY;`, rules: [] },
  'web/src/Hooks.tsx': {
    text: `import { useEffect, useState } from 'react';
      export function Hooks({ name }: { name: string }) {
        const [seen, setSeen] = useState('');
        useEffect(() => { document.title = name; }, []);
        if (seen) useState(1);
        useEffect(() => { setSeen('x'); }, []);
        return <p>{seen}</p>;
      }`,
    rules: ['react-hooks(exhaustive-deps)', 'react-hooks(rules-of-hooks)', 'react(set-state-in-effect)'],
  },
  'scripts/plain.mjs': {
    text: `let once = 1; export const words = [unknown, once]; try { words.at(0); } catch {}`,
    rules: ['eslint(prefer-const)', 'eslint(no-undef)', 'eslint(no-empty)'],
  },
  'src/common/needed.ts': {
    text: `// eslint-disable-next-line no-control-regex -- not so
      export const plain = /a/;`,
    rules: ['unused directive'],
  },
};

let house: string;
const found: Record<string, string[]> = {};

interface Report {
  diagnostics: { code?: string; filename: string }[];
}

beforeAll(async () => {
  house = mkdtempSync(join(tmpdir(), 'cordee-lint-'));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const path of [...Object.keys(files), 'web/x', 'scripts/x'])
    mkdirSync(dirname(join(house, path)), { recursive: true });
  for (const path of [
    '.oxlintrc.json',
    'scripts/rooms.mjs',
    'scripts/waits.mjs',
    'package.json',
    'tsconfig.json',
    'web/tsconfig.json',
  ]) {
    copyFileSync(join(root, path), join(house, path));
  }
  for (const [path, { text }] of Object.entries(files)) writeFileSync(join(house, path), text);
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const said = await new Promise<string>((done) => {
    execFile(process.execPath, [oxlint, '--format', 'json'], { cwd: house }, (_, out) => {
      done(out);
    });
  });
  for (const { code, filename } of (JSON.parse(said) as Report).diagnostics) {
    (found[filename] ??= []).push(code ?? 'unused directive');
  }
});

afterAll(() => {
  rmSync(house, { recursive: true, force: true });
});

test.each(Object.entries(files))(
  'given the defects of %s, then the linter says these and no other',
  (path, { rules }) => {
    expect((found[path] ?? []).sort()).toEqual([...rules].sort());
  },
);
