import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import { Logger, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { AppModule } from './app.module.js';
import { FilesCookie } from './auth/tokens/files-cookie.js';
import { LoginsService } from './auth/logins/logins.service.js';
import { bearerOf } from './auth/origin.js';
import { ShownApplication } from './calls/applications/applicant.guard.js';
import { ApplicantTokens } from './calls/applications/applicant-tokens.js';
import { PublicCallsService } from './calls/public-calls.service.js';
import type { Clock } from './common/times/clock.js';
import { CONFIG, type Config, warnings } from './config/config.js';
import { registerCsvBody } from './infra/http/bodies/csv-body.js';
import { registerGracefulStop } from './infra/http/graceful-stop.js';
import { isCounted } from './infra/http/bodies/body-sizes.js';
import { registerFormBody } from './infra/http/bodies/form-body.js';
import { registerJsonBody } from './infra/http/bodies/json-body.js';
import { InLineInterceptor } from './infra/http/load/in-line.js';
import { ProblemFilter, answerUnparsed, answerUnreadable } from './infra/http/problem.filter.js';
import { refuseForeignPages } from './infra/http/foreign-pages.js';
import { refuseForeignHosts } from './infra/http/own-hosts.js';
import { isThisMachine, networkCounts, networkOf } from './infra/http/network.js';
import { type Limit, RateLimits } from './infra/redis/rate-limits.js';
import type { PageHead } from './infra/http/page-head.js';
import { PublicPages } from './workshops/guests/public-pages.service.js';
import { registerRequestLog } from './infra/http/request-log.js';
import { refuseOtherProtocols } from './infra/http/lines/other-protocols.js';
import { registerSecurityHeaders } from './infra/http/security-headers.js';
import { type ShownBehind, limitBodies } from './infra/http/bodies/body-limits.js';
import { registerLoadShedding } from './infra/http/load/load-shedding.js';
import { endFloodedLines } from './infra/http/lines/exchanges.js';
import { SecondLook } from './infra/http/second-look.js';
import { MADE_UP } from './infra/http/write-limit.guard.js';
import { ValidationPipe } from './infra/http/validation.pipe.js';
import { SLOW_CLIENTS } from './infra/http/lines/slow-clients.js';
import { packNoFiles, serveWebApp } from './infra/http/web-app.js';
import { PinoLogger, createPino } from './infra/logging/pino-logger.js';
import { keptSecret } from './infra/mongo/kept-secret.js';
import { Migrator } from './infra/mongo/migrator.js';
import { mountQueueBoard } from './infra/queue/queue-board.js';
import { SocketAdapter } from './infra/realtime/socket-adapter.js';
import { mountApiDocs } from './infra/http/openapi/api-docs.js';
import { ShownHooks } from './bridges/webhooks/shown-hooks.js';
import { OperationService } from './reminders/monitoring/operation.service.js';

/** Where who applies to a call adds a file. */
const APPLICATION = '/api/applications/:applicationId';
const APPLICATION_FILES = '/api/applications/:applicationId/files/:file';
/** Where other programs write into channels. */
const HOOKS = '/api/hooks/:token';
/** Pages with a head of their own, for one place and process. */
const HEADS: Limit = { name: 'page-heads', points: 300, seconds: 60, perProcess: true };
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
  endFloodedLines(app.getHttpAdapter().getInstance());
  registerRequestLog(app);
  registerGracefulStop(app);
  refuseOtherProtocols(app.getHttpServer());
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
  limitBodies(
    app,
    config,
    (request) => senderBehind(app, request),
    (request) => shownBehind(app, request),
  );
  registerJsonBody(app, MAX_BODY_BYTES);
  registerFormBody(app, MAX_BODY_BYTES);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  const reflector = app.get(Reflector);
  app.useGlobalInterceptors(
    new InLineInterceptor(reflector, app.get(SecondLook), config.RATE_LIMITS === 'on'),
    new StandardSchemaSerializerInterceptor(reflector),
  );
  app.useWebSocketAdapter(new SocketAdapter(app));
  mountApiDocs(app);
  await mountQueueBoard(
    app,
    (request) => app.get(FilesCookie).visitor(request),
    async (request) => await app.get(OperationService).boardFor(await app.get(FilesCookie).reader(request)),
  );
  await serveWebApp(app, {
    '/w/:slug': (request) => headOf(app, config, request, '/w/', (slug) => app.get(PublicPages).head(slug)),
    '/calls/:slug': (request) =>
      headOf(app, config, request, '/calls/', (slug) => app.get(PublicCallsService).head(slug)),
  });
}

/** What other sites are told of a page that everybody may see. Who asks without end gets the page alone. */
async function headOf(
  app: NestFastifyApplication,
  config: Config,
  request: FastifyRequest,
  folder: string,
  ask: (slug: string) => Promise<PageHead | null>,
) {
  const { slug = '' } = request.params as { slug?: string };
  const isAllowed = await app
    .get(RateLimits)
    .takeAll(networkCounts(HEADS, networkOf(request.ip)))
    .then(
      () => true,
      () => false,
    );
  const head = isAllowed ? await ask(slug) : null;
  return head && { head, url: new URL(`${folder}${encodeURIComponent(slug)}`, config.PUBLIC_URL).href };
}

/** Whose a long body is: of who is signed in, or, where a file is added to what somebody hands in to a call, of who applies. Throws 401. */
async function senderBehind(app: NestFastifyApplication, request: FastifyRequest): Promise<string> {
  const bearer = bearerOf(request) ?? '';
  const shown = request.routeOptions.url === APPLICATION_FILES ? app.get(ApplicantTokens).readAccess(bearer) : null;
  return shown?.applicationId ?? (await app.get(LoginsService).personBehind(bearer));
}

/** What of ours a long body comes with on a route that is open to all: see `hookBehind`, and the bearer of who applies. Throws 429. */
async function shownBehind(app: NestFastifyApplication, request: FastifyRequest): Promise<ShownBehind | null> {
  const { url = '' } = request.routeOptions;
  if (url === HOOKS) return shownAs('hook', await hookBehind(app, request));
  return url.startsWith(APPLICATION) ? shownAs('applicant', app.get(ShownApplication).recognise(request)) : null;
}

const shownAs = (kind: ShownBehind['kind'], by: string | null): ShownBehind | null =>
  by === null ? null : { kind, by };

/** The webhook of ours by whose address something comes, or null. What comes by one that is made up is counted before it is read: throws 429. */
async function hookBehind(app: NestFastifyApplication, request: FastifyRequest): Promise<string | null> {
  const hook = await app.get(ShownHooks).recognise(request);
  if (hook === null) {
    await app.get(RateLimits).takeAll(networkCounts(MADE_UP, networkOf(request.ip)));
    isCounted(request);
  }
  return hook;
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
