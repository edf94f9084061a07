/** One wrong field of a 422: a JSON pointer (RFC 6901) into the body, a stable code, and what the sentence needs. */
export interface FieldProblem {
  field: string;
  code: string;
  params?: Record<string, unknown>;
}

/** Parameters of a problem that are shown in its sentence or acted on (`next` of `slot_taken`, `retryAfter`). */
export type ProblemExtras = Record<string, unknown>;

/**
 * What the server refused, as an error: `application/problem+json` (RFC 9457) with our stable `code`.
 * `status` 0 with code `offline` means that no answer came at all.
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly errors: FieldProblem[] = [],
    readonly extras: ProblemExtras = {},
  ) {
    super(code);
  }

  /** True where asking again later may help: no answer, too many requests, or a server in trouble. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Nothing there, or nothing for whoever asks. */
export const isMissing = (error: unknown) => error instanceof Problem && error.status === 404;

/** Narrows an unknown error to a problem with this code. */
export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** Reads the body of a refused answer; anything that is not problem+json becomes code `http_<status>`. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  const retryAfter = response.headers.get('retry-after');
  const waits = retryAfter ? { retryAfter: Number(retryAfter) } : {};
  if (!type.includes('json')) return new Problem(response.status, `http_${response.status}`, [], waits);
  try {
    const body = (await response.json()) as { code?: string; errors?: FieldProblem[] } & ProblemExtras;
    const { code, errors, ...extras } = body;
    return new Problem(response.status, code ?? `http_${response.status}`, errors ?? [], { ...extras, ...waits });
  } catch {
    return new Problem(response.status, `http_${response.status}`, [], waits);
  }
}
