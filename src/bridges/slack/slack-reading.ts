import { invalidField } from '../../common/problem.js';
import { TooMuchWork } from '../../infra/threads/threads.js';
import type { ExportProcess } from '../imports/export-process.js';
import type { RowReader } from './slack-archive.js';
import type { RowsRead } from './slack-rows.js';

const TASK = { file: new URL('./slack-rows', import.meta.url), name: 'readRows' };
/** A full day of one channel takes two seconds; its process goes behind whoever waits for a page. */
const WITHIN_MS = 30_000;

/** Reads rows in their process. Throws 422 `too_large` for what takes too long to read, or too much memory; `NoThread` when its turn did not come: the import is tried again. */
export const rowsInProcess =
  (process: ExportProcess): RowReader =>
  async (asked) => {
    try {
      return await process.run<RowsRead>(TASK, asked, WITHIN_MS);
    } catch (error) {
      if (error instanceof TooMuchWork) throw invalidField('/file', 'too_large');
      throw error;
    }
  };
