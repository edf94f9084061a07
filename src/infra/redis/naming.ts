import type { Limit, RateLimits } from './rate-limits.js';

/**
 * Each person whom one names, or lets into a channel, gets a notice, and later perhaps a mail: counted are the people, in chat, forum and as hosts of workshops together,
 * not the texts.
 */
export const PEOPLE_NAMED: Limit = { name: 'people-named', points: 200, seconds: 600 };

/** Counts those whom somebody names by one act, or lets in. Throws 429. */
export async function countNamed(limits: RateLimits, userId: string, named: number): Promise<void> {
  if (named > 0) await limits.take(PEOPLE_NAMED, userId, named);
}
