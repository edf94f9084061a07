/** Tells how far the seeding is: a bar that redraws itself on a terminal, a line a step elsewhere. */
export class Progress {
  private readonly began = Date.now();
  private drawnAt = 0;

  constructor(private readonly out: NodeJS.WriteStream) {}

  step(name: string, done: number, of: number): void {
    const isLast = done >= of;
    if (!this.out.isTTY) {
      if (isLast) this.out.write(`  ${name}: ${of}\n`);
      return;
    }
    if (!isLast && Date.now() - this.drawnAt < 80) return;
    this.drawnAt = Date.now();
    const filled = Math.round((done / Math.max(1, of)) * 24);
    this.out.write(
      `\r  ${name.padEnd(16)} ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${done}/${of}${isLast ? '\n' : ''}`,
    );
  }

  finish(): void {
    this.out.write(`  ready after ${((Date.now() - this.began) / 1000).toFixed(1)} s\n`);
  }
}
