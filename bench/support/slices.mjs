import { cpuSecondsOf } from './cpu.mjs';
import { median, spread } from './statistics.mjs';

/**
 * Runs two sides in turns, A B B A A B B A ..., so that a machine that slows down or speeds up touches both alike. The first pair
 * warms up and is dropped.
 *
 * @param {{app: Side, bare: Side, pairs: number, ms: number}} what a side is `{run: (ms) => Promise<{operations: number,
 *   seconds: number, lost?: number}>, pids?: number[]}`; without pids the processor time of this process is taken
 * @returns {Promise<object>} `ratio` (app / bare operations a second: low, mid, high), `same` (the same side against itself in
 *   neighbouring slices: what no difference looks like), rates, processor time in ms an operation, and what was lost
 */
export async function alternate({ app, bare, pairs, ms }) {
  const slices = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = pair % 2 === 0 ? ['app', 'bare'] : ['bare', 'app'];
    for (const side of order) slices.push({ side, ...(await slice(side === 'app' ? app : bare, ms)) });
  }
  const kept = slices.slice(2);
  const of = (side) => kept.filter((one) => one.side === side);
  const [ours, theirs] = [of('app'), of('bare')];
  return {
    ratio: spread(ours.map((one, index) => one.rate / theirs[index].rate)),
    same: spread(neighbours(kept)),
    appRate: median(ours.map((one) => one.rate)),
    bareRate: median(theirs.map((one) => one.rate)),
    appCpuMs: median(ours.map((one) => one.cpuMs)),
    bareCpuMs: median(theirs.map((one) => one.cpuMs)),
    lost: slices.reduce((sum, one) => sum + one.lost, 0),
  };
}

async function slice({ run, pids }, ms) {
  const before = cpuSecondsOf(pids);
  const { operations, seconds, lost = 0 } = await run(ms);
  const cpuMs = ((cpuSecondsOf(pids) - before) * 1000) / Math.max(1, operations);
  return { rate: operations / seconds, cpuMs, lost };
}

/** The ratios of slices of one side that follow each other. */
function neighbours(slices) {
  const ratios = slices.slice(1).flatMap((one, index) => {
    const before = slices[index];
    return before.side === one.side ? [one.rate / before.rate] : [];
  });
  return ratios.length > 0 ? ratios : [1];
}
