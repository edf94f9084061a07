import { Problem } from '../../common/problem.js';
import type { Limit, RateLimits } from './rate-limits.js';

/**
 * The bytes that one person writes in a day, new and edited, in chat, in the forum, in notes and minutes and in requests for help together: far more than hands write,
 * or paste, since a script would else fill the disk. (What comes in by the webhooks that one keeps is counted in the same way, by itself.)
 */
export const TEXT_OF_DAY: Limit = { name: 'text-bytes', points: 4_000_000, seconds: 86_400 };

/** A row takes so much besides its words: some letters in many of them fill the disk, too. */
const ROW_BYTES = 500;

/** What a text takes. */
export const bytesOf = (text: string) => ROW_BYTES + Buffer.byteLength(text);

/** Counts a text of a person. Throws 429 `text_day_full`: who is told to wait for a moment would wait for a day and not know why. */
export async function countText(limits: RateLimits, userId: string, text: string): Promise<void> {
  try {
    await limits.take(TEXT_OF_DAY, userId, bytesOf(text));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 429)) throw error;
    throw new Problem(429, 'text_day_full', 'You wrote as much as one may in a day.', error.more);
  }
}
