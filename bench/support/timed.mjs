/** How long (ms) something takes, so many `times`, once it was done `warm` times. */
export async function timed(work, { times = 30, warm = 3 } = {}) {
  for (let turn = 0; turn < warm; turn += 1) await work();
  const taken = [];
  for (let turn = 0; turn < times; turn += 1) {
    const since = performance.now();
    await work();
    taken.push(performance.now() - since);
  }
  return taken;
}
