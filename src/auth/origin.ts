import type { FastifyRequest } from 'fastify';
import type { Origin } from './logins.service.js';

/** Where a request comes from; the address is the client's as far as TRUST_PROXY tells. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});
