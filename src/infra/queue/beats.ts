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

interface Beat {
  name: string;
  everyMs: number;
  work: () => Promise<void>;
  where: Where;
}

/**
 * Plain timers, in worker processes unless a beat says otherwise, for what heals the queues themselves (a job scheduler would be gone with a
 * flushed Redis). A beat never overlaps itself; a failing one is logged and tried at the next.
 */
@Injectable()
export class Beats implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Beats');
  private readonly beats: Beat[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<string, Promise<void>>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Registers what is done every so many milliseconds (real time); called while the app is put together. */
  every(everyMs: number, name: string, work: () => Promise<void>, where: Where = 'workers'): void {
    this.beats.push({ name, everyMs, work, where });
  }

  onApplicationBootstrap(): void {
    const works = this.config.ROLES.includes('worker');
    const beating = this.beats.filter(({ where }) => works || where === 'everywhere');
    for (const beat of beating) this.timers.push(setInterval(() => this.beat(beat), beat.everyMs).unref());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** From now on none beats by itself: at the end, and where somebody moves the clock and turns the works by hand. */
  async stop(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await Promise.all(this.running.values());
  }

  private beat({ name, work }: Beat): void {
    if (this.running.has(name)) return;
    const run = work()
      .catch((error: unknown) => this.logger.error({ beat: name, err: error }, 'a beat failed'))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }
}
