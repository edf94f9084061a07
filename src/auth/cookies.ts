import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { QUEUE_BOARD } from '../infra/queue/queue-board.js';
import type { LoginResult } from './logins.service.js';

/** The refresh token's cookie, sent to `/api/auth` only. */
export const REFRESH_COOKIE = 'cordee_refresh';
/** Opens files and downloads by GET, where no header can be set, and the page of the queues for admins. */
export const FILES_COOKIE = 'cordee_files';

/** Who signed in on this device before; no right, see `Devices`. */
export const DEVICE_COOKIE = 'cordee_device';

const DAY = 24 * 60 * 60;
const THIRTY_DAYS = 30 * DAY;
/** The longest that browsers keep a cookie. */
const DEVICE_DAYS = 400 * DAY;

const ours = (config: Config) =>
  ({ httpOnly: true, sameSite: 'strict', secure: config.PUBLIC_URL.startsWith('https:') }) as const;

/** Sets the cookies of a login: httpOnly, SameSite=Strict, Secure where the site is https. */
export function setLoginCookies(reply: FastifyReply, config: Config, result: LoginResult): void {
  const common = ours(config);
  setDeviceCookie(reply, config, result.devices);
  void reply.setCookie(REFRESH_COOKIE, result.refreshToken, { ...common, path: '/api/auth', maxAge: THIRTY_DAYS });
  const paths = result.reply.me.isAdmin ? ['/files', QUEUE_BOARD] : ['/files'];
  for (const path of paths) void reply.setCookie(FILES_COOKIE, result.filesToken, { ...common, path });
}

/** Stays when the login ends. */
export function setDeviceCookie(reply: FastifyReply, config: Config, devices: string): void {
  void reply.setCookie(DEVICE_COOKIE, devices, { ...ours(config), path: '/api/auth', maxAge: DEVICE_DAYS });
}

export function clearLoginCookies(reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, { path: '/api/auth' });
  for (const path of ['/files', QUEUE_BOARD]) void reply.clearCookie(FILES_COOKIE, { path });
}
