/**
 * What a log may hold: how the house works, never what people write, who they are, or what lets somebody in. Errors of libraries
 * quote all three (a duplicate address, a refused recipient, a value that could not be cast), so they are cut down to what helps
 * to find the fault, and every line is read once more before it is written.
 */

const MAX_STACK_LINES = 12;

/** The kind, code, cleaned words and stack of an error; none of the further things that libraries hang on it. */
export function discreetError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, status, statusCode, cause } = error as Error &
    Partial<Record<'code' | 'status' | 'statusCode', unknown>>;
  return {
    type: error.name,
    message: withoutQuotes(error.message),
    ...(isPlain(code) && { code }),
    ...(isPlain(status ?? statusCode) && { status: status ?? statusCode }),
    stack: framesOf(error),
    ...(cause instanceof Error && { cause: discreetError(cause) }),
  };
}

const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** The frames alone: the head of a stack repeats the message. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, MAX_STACK_LINES).join('\n');
}

/** Libraries quote values: `dup key: { email: "..." }`, `failed for value "..."`, `unexpected token in "..."`. */
function withoutQuotes(message: string): string {
  return message
    .replace(/dup key: \{.*\}/gs, 'dup key: {...}')
    .replace(/"(?:[^"\\]|\\.)*"/gs, '"..."')
    .slice(0, 500);
}

/**
 * What nobody can guess, by its form, wherever it stands: MACs of our links and secrets of our addresses are 43 signs of base64url in
 * a row, with letters of both cases (but for one in ten thousand million). The id before a MAC lets nobody in, and says which link it was.
 */
const withoutSecrets = (line: string) =>
  line.replace(/[\w-]{40,}/g, (signs) => (/[A-Z]/.test(signs) && /[a-z]/.test(signs) ? '[secret]' : signs));

/** A line without what looks like an address of a person, a token, or what makes a link let somebody in. */
export function discreetLine(line: string): string {
  const known = line
    .replace(/(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[address]')
    .replace(/\b(mongodb(?:\+srv)?|rediss?|smtps?):\/\/[^\s"\\/]*@/g, '$1://[login]@')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/\bwhsec_[\w+/=]+/g, '[secret]')
    .replace(/\bBearer [\w.~+/=-]+/g, 'Bearer [token]');
  return withoutSecrets(known);
}
