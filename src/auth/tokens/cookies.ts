import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { QUEUE_BOARD } from '../../infra/queue/queue-board.js';
import type { LoginResult } from '../logins/logins.service.js';

/** Opens files and downloads by GET, where no header can be set, and the page of the queues for admins. */
export const FILES_COOKIE = 'cordee_files';

/** Who signed in on this device before; no right, see `Devices`. */
export const DEVICE_COOKIE = 'cordee_device';

const DAY = 24 * 60 * 60;
const THIRTY_DAYS = 30 * DAY;
/** The longest that browsers keep a cookie. */
const DEVICE_DAYS = 400 * DAY;

const isSecure = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) => PUBLIC_URL.startsWith('https:');
const ours = (config: Config) => ({ httpOnly: true, sameSite: 'strict', secure: isSecure(config) }) as const;

/**
 * The refresh token's cookie. Where the site is https, browsers take one of that name from this very host alone (RFC 6265bis, section 4.1.3.2): a neighbour under
 * the same domain could set one else, and so sign somebody in as another. Such a cookie goes to every path; elsewhere it goes to `/api/auth` only.
 */
const refreshCookieOf = (config: Pick<Config, 'PUBLIC_URL'>): { name: string; path: string } =>
  isSecure(config) ? { name: '__Host-cordee_refresh', path: '/' } : { name: 'cordee_refresh', path: '/api/auth' };

/** The refresh token that a request brings. */
export const refreshTokenOf = ({ cookies }: FastifyRequest, config: Config): string | undefined =>
  cookies[refreshCookieOf(config).name];

/** Sets the cookies of a login: httpOnly, SameSite=Strict, Secure where the site is https. */
export function setLoginCookies(reply: FastifyReply, config: Config, result: LoginResult): void {
  const common = ours(config);
  setDeviceCookie(reply, config, result.devices);
  const { name, path: refreshPath } = refreshCookieOf(config);
  void reply.setCookie(name, result.refreshToken, { ...common, path: refreshPath, maxAge: THIRTY_DAYS });
  const paths = result.reply.me.isAdmin ? ['/files', QUEUE_BOARD] : ['/files'];
  for (const path of paths) void reply.setCookie(FILES_COOKIE, result.filesToken, { ...common, path });
}

/** Stays when the login ends. */
export function setDeviceCookie(reply: FastifyReply, config: Config, devices: string): void {
  void reply.setCookie(DEVICE_COOKIE, devices, { ...ours(config), path: '/api/auth', maxAge: DEVICE_DAYS });
}

export function clearLoginCookies(reply: FastifyReply, config: Config): void {
  const { name, path: refreshPath } = refreshCookieOf(config);
  void reply.clearCookie(name, { ...ours(config), path: refreshPath });
  for (const path of ['/files', QUEUE_BOARD]) void reply.clearCookie(FILES_COOKIE, { path });
}
