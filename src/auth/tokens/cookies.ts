import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { QUEUE_BOARD } from '../../infra/queue/queue-board.js';
import type { LoginResult } from '../logins/logins.service.js';

const DAY = 24 * 60 * 60;
const THIRTY_DAYS = 30 * DAY;
/** The longest that browsers keep a cookie. */
const DEVICE_DAYS = 400 * DAY;

const isSecure = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) => PUBLIC_URL.startsWith('https:');
const ours = (config: Config) => ({ httpOnly: true, sameSite: 'strict', secure: isSecure(config) }) as const;

/** The refresh token. */
const REFRESH: CookieKind = { name: 'cordee_refresh', paths: ['/api/auth'] };
/** Who signed in on this device before; no right, see `Devices`. */
const DEVICE: CookieKind = { name: 'cordee_device', paths: ['/api/auth', '/api/me/password'] };
/** Opens files and downloads by GET, where no header can be set, and the page of the queues for admins. */
const FILES: CookieKind = { name: 'cordee_files', paths: ['/files'] };
const FILES_OF_ADMIN: CookieKind = { ...FILES, paths: ['/files', QUEUE_BOARD] };

interface CookieKind {
  name: string;
  paths: readonly string[];
}

const hostBound = (name: string) => `__Host-${name}`;

/**
 * What a cookie is called, and where it goes. Where the site is https, browsers take one of such a name from this very host alone (RFC 6265bis, section 4.1.3.2): a
 * neighbour under the same domain could set one else, and so sign somebody in as another, or show them another's files. Such a cookie goes to every path;
 * elsewhere each goes only where it is read.
 */
const cookieOf = (config: Pick<Config, 'PUBLIC_URL'>, { name, paths }: CookieKind): CookieKind =>
  isSecure(config) ? { name: hostBound(name), paths: ['/'] } : { name, paths };

/** The refresh token that a request brings. */
export const refreshTokenOf = ({ cookies }: FastifyRequest, config: Config): string | undefined =>
  cookies[cookieOf(config, REFRESH).name];

/** The token that opens files, of a request. */
export const filesTokenOf = ({ cookies }: FastifyRequest, config: Config): string | undefined =>
  cookies[cookieOf(config, FILES).name];

/** What a device says of who signed in on it. That of a neighbour counts only where there is none of ours: it is no right, and then there is none to lose. */
export const devicesOf = ({ cookies }: FastifyRequest): string =>
  cookies[hostBound(DEVICE.name)] ?? cookies[DEVICE.name] ?? '';

/** Sets the cookies of a login: httpOnly, SameSite=Strict, Secure where the site is https. */
export function setLoginCookies(reply: FastifyReply, config: Config, result: LoginResult): void {
  if (result.devices !== null) setDeviceCookie(reply, config, result.devices);
  set(reply, config, REFRESH, result.refreshToken, THIRTY_DAYS);
  set(reply, config, result.reply.me.isAdmin ? FILES_OF_ADMIN : FILES, result.filesToken);
}

/** Stays when the login ends. */
export function setDeviceCookie(reply: FastifyReply, config: Config, devices: string): void {
  set(reply, config, DEVICE, devices, DEVICE_DAYS);
}

export function clearLoginCookies(reply: FastifyReply, config: Config): void {
  for (const kind of [REFRESH, FILES_OF_ADMIN]) {
    const { name, paths } = cookieOf(config, kind);
    for (const path of paths) void reply.clearCookie(name, { ...ours(config), path });
  }
}

/** Without `maxAge` it goes with the browser's session. */
function set(reply: FastifyReply, config: Config, kind: CookieKind, value: string, maxAge?: number): void {
  const { name, paths } = cookieOf(config, kind);
  for (const path of paths)
    void reply.setCookie(name, value, { ...ours(config), path, ...(maxAge !== undefined && { maxAge }) });
}
