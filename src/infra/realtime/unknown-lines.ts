import type { Socket } from 'node:net';
import type { LiveSocket } from './realtime.js';

type Line = LiveSocket['conn'];

/** A client says who it is with its first packet; others before that are answers to whether it is there. */
const MAX_PACKETS = 10;
/** Its token, many times over. */
const MAX_BYTES = 16_000;

/** Lines of which no socket is let in yet: who has no login can open them. To look at what comes by one costs more than to send it. */
export class UnknownLines {
  private readonly known = new WeakSet<Line>();

  /** From now on it is somebody's: the limits of events hold. */
  letIn(line: Line): void {
    this.known.add(line);
  }

  /** Closes a line that goes on speaking without being let in, or says more than who it is: before that is put together and read. */
  watch(line: Line): void {
    const { socket } = line.request as unknown as { socket: Socket };
    let packets = 0;
    let bytes = 0;
    const count = () => {
      if (this.known.has(line)) line.off('packet', count);
      else if ((packets += 1) > MAX_PACKETS) line.close(true);
    };
    const weigh = (chunk: Buffer) => {
      if (this.known.has(line)) socket.off('data', weigh);
      else if ((bytes += chunk.length) > MAX_BYTES) {
        line.close(true);
        socket.destroy();
      }
    };
    line.on('packet', count);
    // Before what makes packets of it.
    socket.prependListener('data', weigh);
  }
}
