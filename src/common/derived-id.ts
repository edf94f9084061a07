import { createHash } from 'node:crypto';

/** The id of something that has none of its own (a phase, the first day, what may be sent again): the same for the same parts, as 24 hex digits. */
export const derivedId = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 24);
