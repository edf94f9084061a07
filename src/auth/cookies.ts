import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import type { LoginResult } from './logins.service.js';

/** The refresh token's cookie, sent to `/api/auth` only. */
export const REFRESH_COOKIE = 'cordee_refresh';
/** Opens files and downloads by GET, where no header can be set. */
export const FILES_COOKIE = 'cordee_files';

const THIRTY_DAYS = 30 * 24 * 60 * 60;

/** Sets both cookies: httpOnly, SameSite=Strict, Secure where the site is https. */
export function setLoginCookies(reply: FastifyReply, config: Config, result: LoginResult): void {
  const common = { httpOnly: true, sameSite: 'strict', secure: config.PUBLIC_URL.startsWith('https:') } as const;
  void reply.setCookie(REFRESH_COOKIE, result.refreshToken, { ...common, path: '/api/auth', maxAge: THIRTY_DAYS });
  void reply.setCookie(FILES_COOKIE, result.filesToken, { ...common, path: '/files' });
}

export function clearLoginCookies(reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, { path: '/api/auth' });
  void reply.clearCookie(FILES_COOKIE, { path: '/files' });
}
