import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, notFound } from '../../common/problem.js';

/** Titles of the statuses we answer (RFC 9110). */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const CODES: Record<number, string> = {
  400: 'unreadable',
  401: 'unauthorized',
  403: 'forbidden',
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

/** An address that cannot be decoded never reaches a route: the same problem as everywhere, without the address in it. */
export function answerUnreadable(error: unknown, _request: unknown, reply: FastifyReply): void {
  void reply.header('x-content-type-options', 'nosniff');
  send(toProblem(error), reply);
}

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
  if (status === 404) return notFound();
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

const UNREACHABLE = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNotConnectedError',
  'MongooseServerSelectionError',
  'MaxRetriesPerRequestError',
]);

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && UNREACHABLE.has(error.name);
}
