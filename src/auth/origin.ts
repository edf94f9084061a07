import type {} from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { networkOf } from '../infra/http/network.js';
import { devicesOf } from './tokens/cookies.js';

/** Where a request comes from. `network` is what its limits count, `devices` what the device says of who signed in on it before. */
export interface Origin {
  network: string;
  userAgent: string;
  devices: string;
}

/** The bearer token of a request (RFC 6750 section 2.1), for routes that are open to all and look for themselves. */
export const bearerOf = (request: FastifyRequest): string | null =>
  /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** Where a request comes from; the address is the client's as far as TRUST_PROXY tells. */
export const originOf = (request: FastifyRequest): Origin => ({
  network: networkOf(request.ip),
  userAgent: request.headers['user-agent'] ?? '',
  devices: devicesOf(request),
});
