import type { Socket } from 'node:net';
import { MINUTE } from '../../common/times/clock.js';
import { isThisMachine, networkCounts, networkOf } from '../http/network.js';

/** All lines at a time. */
export const MAX_LINES = 100;
/** Those of strangers: the others are for mail servers that are trusted to say for whom they speak. */
const MAX_OF_STRANGERS = 80;
/** Lines of one network at a time, and some more of the site around it. */
const OF_NETWORK = { name: 'lines', points: 10, seconds: 1 };
/** So long a line may stand, whatever is said on it: a mail of 2 MB needs seconds. Tests make it shorter. */
export const LINE_TIME = { ms: 5 * MINUTE };

/** The lines that other mail servers hold, so that a few who say next to nothing on theirs keep nobody out. */
export class MailLines {
  private readonly of = new Map<string, number>();
  private readonly open = new Map<string, Socket>();
  private readonly refused = new WeakMap<object, number>();

  constructor(private readonly relays: readonly string[]) {}

  /** Counts a line until it closes, and ends it in time. */
  watch(line: Socket): void {
    const key = keyOf(line.remoteAddress, line.remotePort);
    const places = this.placesOf(line.remoteAddress ?? '').map(({ name }) => name);
    for (const name of places) this.of.set(name, this.countOf(name) + 1);
    this.open.set(key, line);
    const end = setTimeout(() => line.destroy(), LINE_TIME.ms).unref();
    line.once('close', () => {
      clearTimeout(end);
      if (this.open.get(key) === line) this.open.delete(key);
      for (const name of places) {
        const left = this.countOf(name) - 1;
        if (left > 0) this.of.set(name, left);
        else this.of.delete(name);
      }
    });
  }

  /** Counts a recipient that was refused on a stranger's line (`session` is the same as long as it stands); whether there were more than so many. */
  refusedBeyond(session: { remoteAddress: string }, most: number): boolean {
    if (this.placesOf(session.remoteAddress).length === 0) return false;
    const count = (this.refused.get(session) ?? 0) + 1;
    this.refused.set(session, count);
    return count > most;
  }

  /** Ends the line that comes from an address and port. */
  cut(remoteAddress: string, remotePort: number): void {
    this.open.get(keyOf(remoteAddress, remotePort))?.destroy();
  }

  /** Whether the latest line from there is one too many. */
  areTooMany(address: string): boolean {
    return this.placesOf(address).some(({ name, most }) => this.countOf(name) > most);
  }

  /** Where a line counts, and how many there may be: for none of ours. */
  private placesOf(address: string): { name: string; most: number }[] {
    if (isThisMachine(address) || this.relays.includes(address)) return [];
    const networks = networkCounts(OF_NETWORK, networkOf(address)).map(([{ points }, name]) => ({
      name,
      most: points,
    }));
    return [...networks, { name: 'strangers', most: MAX_OF_STRANGERS }];
  }

  private countOf(name: string): number {
    return this.of.get(name) ?? 0;
  }
}

const keyOf = (address: string | undefined, port: number | undefined) => `${networkOf(address)} ${port}`;
