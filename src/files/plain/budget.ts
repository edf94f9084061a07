/** A file is built in a way that nobody can look through within the bound: it is refused, since it may say where it was taken. */
export class TooIntricate extends Error {}

/** The bytes are not what their kind of file must be: programs that open it find nothing in it either. */
export class NotReadable extends Error {}

/** Parts of one file that are looked at. Files of cameras and programs have some thousands of them, and a GIF of 25 MB a hundred thousand. */
const MOST_STEPS = 250_000;

/**
 * What may be done for one file, whatever it says of itself: steps (each part that is looked at, not each that is found) and bytes that are blanked, which are no more
 * than it has. Who spends more gets {@link TooIntricate}.
 */
export class Budget {
  constructor(
    private bytes: number,
    private steps = MOST_STEPS,
  ) {}

  step(): void {
    if ((this.steps -= 1) < 0) throw new TooIntricate();
  }

  blank(bytes: Buffer, from: number, to: number): void {
    if ((this.bytes -= Math.max(0, to - from)) < 0) throw new TooIntricate();
    bytes.fill(0, from, to);
  }
}
