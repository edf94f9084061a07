/** Chance that is the same again for the same seed (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to and without `below`. */
  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  between(from: number, to: number): number {
    return from + this.whole(to - from + 1);
  }

  happens(chance: number): boolean {
    return this.next() < chance;
  }

  one<T>(of: readonly T[]): T | undefined {
    return of[this.whole(of.length)];
  }

  some<T>(of: readonly T[], count: number): T[] {
    return of
      .map((one) => ({ one, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .slice(0, count)
      .map(({ one }) => one);
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
