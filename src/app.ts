import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import { Logger, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { AppModule } from './app.module.js';
import { FilesCookie } from './auth/tokens/files-cookie.js';
import { LoginsService } from './auth/logins/logins.service.js';
import { bearerOf } from './auth/origin.js';
import type { Clock } from './common/times/clock.js';
import { CONFIG, type Config, warnings } from './config/config.js';
import { registerCsvBody } from './infra/http/csv-body.js';
import { registerGracefulStop } from './infra/http/graceful-stop.js';
import { registerJsonBody } from './infra/http/json-body.js';
import { ProblemFilter, answerUnparsed, answerUnreadable } from './infra/http/problem.filter.js';
import { refuseForeignPages } from './infra/http/foreign-pages.js';
import { refuseForeignHosts } from './infra/http/own-hosts.js';
import { isThisMachine } from './infra/http/network.js';
import { registerRequestLog } from './infra/http/request-log.js';
import { registerSecurityHeaders } from './infra/http/security-headers.js';
import { limitPublicBodies } from './infra/http/public-bodies.js';
import { registerLoadShedding } from './infra/http/load-shedding.js';
import { ValidationPipe } from './infra/http/validation.pipe.js';
import { SLOW_CLIENTS } from './infra/http/slow-clients.js';
import { packNoFiles, serveWebApp } from './infra/http/web-app.js';
import { PinoLogger, createPino } from './infra/logging/pino-logger.js';
import { keptSecret } from './infra/mongo/kept-secret.js';
import { Migrator } from './infra/mongo/migrator.js';
import { mountQueueBoard } from './infra/queue/queue-board.js';
import { SocketAdapter } from './infra/realtime/socket-adapter.js';
import { mountApiDocs } from './infra/http/openapi/api-docs.js';
import { OperationService } from './reminders/monitoring/operation.service.js';

const MAX_BODY_BYTES = 1024 * 1024;
const STOP_WITHIN_MS = 10_000;
/**
 * Answers up to here are packed in one go, under a millisecond of the event loop. An encoder for each took as long there and three times the processor, and kept
 * 600 kB until its answer was read to the end.
 */
const PACKED_AT_ONCE_BYTES = 32 * 1024;

/** The whole application, put together and migrated, not listening yet. */
export async function createApp(given: Config, clock: Clock): Promise<NestFastifyApplication> {
  const pino = createPino(given.LOG_LEVEL);
  for (const line of warnings(given)) pino.warn(line);
  const config = { ...given, JWT_SECRET: given.JWT_SECRET || (await keptSecret(given.MONGODB_URI)) };
  const adapter = new FastifyAdapter({
    ...SLOW_CLIENTS,
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: trustedHops(config.TRUST_PROXY),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnreadable,
    clientErrorHandler: answerUnparsed,
    routerOptions: { maxParamLength: 300 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, clock), adapter, {
    logger: new PinoLogger(pino),
    abortOnError: false,
  });
  await dress(app, config);
  await app.get(Migrator).run();
  return app;
}

/** All that stands around the rooms: parsing, headers, errors, docs, the web app. */
async function dress(app: NestFastifyApplication, config: Config): Promise<void> {
  registerRequestLog(app);
  registerGracefulStop(app);
  await registerLoadShedding(app, config);
  await registerSecurityHeaders(app, config);
  await app.register(cookie as never);
  packNoFiles(app);
  // Nobody sends us packed bodies: what is small on the way could be large here.
  await app.register(compress, { threshold: 1024, syncThreshold: PACKED_AT_ONCE_BYTES, globalDecompression: false });
  await app.register(etag as never);
  refuseForeignHosts(app, config);
  refuseForeignPages(app, config);
  registerCsvBody(app);
  limitPublicBodies(app, (request) => app.get(LoginsService).personBehind(bearerOf(request) ?? ''));
  registerJsonBody(app, MAX_BODY_BYTES);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  app.useWebSocketAdapter(new SocketAdapter(app));
  mountApiDocs(app);
  await mountQueueBoard(
    app,
    (request) => app.get(FilesCookie).visitor(request),
    async (request) => await app.get(OperationService).boardFor(await app.get(FilesCookie).reader(request)),
  );
  await serveWebApp(app);
}

/** Takes requests until SIGTERM or SIGINT; then finishes what is in flight and leaves within 10 s, whatever hangs. */
export async function listen(app: NestFastifyApplication): Promise<void> {
  const config = app.get<Config>(CONFIG);
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await app.listen(config.PORT, config.HOST);
  const { address, port } = app.getHttpServer().address() as AddressInfo;
  const where = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  new Logger('App').log(
    `listening on ${where} (${reachOf(address)}), serving ${config.PUBLIC_URL}, as ${config.ROLES.join(' and ')}`,
  );
}

/** Who can reach what listens there, in words. */
function reachOf(address: string): string {
  if (address === '0.0.0.0' || address === '::') return 'every address of this machine';
  return isThisMachine(address) ? 'this machine alone' : 'one address of this machine';
}

/** The nearest so many proxies are believed. */
function trustedHops(hops: Config['TRUST_PROXY']): false | ((address: string, hop: number) => boolean) {
  return hops === 'off' ? false : (_address, hop) => hop < hops;
}
