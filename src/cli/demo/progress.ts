const REDRAW_MS = 80;
const EVERY_MS_ELSEWHERE = 5_000;

/** Tells how far the seeding is: a bar that redraws itself on a terminal; elsewhere a line a step, and one every five seconds. */
export class Progress {
  private readonly began = Date.now();
  private drawnAt = Date.now();

  constructor(private readonly out: NodeJS.WritableStream & { isTTY?: boolean }) {}

  step(name: string, done: number, of: number): void {
    const isLast = done >= of;
    if (!this.out.isTTY) {
      if (!isLast && Date.now() - this.drawnAt < EVERY_MS_ELSEWHERE) return;
      this.drawnAt = Date.now();
      this.out.write(`  ${name}: ${isLast ? of : `${done}/${of}`}\n`);
      return;
    }
    if (!isLast && Date.now() - this.drawnAt < REDRAW_MS) return;
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
