import { isLong } from './size.js';

/**
 * The one patience of all tests. Every wait is for a state, and its limit says "never", not "slowly": no test has a number of milliseconds
 * of its own. `TEST_PATIENCE` is the factor that measure-patience.mjs finds once for a run.
 */
const factor = Number(process.env.TEST_PATIENCE ?? 1);
/** Whole milliseconds: `AbortSignal.timeout` takes no others. */
const scaled = (ms: number) => Math.round(ms * factor);

/** So long a test waits for a row, an event, an answer or an acknowledgement, in ms. */
export const WAIT_MS = scaled(30_000);

/** So long a page may take to show what it will show, in ms. */
export const PAGE_MS = scaled(45_000);

/** So long one try may take of an act that `eventually` tries again, in ms. */
export const TRY_MS = scaled(3000);

/** So long a process may take to start, to end, or to do its work, in ms. */
export const CHILD_MS = scaled(90_000);

/** So long one test may take as a whole, in ms: more than any of its waits, and two hours in full size. */
export const TEST_MS = isLong ? 7_200_000 : scaled(300_000);

/**
 * Keeps a pace: the pause between two acts of a load, or a head start that a race is tried with. Never a wait for something to happen
 * (that is `eventually`), nor for something not to happen (hold a call open, or count).
 */
export const pace = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
