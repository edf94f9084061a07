import type { FieldProblem } from '../contracts/primitives.js';

/**
 * A refusal that a client can act on: an HTTP `status`, a stable `code`, and what helps (fields, what is next).
 * Becomes problem+json (RFC 9457) over HTTP and `{ok: false, error}` on a socket.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly more: { errors?: FieldProblem[]; retryAfterSeconds?: number; [member: string]: unknown } = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }
}

/** 404, the same for what does not exist and for what one may not see. */
export const notFound = () => new Problem(404, 'not_found', 'There is nothing here for you.');

/** 403: one sees the thing, but may not do this. */
export const forbidden = (
  code = 'forbidden',
  detail = 'Your role does not allow this.',
  more: Record<string, unknown> = {},
) => new Problem(403, code, detail, more);

/** 401: sign in (again). */
export const unauthorized = (code = 'unauthorized', detail = 'Sign in to go on.') => new Problem(401, code, detail);

/** 409: stale, lost race, or a state that does not allow the act; `more` says what is next. */
export const conflict = (code: string, detail: string, more: Record<string, unknown> = {}) =>
  new Problem(409, code, detail, more);

/** 503: more is under way than fits; try again after so many seconds. */
export const overloaded = (retryAfterSeconds: number) =>
  new Problem(503, 'overloaded', 'Too much at once. Try again in a moment.', { retryAfterSeconds });

/** 422 for fields: `field` is a JSON pointer into the body. */
export const invalid = (errors: FieldProblem[]) =>
  new Problem(422, 'invalid', 'Some fields are not right.', { errors });

/** 422 for one field. */
export const invalidField = (field: string, code: string, params?: Record<string, unknown>) =>
  invalid([params ? { field, code, params } : { field, code }]);

/** 429 with Retry-After. */
export const tooMany = (retryAfterSeconds: number) =>
  new Problem(429, 'too_many_requests', 'Too many tries. Wait a little.', { retryAfterSeconds });
