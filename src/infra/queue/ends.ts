import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { Intervals } from './intervals.js';

const EVERY_MS = 60_000;
/** So long a turn waits for those that it began. */
const LONG_MS = 50_000;

/**
 * The one turn that ends what is over: what was kept for its time is forgotten. Each room says how it ends some of its own; the next turn goes on. Two processes at
 * once, or one that is killed, leave nothing half done. What fails holds up no other.
 */
@Injectable()
export class Ends implements OnModuleInit {
  private readonly logger = new Logger('Ends');
  private readonly underWay = new Set<string>();
  private readonly ends: { name: string; end: () => Promise<unknown> }[] = [];

  constructor(private readonly intervals: Intervals) {}

  onModuleInit(): void {
    this.intervals.every(EVERY_MS, 'what is over', () => this.turn());
  }

  /** Registers how some of what is over ends. Called while the app is put together. */
  of(name: string, end: () => Promise<unknown>): void {
    this.ends.push({ name, end });
  }

  /** One that hangs is left to itself, and begun again once it is through. */
  private async turn(): Promise<void> {
    const begun = this.ends.filter(({ name }) => !this.underWay.has(name)).map((one) => this.run(one));
    await Promise.race([Promise.all(begun), setTimeout(LONG_MS, undefined, { ref: false })]);
  }

  private async run({ name, end }: { name: string; end: () => Promise<unknown> }): Promise<void> {
    this.underWay.add(name);
    await end()
      .catch((error: unknown) => this.logger.warn({ err: error, of: name }, 'what is over was not ended'))
      .finally(() => this.underWay.delete(name));
  }
}
