import { invalidField } from '../../common/problem.js';
import { type ThreadTask, type Threads, TooMuchWork } from '../../infra/threads/threads.js';
import type { RowReader } from './slack-archive.js';
import type { RowsRead } from './slack-rows.js';

const TASK: ThreadTask = { file: new URL('./slack-rows', import.meta.url), name: 'readRows' };
/** A full day of one channel takes two seconds. */
const WITHIN_MS = 10_000;

/** Reads rows on threads. Throws 422 `too_large` for what takes too long to read, or too much memory; `NoThread` when none was free: the import is tried again. */
export const rowsOnThreads =
  (threads: Threads): RowReader =>
  async (asked) => {
    try {
      return await threads.run<RowsRead>(TASK, asked, { withinMs: WITHIN_MS });
    } catch (error) {
      if (error instanceof TooMuchWork) throw invalidField('/file', 'too_large');
      throw error;
    }
  };
