import { overloaded, tooMany } from '../../../common/problem.js';
import { Shares } from '../../../common/shares.js';
import { type Exchange, onceOver } from '../lines/exchanges.js';

/** A body is read, and its request answered, within moments. */
const AGAIN_SECONDS = 5;

/**
 * The bodies that are on their way to this process, or wait in it for their answer: so many for each of those who send them, and so many bytes over all. They are held in
 * memory, or on the disk, whether or not anybody has looked at them.
 */
export class BodiesUnderWay {
  private bytes = 0;
  private readonly shares: Shares;

  constructor(
    ofEach: number,
    private readonly mostBytes = Infinity,
  ) {
    this.shares = new Shares(ofEach);
  }

  /** Counts a body of so many bytes until its request is answered, or its line is gone. Throws 429 where the sender has enough under way, and 503 where all have. */
  begin(exchange: Exchange, sender: string, bytes: number): void {
    if (this.bytes + bytes > this.mostBytes) throw overloaded(AGAIN_SECONDS);
    const begun = { isFree: false };
    void this.shares.within(sender, async () => {
      begun.isFree = true;
      this.bytes += bytes;
      await new Promise<void>((resolve) => onceOver(exchange, resolve));
      this.bytes -= bytes;
    });
    if (!begun.isFree) throw tooMany(AGAIN_SECONDS);
  }
}
