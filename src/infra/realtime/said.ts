import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What counts the times in which the line between the processes was broken: what was said meanwhile was not counted. */
const BROKEN = 'broken';
/** An answer that takes longer is worth less than not knowing. */
const PATIENCE_MS = 300;

/**
 * How often something was said to each room, over all processes. Two looks at the rooms of a person that find the same had nothing said
 * to them in between, so that whoever loaded a page after the first has missed nothing at the second (adr/0046).
 */
export class Said {
  constructor(
    private readonly redis: Redis,
    private readonly key: string,
  ) {}

  /** Counted before it is said: whoever hears of it from another process, or finds that it came too early for them, finds it counted. */
  note(rooms: readonly string[]): void {
    if (this.redis.status !== 'ready') return;
    const counting = this.redis.pipeline();
    for (const room of rooms) counting.hincrby(this.key, room, 1);
    counting.exec().catch(() => undefined);
  }

  /** Something may have been said that was not counted. */
  noteBreak(): void {
    this.note([BROKEN]);
  }

  /** A short word for how often something was said to these rooms; null while that cannot be known. */
  async look(rooms: readonly string[]): Promise<string | null> {
    if (this.redis.status !== 'ready') return null;
    const fields = [...new Set([...rooms, BROKEN])].sort();
    const asked = this.redis.hmget(this.key, ...fields).catch(() => null);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
    const counts = await Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
    if (!counts) return null;
    return createHash('sha256')
      .update(JSON.stringify([fields, counts]))
      .digest('base64url')
      .slice(0, 22);
  }
}
