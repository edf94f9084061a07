import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MAX_AT_ONCE } from '../../src/common/markdown/markdown-bounds.js';
import { toProblem } from '../../src/infra/http/problem.filter.js';
import { LongTexts } from '../../src/infra/threads/long-texts.js';
import { NoThread, Threads, TooMuchWork } from '../../src/infra/threads/threads.js';

const threads = new Threads();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threads-'));
  await writeFile(
    join(folder, 'task.js'),
    `exports.work = ({ ms, text }) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return text; };
exports.where = (text) => 'thread ' + text.length;
exports.behind = () => { setTimeout(() => { throw new Error('behind'); }, 50); return 'done'; };
exports.slow = (text) => { for (;;) text.length; };`,
  );
});
afterAll(async () => {
  await threads.onApplicationShutdown();
  await rm(folder, { recursive: true });
});

const work = (ms: number, withinMs: number, waitMs?: number, kind: 'work' | 'asks' = 'work') => {
  const task = { file: pathToFileURL(join(folder, 'task')), name: 'work', kind };
  return threads.run<string>(task, { ms, text: 'done' }, { withinMs, ...(waitMs !== undefined && { waitMs }) });
};

it('given all threads are taken, then who waits has the whole time, and who waited too long never began', async () => {
  const taken = [work(1500, 10_000), work(1500, 10_000)];
  const [patient, hurried] = [work(0, 1000), work(0, 1000, 300)];
  const refused: unknown = await hurried.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoThread);
  expect(toProblem(refused)).toMatchObject({ status: 503, code: 'unavailable' });
  expect(await Promise.all([...taken, patient])).toEqual(['done', 'done', 'done']);
});

it('given many wait for what is outside, then others do not wait with them', async () => {
  let asking = 6;
  const asked = Array.from({ length: asking }, () => work(1500, 10_000, 20_000, 'asks').finally(() => (asking -= 1)));
  expect(await work(0, 1000)).toBe('done');
  expect(asking).toBe(6);
  await Promise.all(asked);
});

it('given a task takes too long, then it is ended, and the next one runs', async () => {
  await expect(work(60_000, 300)).rejects.toBeInstanceOf(TooMuchWork);
  expect(await work(0, 1000)).toBe('done');
});

it('given a thread dies once its task is over, then nothing else ends with it', async () => {
  const task = { file: pathToFileURL(join(folder, 'task')), name: 'behind' };
  expect(await threads.run<string>(task, null, { withinMs: 1000 })).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await work(0, 1000)).toBe('done');
});

describe('a text', () => {
  const texts = new LongTexts(threads);
  const task = (name: string) => ({
    ...{ file: pathToFileURL(join(folder, 'task')), name },
    here: (text: string) => `here ${text.length}`,
  });

  it('given it is short, then it is read at once; given it is long, on a thread, also while all other threads are taken', async () => {
    const taken = [work(1500, 10_000), work(1500, 10_000)];
    expect(await texts.read(task('where'), 'a'.repeat(MAX_AT_ONCE))).toBe('here 2000');
    expect(await texts.read(task('where'), 'a'.repeat(MAX_AT_ONCE + 1))).toBe('thread 2001');
    await Promise.all(taken);
  });

  it('given no thread reads it in time, then it is read here', async () => {
    expect(await texts.read(task('slow'), 'a'.repeat(5000))).toBe('here 5000');
  });
});
