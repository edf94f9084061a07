import type { FastifyReply } from 'fastify';
import type { Config } from '../../config/config.js';
import { setLoginCookies } from './cookies.js';
import type { LoginResult } from '../logins/logins.service.js';

type Options = Record<string, unknown>;

/** The cookies of a login, by their name, each with what it was set with. */
function cookiesOf(PUBLIC_URL: string, isAdmin = false): [string, Options][] {
  const set: [string, Options][] = [];
  const reply = { setCookie: (name: string, _: string, options: Options) => set.push([name, options]) };
  const result = { reply: { me: { isAdmin } }, refreshToken: 'r', filesToken: 'f', devices: 'd' };
  setLoginCookies(reply as unknown as FastifyReply, { PUBLIC_URL } as Config, result as unknown as LoginResult);
  return set;
}

describe('the cookies of a login', () => {
  it.each([
    ['https://cordee.example', true],
    ['http://127.0.0.1:4000', false],
  ])('given %s, then no script reads them, no other page sends them, and secure is %s', (url, secure) => {
    const cookies = cookiesOf(url, true);
    expect(cookies).toHaveLength(4);
    for (const [, options] of cookies) expect(options).toMatchObject({ httpOnly: true, sameSite: 'strict', secure });
  });

  it('then each goes only where it is read, and the page of the queues gets one of an admin alone', () => {
    const places = (isAdmin: boolean, url = 'http://localhost:3000') =>
      cookiesOf(url, isAdmin).map(([name, { path }]) => [name, path]);
    const all = [
      ['cordee_device', '/api/auth'],
      ['cordee_refresh', '/api/auth'],
      ['cordee_files', '/files'],
    ];
    expect(places(false)).toEqual(all);
    expect(places(true)).toEqual([...all, ['cordee_files', '/admin/queues']]);
    // No neighbour under the same domain can set one of that name (RFC 6265bis).
    expect(places(false, 'https://c.example')[1]).toEqual(['__Host-cordee_refresh', '/']);
  });
});
