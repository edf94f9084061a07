/**
 * Lets what arrives go in waves: at most `most` are under way, and when no more than `few` of them are left, as many as fit begin together.
 * So they share what they read and write (`BatchPerKey`), which they would not if each began when another ended; and one that hangs
 * holds up nobody, which it would if a wave had to end before the next.
 */
export class ConcurrencyLimiter {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly few: number,
  ) {}

  /** Answers what the work answers, or throws what it throws. */
  async go<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length > 0 || this.underWay >= this.most) await new Promise<void>((go) => this.waiting.push(go));
    else this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      if (this.underWay <= this.few) this.begin();
    }
  }

  private begin(): void {
    const next = this.waiting.splice(0, this.most - this.underWay);
    this.underWay += next.length;
    next.forEach((go) => go());
  }
}
