import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';

type Listener = (text: string) => void;

/**
 * From one process to all others, over the connections of the socket server's adapter: what a process says arrives in the order in
 * which it was said, rooms that are left included. While Redis is away nothing is kept: who listens heals by `onReturn`.
 */
export class ProcessLine {
  private readonly me = randomUUID();
  private readonly listeners = new Map<string, Listener>();

  constructor(
    private readonly publisher: Redis,
    private readonly subscriber: Redis,
    private readonly prefix: string,
  ) {
    subscriber.on('message', (channel, text) => this.take(channel, text));
  }

  say(topic: string, text: string): void {
    if (this.publisher.status !== 'ready') return;
    this.publisher.publish(this.channelOf(topic), `${this.me} ${text}`).catch(() => undefined);
  }

  /** Hears what other processes say; what this one said it knows. */
  hear(topic: string, listener: Listener): void {
    this.listeners.set(this.channelOf(topic), listener);
    this.subscriber.subscribe(this.channelOf(topic)).catch(() => undefined);
  }

  /** Runs each time the line is whole again after it was broken: what was said meanwhile was not heard. */
  onReturn(listener: () => void): void {
    let wasBroken = false;
    this.subscriber.on('close', () => (wasBroken = true));
    this.subscriber.on('ready', () => {
      if (!wasBroken) return;
      wasBroken = false;
      // Answered after the subscriptions that the client repeats by itself.
      this.subscriber.subscribe(this.channelOf('return')).then(listener, () => undefined);
    });
  }

  private take(channel: string, text: string): void {
    const listener = this.listeners.get(channel);
    if (listener && !text.startsWith(this.me)) listener(text.slice(this.me.length + 1));
  }

  private channelOf(topic: string): string {
    return `${this.prefix}-line-${topic}`;
  }
}
