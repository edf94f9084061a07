import { isPlainPath } from './plain-path';

describe('the path of a request', () => {
  it.each([
    '/me',
    '/cohorts/6b0b/workshops/7c1c',
    '/auth/invitations/6b0b.mac-_9/accept',
    '/projects/',
    '/x/a%2Fb',
    '/x/..a',
    '/x/%2E%2Ea',
    '/tags/deux mots',
  ])('given %s, then it is asked for', (path) => expect(isPlainPath(path)).toBe(true));

  it.each(['/cohorts/../me', '/cohorts/x/../../me/logins', '/a/.', '/a/..', '/a?b=c', '/a#b', '/a\\..\\b', 'me', ''])(
    'given %s, then it is not',
    (path) => expect(isPlainPath(path)).toBe(false),
  );

  it.each([
    '/cohorts/%2e%2e/me',
    '/cohorts/.%2E/me',
    '/a/%2e/b',
    '/cohorts/.\t./me',
    '/cohorts/.\n./me',
    '/a/.. ',
    '/a/%2E ',
  ])('given %j, of which a browser makes another path, then it is not', (path) => {
    expect(new URL(`https://cordee.example/api${path}`).pathname).not.toContain(path.trim());
    expect(isPlainPath(path)).toBe(false);
  });
});
