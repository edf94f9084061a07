import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { clearLoginCookies, devicesOf, filesTokenOf, refreshTokenOf, setLoginCookies } from './cookies.js';
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
    expect(cookies.length).toBeGreaterThanOrEqual(3);
    for (const [, options] of cookies) expect(options).toMatchObject({ httpOnly: true, sameSite: 'strict', secure });
  });

  it('then each goes only where it is read, and the page of the queues gets one of an admin alone', () => {
    const places = (isAdmin: boolean) =>
      cookiesOf('http://localhost:3000', isAdmin).map(([name, { path }]) => [name, path]);
    const all = [
      ['cordee_device', '/api/auth'],
      ['cordee_device', '/api/me/password'],
      ['cordee_refresh', '/api/auth'],
      ['cordee_files', '/files'],
    ];
    expect(places(false)).toEqual(all);
    expect(places(true)).toEqual([...all, ['cordee_files', '/admin/queues']]);
  });

  it('given a site with https, then no neighbour under the same domain can set one in their place (RFC 6265bis)', () => {
    const names = ['__Host-cordee_device', '__Host-cordee_refresh', '__Host-cordee_files'];
    for (const isAdmin of [false, true]) {
      const cookies = cookiesOf('https://c.example', isAdmin);
      expect(cookies.map(([name]) => name)).toEqual(names);
      for (const [, options] of cookies) {
        expect(options).toMatchObject({ secure: true, path: '/' });
        expect(options).not.toHaveProperty('domain');
      }
    }
  });

  it('given a site with https, then a cookie that a neighbour could set is not read, and they are all cleared', () => {
    const config = { PUBLIC_URL: 'https://c.example' } as Config;
    const sent = (cookies: Record<string, string>) => ({ cookies }) as unknown as FastifyRequest;
    const neighbours = sent({ cordee_files: 'n', cordee_refresh: 'n', cordee_device: 'n' });
    expect([refreshTokenOf(neighbours, config), filesTokenOf(neighbours, config)]).toEqual([undefined, undefined]);
    const both = sent({ ...neighbours.cookies, '__Host-cordee_files': 'o', '__Host-cordee_device': 'o' });
    expect([filesTokenOf(both, config), devicesOf(both), devicesOf(sent({}))]).toEqual(['o', 'o', '']);
    const cleared: [string, string][] = [];
    const reply = { clearCookie: (name: string, { path }: { path: string }) => cleared.push([name, path]) };
    clearLoginCookies(reply as unknown as FastifyReply, config);
    expect(cleared).toEqual([
      ['__Host-cordee_refresh', '/'],
      ['__Host-cordee_files', '/'],
    ]);
  });
});
