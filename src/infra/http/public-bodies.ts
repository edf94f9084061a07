import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { MINUTE } from '../../common/times/clock.js';
import { answerUnparsed } from './problem.filter.js';

const KILOBYTE = 1024;
const FORM = 64 * KILOBYTE;
/** So long a form may be on its way (a kilobyte a second), or thousands that never end are kept at once. Tests make it shorter. */
export const FORM_TIME = { ms: MINUTE };

/**
 * What may be sent to routes that ask for no login, by how their paths begin: forms are short, a message of another program is as long as one may be here. To
 * look at a body costs more than to send it, and nobody knows who sends it.
 */
const MAX_BYTES: readonly (readonly [path: RegExp, bytes: number])[] = [
  [/^\/api\/hooks\//, 256 * KILOBYTE],
  [/^\/api\/(auth|public|guests|places|session-links|unsubscribe)\//, FORM],
];
const mostOf = (url = ''): number | undefined => MAX_BYTES.find(([path]) => path.test(url))?.[1];

/** As Node calls what takes longer than all of a request may. */
const TOO_SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

/** Bodies of these are not read, whatever comes. */
const BODILESS = new Set(['GET', 'HEAD']);

/**
 * Sets the limit of each such route as it is made; more than that is 413. Routes with a smaller limit of their own keep it. On all others, and where there
 * is no route, guards stand behind the reading: more than a form is read there of who is signed in, as `mustBeKnown` says, which throws 401. What
 * anybody may send has a minute to come.
 */
export function limitPublicBodies(
  app: NestFastifyApplication,
  mustBeKnown: (request: FastifyRequest) => Promise<unknown>,
): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      const bytes = mostOf(route.url);
      if (bytes !== undefined) route.bodyLimit = Math.min(route.bodyLimit ?? bytes, bytes);
    })
    .addHook('onRequest', async (request) => {
      if (BODILESS.has(request.method)) return;
      if (isShort(request) || mostOf(request.routeOptions.url) !== undefined) endInTime(request);
      else await mustBeKnown(request);
    });
}

/** What comes in pieces does not say how long it is. */
function isShort({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= FORM;
}

function endInTime({ raw }: FastifyRequest): void {
  const timer = setTimeout(() => {
    if (raw.complete) return;
    raw.socket.once('finish', () => raw.destroy());
    answerUnparsed(Object.assign(new Error('a form that does not come'), { code: TOO_SLOW }), raw.socket);
  }, FORM_TIME.ms).unref();
  raw.once('close', () => clearTimeout(timer));
}
