import { isPlainPath } from './plain-path';

describe('the path of a request', () => {
  it.each([
    '/me',
    '/cohorts/6b0b/workshops/7c1c',
    '/auth/invitations/6b0b.mac-_9/accept',
    '/projects/',
    '/x/a%2Fb',
    '/x/..a',
  ])('given %s, then it is asked for', (path) => expect(isPlainPath(path)).toBe(true));

  it.each(['/cohorts/../me', '/cohorts/x/../../me/logins', '/a/.', '/a/..', '/a?b=c', '/a#b', '/a\\..\\b', 'me', ''])(
    'given %s, then it is not',
    (path) => expect(isPlainPath(path)).toBe(false),
  );
});
