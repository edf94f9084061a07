import { Injectable } from '@nestjs/common';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { invalidField } from '../../common/problem.js';
import { type ThreadTask, Threads, TooMuchWork } from '../../infra/threads/threads.js';
import type { Seen } from './plain-file.js';

/** Its cost is bounded by its bytes (a tenth of a second for 25 MB): this is for a busy machine, and for the parser that tells types. */
const WITHIN_MS = 5000;
const TASK: ThreadTask = { file: new URL('./plain-file', import.meta.url), name: 'plainFile', kind: 'files' };

/** Looks at files that came in, on threads: nothing of their bytes is read on the loop. Of each lane (a person, say) one at a time. */
@Injectable()
export class PlainFiles {
  private readonly lanes = new BatchPerKey<string, Exclude<Seen, { problem: string }>>(
    (_, paths) => Promise.all(paths.map((path) => this.look(path))),
    1,
  );

  constructor(private readonly threads: Threads) {}

  /**
   * Takes out of a file of ours on disk what it says of itself, and tells what it is. Throws 422 `/file` `not_an_image` (nobody can read it) and `too_intricate`
   * (nobody can in time); `NoThread` (503) when no thread was free.
   */
  async take(path: string, lane: string): Promise<{ type: string; size: number }> {
    return await this.lanes.ask(lane, path);
  }

  private async look(path: string) {
    try {
      const seen = await this.threads.run<Seen>(TASK, path, { withinMs: WITHIN_MS });
      if ('problem' in seen) throw invalidField('/file', seen.problem);
      return seen;
    } catch (error) {
      if (error instanceof TooMuchWork) throw invalidField('/file', 'too_intricate');
      throw error;
    }
  }
}
