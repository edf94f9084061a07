import underPressure from '@fastify/under-pressure';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { overloaded } from '../../../common/problem.js';
import type { Config } from '../../../config/config.js';

const MAX_LAG_MS = 2000;

/** Above 2 s of event-loop lag requests are refused with 503 and Retry-After, but for `/healthz`: the process is alive. */
export async function registerLoadShedding(app: NestFastifyApplication, config: Config): Promise<void> {
  // Tests run hundreds of clients on the event loop of the server itself: its lag would say nothing of the server.
  if (config.NODE_ENV === 'test') return;
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_LAG_MS,
    pressureHandler: (request: FastifyRequest) => {
      if (request.routeOptions.url !== '/healthz') throw overloaded(2);
    },
  });
}
