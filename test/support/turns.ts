/**
 * How often the event loop turned while something was done: thousands of times while a thread or another process does it, hardly once
 * while this process does it itself. A count, so the speed of the machine does not matter.
 */
export async function turnsWhile(work: () => Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const turn = () => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
  } finally {
    isDone = true;
  }
  return turns;
}

/** More than what is awaited alone makes of turns. */
export const GOES_ON = 100;
