/** So many at a time for each of those who share something in this process: who takes all of theirs leaves the others' free. */
export class Shares {
  private readonly taken = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  /** `most` are under way at a time for one key, and `mostWaiting` wait behind them at most. */
  constructor(
    private readonly most: number,
    private readonly mostWaiting = 0,
  ) {}

  /** Does something, unless so much is under way for `key` already: then nothing is done, and false. Throws what `work` throws. */
  async within(key: string, work: () => Promise<void>): Promise<boolean> {
    if (!this.take(key)) return false;
    await this.doing(key, work);
    return true;
  }

  /** Does something when a share of `key` is free, in the order of asking; null, and nothing is done, where too many wait. Throws what `work` throws. */
  async inTurn<Result>(key: string, work: () => Promise<Result>): Promise<{ result: Result } | null> {
    if (!this.take(key)) {
      const line = this.waiting.get(key) ?? [];
      if (line.length >= this.mostWaiting) return null;
      this.waiting.set(key, line);
      await new Promise<void>((resolve) => line.push(resolve));
    }
    return { result: await this.doing(key, work) };
  }

  /** False where all of `key` are taken. */
  private take(key: string): boolean {
    const before = this.taken.get(key) ?? 0;
    if (before >= this.most) return false;
    this.taken.set(key, before + 1);
    return true;
  }

  /** With a share that was taken, or handed over. */
  private async doing<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      this.passOn(key);
    }
  }

  /** The share goes to whoever waits longest: nobody who comes now gets in between. */
  private passOn(key: string): void {
    const line = this.waiting.get(key);
    const next = line?.shift();
    if (line?.length === 0) this.waiting.delete(key);
    if (next) {
      next();
      return;
    }
    const left = (this.taken.get(key) ?? 1) - 1;
    if (left > 0) this.taken.set(key, left);
    else this.taken.delete(key);
  }
}
