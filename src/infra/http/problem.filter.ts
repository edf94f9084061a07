import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mongo } from 'mongoose';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Problem, notFound } from '../../common/problem.js';

/** Titles of the statuses we answer (RFC 9110). */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const CODES: Record<number, string> = {
  400: 'unreadable',
  401: 'unauthorized',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** Whatever is thrown becomes `application/problem+json` (RFC 9457). An unknown error says nothing of its inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('ProblemFilter');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) {
      const request = http.getRequest<FastifyRequest>();
      this.logger.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed');
    }
    send(problem, reply);
  }
}

/** The page of the web app that says so in the reader's language. */
const BROKEN_LINK = '/broken-link';

/**
 * An address that cannot be decoded never reaches a route: the same problem as everywhere, without the address in it. Who followed a link
 * in a browser (a mail program may have cut it) is led to a page.
 */
export function answerUnreadable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
    void reply.redirect(BROKEN_LINK, 303);
    return;
  }
  send(toProblem(error), reply);
}

/** What is no HTTP, too slow, or has more in its head than is read (a query of 16 KiB), ends before there is a request: a problem as well. */
export function answerUnparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, code] = UNPARSED[error.code ?? ''] ?? [400, 'unreadable'];
  answerRaw(socket, { status, code });
}

/** So long is read on after an answer: who is still sending would else lose it. */
export const LINGER_MS = 1000;

/** Answers on a line on which nobody else answers any more, and lets go of it soon, whatever the other side does. `head`: more lines of the head. */
export function answerRaw(
  socket: Duplex,
  { status, code, head: more = [] }: { status: number; code: string; head?: readonly string[] },
): void {
  const title = TITLES[status] ?? 'Error';
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail: 'The request could not be read.' });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
    ...more,
  ];
  socket.on('error', () => undefined);
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const UNPARSED: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'head_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too_slow'],
};

function send(problem: Problem, reply: FastifyReply): void {
  const { retryAfterSeconds, ...more } = problem.more;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
  void reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send({
      type: 'about:blank',
      title: TITLES[problem.status] ?? 'Error',
      status: problem.status,
      code: problem.code,
      detail: problem.detail,
      ...more,
    });
}

/** Any error as the problem a client may see. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  // Our own refusals are problems: a 403 of another kind says that an address leads out of a folder of files, where there is nothing.
  if (status === 404 || status === 403) return notFound();
  if (status >= 400 && status < 500)
    return new Problem(status, CODES[status] ?? 'refused', 'The request could not be read.');
  if (status === 503 || isUnreachable(error)) {
    return new Problem(503, 'unavailable', 'A part of the service is away. Try again in a moment.', {
      retryAfterSeconds: 2,
    });
  }
  return new Problem(500, 'internal', 'Something went wrong on our side. It is logged.');
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return 500;
}

const UNREACHABLE = new Set(['MongoNotConnectedError', 'MongooseServerSelectionError', 'MaxRetriesPerRequestError']);
/** What the driver calls an error that passes: a primary that steps down, a connection that was cut (MongoDB's specification of retryable reads and writes). */
const PASSING = ['RetryableWriteError', 'RetryableError', 'TransientTransactionError', 'ResetPool'];

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof mongo.MongoServerSelectionError || error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof mongo.MongoError && PASSING.some((label) => error.hasErrorLabel(label))) return true;
  return UNREACHABLE.has(error.name);
}
