import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const logger = new Logger('Http');

/** Asked every few seconds by who watches; a refusal of theirs is worth a line. */
const OFTEN = new Set(['/healthz', '/readyz', '/metrics']);

/** One line a request: its id, method, route (never the address with its ids and tokens), status and time in ms. */
export function registerRequestLog(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      void reply.header('x-request-id', request.id);
      done();
    })
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const { id: requestId, method } = request;
      const line = { requestId, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
      if (OFTEN.has(route) && reply.statusCode < 400) logger.debug(line, 'request');
      else logger.log(line, 'request');
      done();
    });
}
