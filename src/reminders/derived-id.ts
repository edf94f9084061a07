import { createHash } from 'node:crypto';

/** The id of a subject that has none of its own (a phase, the first day): the same for the same parts, as 24 hex digits. */
export const derivedId = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 24);
