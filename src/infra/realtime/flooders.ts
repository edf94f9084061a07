import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { LiveSocket } from './realtime.js';

const WAIT_SECONDS = 10;

/**
 * Logins whose line was cut because they flooded it or sent frames that no client of ours sends. They wait before they are let in
 * again: coming back costs others questions to the database, the flood itself hardly anything. Kept by each process for itself.
 */
export class Flooders {
  private readonly cut = new RateLimiterMemory({ points: 1, duration: WAIT_SECONDS });

  /** Remembers a login that is being cut. */
  add(loginId: string): void {
    void this.cut.block(loginId, WAIT_SECONDS);
  }

  /** How long a login has to wait, in ms; undefined where it need not. */
  async wait(loginId: string): Promise<number | undefined> {
    return (await this.cut.get(loginId))?.msBeforeNext;
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
