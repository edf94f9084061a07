import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { builtPath } from './built.js';
import { NoThread, type ThreadTask, TooMuchWork } from './threads.js';

const START = builtPath(new URL('./process-start', import.meta.url));
const IDLE_MS = 30_000;
const MAX_WAIT_MS = 60_000;
const MAX_MEGABYTES = 128;
/** Whoever waits for a page goes before whoever waits for a picture. */
const NICE = 10;

type Said = { began: true } | { result: unknown } | { error: string };

/**
 * One process in which functions run one after the other, for what a thread cannot end: native code goes on when its thread is gone. It is killed when its time is
 * over, and another one is started for the next; so is what it unfolded in its memory gone. Started when needed, gone after half a minute. It knows no secret: nothing of
 * our environment is in its own.
 */
export class OwnProcess {
  private child: ChildProcess | null = null;
  private turn: Promise<void> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  /**
   * Input and result are copied. Throws {@link TooMuchWork} when it is not done `withinMs` after it began, or when the process dies of it; {@link NoThread} when it
   * could not begin in `waitMs`.
   */
  async run<Result>(
    { file, name }: Pick<ThreadTask, 'file' | 'name'>,
    input: unknown,
    { withinMs, waitMs = MAX_WAIT_MS }: { withinMs: number; waitMs?: number },
  ): Promise<Result> {
    const before = this.turn;
    let pass = () => {};
    this.turn = new Promise((resolve) => (pass = resolve));
    const until = performance.now() + waitMs;
    try {
      await inTime(before, waitMs, name);
      const job = { path: builtPath(file), name, input };
      return (await this.work(job, withinMs, Math.max(0, until - performance.now()))) as Result;
    } finally {
      void before.then(pass);
    }
  }

  /** Ends it now, with what it does. */
  end(): void {
    clearTimeout(this.idle);
    this.child?.kill('SIGKILL');
  }

  private async work(job: { path: string; name: string; input: unknown }, withinMs: number, startMs: number) {
    clearTimeout(this.idle);
    const child = (this.child ??= this.started());
    return await new Promise((resolve, reject) => {
      let why: Error = new NoThread(job.name);
      let timer = setTimeout(() => child.kill('SIGKILL'), startMs);
      const over = (settle: () => void) => {
        clearTimeout(timer);
        child.off('message', hear).off('exit', died).off('error', died);
        settle();
      };
      const hear = (said: Said) => {
        if ('began' in said) {
          clearTimeout(timer);
          why = new TooMuchWork(job.name);
          timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
          return;
        }
        this.rest();
        over(() => ('error' in said ? reject(new Error(said.error)) : resolve(said.result)));
      };
      // Only when it is gone may the next one start: two of them would take twice the memory.
      const died = () => over(() => reject(why));
      child.on('message', hear).once('exit', died).once('error', died);
      child.send(job, (error) => error && child.kill('SIGKILL'));
    });
  }

  private rest(): void {
    this.idle = setTimeout(() => this.child?.kill('SIGKILL'), IDLE_MS);
    this.idle.unref();
  }

  private started(): ChildProcess {
    const child = fork(START, {
      // Memory that many threads asked for goes back to the machine more easily from few places.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [`--max-old-space-size=${MAX_MEGABYTES}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const gone = () => {
      if (this.child === child) this.child = null;
    };
    child.once('exit', gone).on('error', gone);
    // It keeps no process alive: whoever waits for it has a timer.
    child.unref();
    child.channel?.unref();
    try {
      if (child.pid !== undefined) setPriority(child.pid, NICE);
    } catch {
      // It may be gone already: then the job hears of it.
    }
    return child;
  }
}

async function inTime(before: Promise<void>, waitMs: number, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoThread(name)), waitMs);
  });
  await Promise.race([before, late]).finally(() => clearTimeout(timer));
}
