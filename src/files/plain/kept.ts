/** What is kept of a file, in its order: stretches of it, and what stands in place of others. */
export class Kept {
  private readonly parts: Buffer[] = [];
  private from = 0;
  private to = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Keeps a stretch of the file. Stretches that touch each other become one. */
  keep(from: number, to: number): void {
    if (from !== this.to) {
      this.end();
      this.from = from;
    }
    this.to = to;
  }

  add(part: Buffer): void {
    this.end();
    this.from = this.to;
    this.parts.push(part);
  }

  /** Null where that is the whole file as it is. */
  all(): Buffer | null {
    this.end();
    const all = Buffer.concat(this.parts);
    return all.equals(this.bytes) ? null : all;
  }

  private end(): void {
    if (this.from < this.to) this.parts.push(this.bytes.subarray(this.from, this.to));
    this.from = this.to;
  }
}
