import { Injectable, Logger } from '@nestjs/common';

/** A kind of event: a fact in the past (`workshop.published`) with the shape of its payload. Made by {@link defineEvent}. */
export interface EventKind<Payload> {
  readonly name: string;
  /** Only for the type; never set. */
  readonly payload?: Payload;
}

/** Names an event once; publisher and listeners share the constant. */
export function defineEvent<Payload>(name: string): EventKind<Payload> {
  return { name };
}

type Listener = (payload: never) => void | Promise<void>;

/**
 * Tells what happened, within this process, after the write succeeded. Events are hints: a listener only enqueues or broadcasts, and
 * whatever it keeps can be rebuilt from state, since a process can die between a write and its event.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger('EventBus');
  private readonly listeners = new Map<string, Listener[]>();
  private readonly running = new Set<Promise<void>>();

  private isSilent = false;

  on<Payload>(kind: EventKind<Payload>, listener: (payload: Payload) => void | Promise<void>): void {
    this.listeners.set(kind.name, [...(this.listeners.get(kind.name) ?? []), listener]);
  }

  /** From now on nobody is told anything: for filling a database, after which everything derived is built from state. */
  silence(): void {
    this.isSilent = true;
  }

  /** Returns at once; a listener's failure is logged and never reaches the publisher. */
  publish<Payload>(kind: EventKind<Payload>, payload: Payload): void {
    if (this.isSilent) return;
    for (const listener of this.listeners.get(kind.name) ?? []) {
      const run = this.call(kind.name, listener, payload).finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  /** Resolves when all listeners told so far are done: for a graceful stop, the seeder and tests. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async call(name: string, listener: Listener, payload: unknown): Promise<void> {
    try {
      await listener(payload as never);
    } catch (error) {
      this.logger.error({ event: name, err: error }, 'a listener failed');
    }
  }
}
