const TRIES = 5;

/**
 * Milliseconds that work takes at its quickest of some tries. What is slow by how it is made is slow each time; a machine that does
 * something else meanwhile slows one of them.
 */
export async function quickest(work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/**
 * Milliseconds of the processor that work takes at its quickest of some tries, until one is below `enough`: what else the machine does meanwhile is not
 * counted.
 */
export function quickestOfProcessor(work: () => unknown, enough: number): number {
  let best = Infinity;
  for (let tries = 0; tries < TRIES && best >= enough; tries += 1) {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
