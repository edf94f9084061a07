import { Injectable } from '@nestjs/common';
import { MAX_AT_ONCE } from '../../common/markdown/markdown-bounds.js';
import { NoThread, Threads, TooMuchWork } from './threads.js';

/** A pure function of a module (`file` as of a thread's task, `name` as it is exported there) that reads a text and whose result can be copied. */
export interface TextTask<Result> {
  file: URL;
  name: string;
  here: (text: string) => Result;
}

const WITHIN_MS = 5000;

/**
 * The one way to parse a text of which somebody chose the length: a short one here and now, a long one on a thread, so that nobody else waits for it. What
 * parsing costs has a bound (common/markdown/markdown-bounds.ts): where no thread does it in time, because of what else the machine does, it is done here.
 */
@Injectable()
export class LongTexts {
  constructor(private readonly threads: Threads) {}

  async read<Result>({ file, name, here }: TextTask<Result>, text: string): Promise<Result> {
    if (text.length <= MAX_AT_ONCE) return here(text);
    try {
      return await this.threads.run<Result>({ file, name, kind: 'texts' }, text, {
        withinMs: WITHIN_MS,
        waitMs: WITHIN_MS,
      });
    } catch (error) {
      if (!(error instanceof NoThread || error instanceof TooMuchWork)) throw error;
      return here(text);
    }
  }
}
