import type { FastifyRequest } from 'fastify';
import type { Origin } from './logins.service.js';

/** The bearer token of a request (RFC 6750 section 2.1), for routes that are open to all and look for themselves. */
export const bearerOf = (request: FastifyRequest): string | null =>
  /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** Where a request comes from; the address is the client's as far as TRUST_PROXY tells. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});
