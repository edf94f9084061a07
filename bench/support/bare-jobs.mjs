const DAY = 24 * 3_600_000;

let jobs = 0;
/** Adds as many bare jobs in one command; returns them. */
export const addBulk = (queue, count, delay = 30 * DAY) =>
  queue.addBulk(
    Array.from({ length: count }, () => ({
      name: 'bare',
      data: { reminderId: '0123456789abcdef01234567' },
      opts: { jobId: `bare-${(jobs += 1)}`, delay, removeOnComplete: true },
    })),
  );

/** How long that takes. */
export const addAsMany = (queue, count) => timed(() => addBulk(queue, count));

/** Jobs that are there get another time, as BullMQ does it: each by its script, all on their way at once. */
export async function moveAsMany(queue, count) {
  const jobs = await addBulk(queue, count);
  return await timed(() => Promise.all(jobs.map((job) => job.changeDelay(29 * DAY))));
}

/** As one does it who finds each job by its id: taken out, and put in again for another time. */
export async function moveEach(queue, count) {
  const jobs = await addBulk(queue, count);
  return await timed(async () => {
    for (const { id, name, data, opts } of jobs) {
      await queue.remove(id);
      await queue.add(name, data, { ...opts, delay: 29 * DAY });
    }
  });
}

/** The seconds that something takes. */
export async function timed(work) {
  const since = performance.now();
  await work();
  return { seconds: (performance.now() - since) / 1000 };
}
