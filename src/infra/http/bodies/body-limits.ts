import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../../common/times/clock.js';
import { MAX_FILE_BYTES } from '../../../contracts/limits.js';
import type { Config } from '../../../config/config.js';
import { RateLimits } from '../../redis/rate-limits.js';
import { followArrivals } from './arrivals.js';
import { BodiesUnderWay } from './bodies-under-way.js';
import { SHORT_BYTES, publicSize, senderIs } from './body-sizes.js';
import { MAX_CSV_BYTES } from './csv-body.js';
import { PLACES_OF_SITE, networkOf, siteOf } from '../network.js';
import { onceCome } from '../lines/exchanges.js';
import { LINGER_MS, answerUnparsed } from '../problem.filter.js';
import { WRITES } from '../write-limit.guard.js';

const MEGABYTE = 1024 * 1024;

/** So long a body may be on its way that is no upload, read or refused, or thousands that never end are kept at once. Tests make it shorter. */
export const FORM_TIME = { ms: MINUTE };

/** An upload brings so many bytes in each such time (4 kB a second), or it is cut: what has come of it lies on the disk. Tests make it shorter. */
export const UPLOAD_PACE = { ms: MINUTE, bytes: 240 * 1024 };

/** As Node calls what takes longer than all of a request may. */
const TOO_SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

const TOO_LARGE = 413;

/** So many long bodies are under way of one place. */
const OF_A_PLACE = 32;

/** So many bytes of files of all who apply to calls are under way. Others have room of their own. */
export const UPLOADED_BY_APPLICANTS = 1024 * MEGABYTE;
const APPLICATIONS = '/api/applications/';

/** What of ours somebody without a login shows, by a name of its own: the address of a webhook, the bearer of who applies to a call. */
export interface ShownBehind {
  kind: 'hook' | 'applicant';
  by: string;
}

const UPLOAD = /^\s*multipart\/form-data\b/i;

/** Bodies of these are not read, whatever comes. */
const BODILESS = new Set(['GET', 'HEAD']);

/**
 * Sets the limit of each route that asks for no login as it is made; more than that is 413. Routes with a smaller limit of their own keep it. On all others, and
 * where there is no route, guards stand behind the reading: more than is short is read there of who is signed in, as `senderBehind` says, which throws 401, and
 * who may write more, else 429. What is no upload has a minute to come, and an upload has to come on. Of all that is more than short so much is under way of
 * each person, and of each place without a login. What comes with something that only we can have given (`shownBehind`) has room of its own: strangers take nothing of it.
 */
export function limitBodies(
  app: NestFastifyApplication,
  config: Config,
  senderBehind: (request: FastifyRequest) => Promise<string>,
  shownBehind: (request: FastifyRequest) => Promise<ShownBehind | null>,
): void {
  const limits = app.get(RateLimits);
  const strangers = new BodiesUnderWay(OF_A_PLACE, 64 * MEGABYTE);
  const sites = new BodiesUnderWay(OF_A_PLACE * PLACES_OF_SITE);
  const shownBy: Record<ShownBehind['kind'], BodiesUnderWay> = {
    hook: new BodiesUnderWay(8, 64 * MEGABYTE),
    // One has as many files of calls as mailboxes: so many lines are needed to keep others waiting that they are no cheap way to do so.
    applicant: new BodiesUnderWay(8, 256 * MEGABYTE),
  };
  const people = new BodiesUnderWay(10, 256 * MEGABYTE);
  // A page sends two files at a time, and somebody may have two open. How many bytes lie there their limits of files say.
  const uploads = new BodiesUnderWay(4);
  // One has as many files of calls as mailboxes, and what is added to them lies on the disk before anybody looks at it.
  const uploadsOfApplicants = new BodiesUnderWay(4, UPLOADED_BY_APPLICANTS);
  const begin = (
    bodies: BodiesUnderWay,
    sender: string,
    { headers, routeOptions, raw }: FastifyRequest,
    answer: ServerResponse,
    most = Math.min(routeOptions.bodyLimit, MAX_CSV_BYTES),
  ) => {
    // As many bytes as it says, or as may come where it does not say. Of what is too long nothing is kept.
    const bytes = Math.min(Number(headers['content-length'] ?? Infinity), most);
    if (config.RATE_LIMITS === 'on') bodies.begin({ request: raw, answer }, sender, bytes);
  };
  const beginOfStranger = (request: FastifyRequest, answer: ServerResponse) => {
    const network = networkOf(request.ip);
    const site = siteOf(network);
    if (site !== null) begin(sites, site, request, answer);
    begin(strangers, network, request, answer);
  };
  // Whatever answers it, and before any of it did: what is refused at once has a body that comes as well.
  app.getHttpServer().prependListener('request', endInTime);
  followArrivals(app.getHttpServer());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      const bytes = publicSize(route.url)?.bytes;
      if (bytes !== undefined) route.bodyLimit = Math.min(route.bodyLimit ?? bytes, bytes);
    })
    .addHook('onRequest', async (request, { raw: answer }) => {
      if (BODILESS.has(request.method)) return;
      const isOpen = publicSize(request.routeOptions.url) !== undefined;
      const isLong = !isShort(request);
      const isUpload = isLong && !isOpen && UPLOAD.test(request.headers['content-type'] ?? '');
      if (isUpload) endIfItCrawls(request, answer);
      if (isOpen) {
        const shown = await shownBehind(request);
        if (!isLong) return;
        if (shown === null) beginOfStranger(request, answer);
        else begin(shownBy[shown.kind], shown.by, request, answer);
        return;
      }
      if (!isLong) return;
      const sender = await senderBehind(request);
      await limits.take(WRITES, sender);
      senderIs(request, sender);
      if (isUpload && request.routeOptions.url?.startsWith(APPLICATIONS))
        begin(uploadsOfApplicants, sender, request, answer, MAX_FILE_BYTES);
      else begin(isUpload ? uploads : people, sender, request, answer);
    })
    .addHook('onSend', (request, reply, _payload, done) => {
      if (reply.statusCode === TOO_LARGE) readOn(request, reply);
      done();
    });
}

/** What is too large is read on for a moment and dropped: whoever still sends it, as a proxy does, would else see the line break, and no answer. */
function readOn({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  void reply.removeHeader('connection');
  raw.resume();
  reply.raw.once('finish', () => {
    setTimeout(() => raw.complete || raw.socket.destroy(), LINGER_MS).unref();
  });
}

/** What comes in pieces does not say how long it is. */
function isShort({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SHORT_BYTES;
}

/** The times that run of bodies that are no uploads, or not known to be. */
const times = new WeakMap<IncomingMessage, NodeJS.Timeout>();

function endInTime(raw: IncomingMessage, answer: ServerResponse): void {
  if (!hasBody(raw)) return;
  const timer = setTimeout(() => cut(raw, answer), FORM_TIME.ms).unref();
  times.set(raw, timer);
  onceCome(raw, () => clearTimeout(timer));
}

/** An upload may take longer than other bodies, as long as it comes on. */
function endIfItCrawls({ raw }: FastifyRequest, answer: ServerResponse): void {
  clearTimeout(times.get(raw));
  let before = raw.socket.bytesRead;
  const timer = setInterval(() => {
    const { bytesRead } = raw.socket;
    if (bytesRead - before < UPLOAD_PACE.bytes) cut(raw, answer);
    before = bytesRead;
  }, UPLOAD_PACE.ms).unref();
  onceCome(raw, () => clearInterval(timer));
}

/** Whether a head says that a body follows (RFC 9112, section 6.3). */
const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Ends the line of a body that does not come. */
function cut(raw: IncomingMessage, answer: ServerResponse): void {
  if (raw.complete) return;
  if (answer.headersSent && !answer.writableFinished) {
    // A second answer would stand within the first.
    raw.socket.destroy();
    return;
  }
  // What was refused is not read to its end, or it would be done all the same.
  raw.socket.once('finish', () => raw.destroy());
  answerUnparsed(Object.assign(new Error('a body that does not come'), { code: TOO_SLOW }), raw.socket);
}
