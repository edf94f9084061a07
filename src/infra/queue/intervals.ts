import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';

/** `workers`: in processes that work off jobs; `everywhere`: in those that only serve, too. */
export type Where = 'workers' | 'everywhere';

interface Interval {
  name: string;
  everyMs: number;
  work: () => Promise<void>;
  where: Where;
}

/**
 * Plain timers, in worker processes unless an interval says otherwise, for what heals the queues themselves (a job scheduler would be gone with a
 * flushed Redis). An interval never overlaps itself; a failing one is logged and tried at the next.
 */
@Injectable()
export class Intervals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Intervals');
  private readonly intervals: Interval[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<string, Promise<void>>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Registers what is done every so many milliseconds (real time); called while the app is put together. */
  every(everyMs: number, name: string, work: () => Promise<void>, where: Where = 'workers'): void {
    this.intervals.push({ name, everyMs, work, where });
  }

  onApplicationBootstrap(): void {
    const works = this.config.ROLES.includes('worker');
    const working = this.intervals.filter(({ where }) => works || where === 'everywhere');
    for (const interval of working)
      this.timers.push(setInterval(() => this.interval(interval), interval.everyMs).unref());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** From now on none runs by itself: at the end, and where somebody moves the clock and turns the works by hand. */
  async stop(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await Promise.all(this.running.values());
  }

  private interval({ name, work }: Interval): void {
    if (this.running.has(name)) return;
    const run = work()
      .catch((error: unknown) => this.logger.error({ interval: name, err: error }, 'the work of an interval failed'))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }
}
