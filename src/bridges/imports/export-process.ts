import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { OwnProcess } from '../../infra/threads/own-process.js';
import type { ThreadTask } from '../../infra/threads/threads.js';

/**
 * Reads files of exports, one after the other, in a process of its own: where memory runs out V8 ends the process it is in, whatever bound a thread has. A file that is too large
 * ends this one alone, and the next file gets another.
 */
@Injectable()
export class ExportProcess implements OnApplicationShutdown {
  private readonly own = new OwnProcess();

  /** Throws `TooMuchWork` when it is not done `withinMs` after it began, or takes too much memory; `NoThread` when its turn did not come. */
  async run<Result>(task: Pick<ThreadTask, 'file' | 'name'>, input: unknown, withinMs: number): Promise<Result> {
    return await this.own.run<Result>(task, input, { withinMs });
  }

  onApplicationShutdown(): void {
    this.own.end();
  }
}
