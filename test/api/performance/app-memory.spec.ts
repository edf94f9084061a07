import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startWorld } from '../../support/app.js';

/** Starts the application so many times and stops it again; the heap that is still in use then, in bytes. */
async function heapAfter(starts: number): Promise<number> {
  for (let start = 0; start < starts; start += 1) await (await startWorld()).stop();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('keeps nothing of an application that has stopped', async () => {
  const ten = await heapAfter(10);
  const thirty = await heapAfter(20);
  expect(thirty / ten).toBeLessThan(1.1);
});
