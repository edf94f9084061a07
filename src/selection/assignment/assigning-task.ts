import type { ThreadTask } from '../../infra/threads/threads.js';

/** Who reads what, worked out off the loop. */
export const assigning: ThreadTask = { file: new URL('./assigning', import.meta.url), name: 'assign' };

/** Two thousand files and fifty jurors take a third of a second. */
export const ASSIGNING_WITHIN_MS = 20_000;
