import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPage, isUnlisted, plainPath } from './pages.js';

it.each([
  ['/api/docs', '/api/docs'],
  ['/%61pi/docs', '/api/docs'],
  ['/%2561pi/docs', '/api/docs'],
  ['//api//docs', '/api/docs'],
  ['/x/..%2f%66iles/uploads/1', '/files/uploads/1'],
  ['/%', '/%'],
  ['/c/100%25', '/c/100%'],
])('given %s, then it is meant as %s', (written, meant) => {
  expect(plainPath(written)).toBe(meant);
});

it('given what the server answers itself, then it is no page, however it is written; all else is', () => {
  const own = [
    '/api',
    '/%61pi/docs',
    '/%66iles/channels/1/export.html',
    '/ASSETS/a.js',
    '/admin/%71ueues',
    '//healthz',
  ];
  expect(own.filter(isPage)).toEqual([]);
  const pages = ['/', '/inbox', '/apiary', '/c/1/forum', '/admin/people', '/w/files'];
  expect(pages.filter((path) => !isPage(path))).toEqual([]);
});

it('given every page that is opened by a token or a code, then no search engine lists it; other pages are listed', () => {
  const router = readFileSync(join(import.meta.dirname, '../../../web/src/router.tsx'), 'utf8');
  const secret = [...router.matchAll(/path: '(\/[\w-]+)\/\$(?:token|code)'/g)].map(([, path]) => path!);
  expect(secret).toContain('/application');
  expect(secret.filter((path) => !isUnlisted(`${path}/abc`))).toEqual([]);
  expect(['/', '/calls/a-call', '/w/a-workshop', '/applications'].filter(isUnlisted)).toEqual([]);
});
