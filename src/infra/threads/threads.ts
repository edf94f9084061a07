import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { MessageChannel, type Transferable } from 'node:worker_threads';
import { builtPath } from './built.js';

/**
 * A function of a module that runs off the loop; `file` is the module without its ending, beside the one that says `import.meta.url`. What
 * mostly waits for answers from outside (`asks`), what is short (`texts`) and what people send (`files`) has threads of its own:
 * none of them waits for others.
 */
export interface ThreadTask {
  file: URL;
  name: string;
  kind?: Kind;
}

type Kind = 'work' | 'asks' | 'texts' | 'files';

const MAX_THREADS: Record<Kind, number> = { work: 2, asks: 4, texts: 1, files: 2 };
const IDLE_MS = 30_000;
const MAX_MEGABYTES = 128;
const MAX_WAIT_MS = 15_000;
const START = builtPath(new URL('./thread-start', import.meta.url));

/** What is thrown when a task was ended because it took too long, or too much memory. */
export class TooMuchWork extends Error {}
/** What is thrown when no thread was free for a task: it never began, and says nothing of its input. Who asked over HTTP is told to try again (503). */
export class NoThread extends Error {
  readonly statusCode = 503;
}

/**
 * Runs what strangers can make slow on threads of their own: it holds up nobody, and is ended when its time is over. Input and result are copied.
 */
@Injectable()
export class Threads implements OnApplicationShutdown {
  private readonly logger = new Logger('Threads');
  private readonly pools: Partial<Record<Kind, Piscina>> = {};

  /**
   * Throws {@link TooMuchWork} when it is not done `withinMs` after it began, {@link NoThread} when it could not begin in `waitMs`: the thread may have
   * to start, and to load the module.
   */
  async run<Result>(
    { file, name, kind = 'work' }: ThreadTask,
    input: unknown,
    { withinMs, waitMs = MAX_WAIT_MS, transfer = [] }: { withinMs: number; waitMs?: number; transfer?: Transferable[] },
  ): Promise<Result> {
    const pool = (this.pools[kind] ??= this.poolOf(kind));
    const { port1: begun, port2: began } = new MessageChannel();
    const end = new AbortController();
    let timer = setTimeout(() => end.abort(new NoThread(name)), waitMs);
    begun.once('message', () => {
      clearTimeout(timer);
      timer = setTimeout(() => end.abort(new TooMuchWork(name)), withinMs);
    });
    try {
      const task = { path: builtPath(file), name, input, began };
      const transferList = [began, ...transfer] as never;
      const options = { filename: START, name: 'start', signal: end.signal, transferList };
      return (await pool.run(task, options)) as Result;
    } catch (error) {
      end.signal.throwIfAborted();
      const { code } = error as { code?: string };
      if (code === 'ERR_WORKER_INIT_FAILED') throw new NoThread(name, { cause: error });
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') throw new TooMuchWork(name, { cause: error });
      throw error;
    } finally {
      clearTimeout(timer);
      begun.close();
    }
  }

  private poolOf(kind: Kind): Piscina {
    const pool = new Piscina({
      minThreads: 0,
      maxThreads: MAX_THREADS[kind],
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
    });
    // A thread that dies once nobody waits for it any more (of its memory, while it is being ended): an error that nobody hears would end the process.
    pool.on('error', (error: Error) => this.logger.warn({ kind, err: error }, 'a thread died behind its task'));
    return pool;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.pools).map((pool) => pool.destroy()));
  }
}
