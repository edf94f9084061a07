import { WAIT_MS, pace } from './patience.js';

/** Waits for a moment that passes soon, as the middle of an act: looks each millisecond, where `eventually` looks less often. */
export async function moment(isThere: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await isThere())) {
    if (Date.now() > end) throw new Error('Late: the moment did not come.');
    await pace(1);
  }
}
