import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { LiveSocket } from './realtime.js';

const WAIT_SECONDS = 10;
/** Far more than the pages that somebody has open, however often their network goes and comes; each coming is some questions to the database. */
const MAX_ARRIVALS = { points: 200, duration: 60 };

/**
 * Logins whose line was cut because they flooded it or sent frames that no client of ours sends. They wait before they are let in
 * again: coming back costs others questions to the database, the flood itself hardly anything. Kept by each process for itself.
 */
export class Flooders {
  private readonly cut = new RateLimiterMemory({ points: 1, duration: WAIT_SECONDS });
  private readonly arrivals = new RateLimiterMemory(MAX_ARRIVALS);

  /** Remembers a login that is being cut. */
  add(loginId: string): void {
    void this.cut.block(loginId, WAIT_SECONDS);
  }

  /** How long a login has to wait, in ms; undefined where it need not. */
  async wait(loginId: string): Promise<number | undefined> {
    return (await this.cut.get(loginId))?.msBeforeNext;
  }

  /** Counts a line that a person opens. How long they have to wait, in ms, when they open too many; else undefined. */
  async arrive(userId: string): Promise<number | undefined> {
    const counted = await this.arrivals.consume(userId).catch((refused: unknown) => refused);
    if (counted instanceof Error) throw counted;
    const { msBeforeNext, consumedPoints } = counted as RateLimiterRes;
    return consumedPoints > MAX_ARRIVALS.points ? msBeforeNext : undefined;
  }

  /** Remembers the login of a socket that breaks the protocol (RFC 6455, section 7.4.1: a frame too large, a code not allowed). */
  watch(socket: LiveSocket): void {
    const { transport } = socket.conn as unknown as { transport: { socket?: NodeJS.EventEmitter } };
    transport.socket?.on('error', (error: Error & { code?: string }) => {
      if (error.code?.startsWith('WS_ERR_')) this.add(socket.data.loginId);
    });
    // Socket.IO tells so of a packet that it cannot read.
    socket.on('error', () => this.add(socket.data.loginId));
  }
}
