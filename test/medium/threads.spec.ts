import { Logger } from '@nestjs/common';
import type { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MAX_AT_ONCE } from '../../src/common/markdown/markdown-bounds.js';
import { toProblem } from '../../src/infra/http/problem.filter.js';
import { LongTexts } from '../../src/infra/threads/long-texts.js';
import { NoThread, Threads, TooMuchWork } from '../../src/infra/threads/threads.js';
import { WAIT_MS } from '../support/patience.js';

const threads = new Threads();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threads-'));
  await writeFile(
    join(folder, 'task.js'),
    `exports.work = ({ gate, text }) => { if (gate) Atomics.wait(gate, 0, 0); return text; };
exports.where = (text) => 'thread ' + text.length;
exports.slow = (text) => { for (;;) text.length; };`,
  );
});
afterAll(async () => {
  await threads.onApplicationShutdown();
  await rm(folder, { recursive: true });
});

interface Asked {
  withinMs?: number;
  waitMs?: number;
  kind?: 'work' | 'asks';
  /** What it waits for before it is done. */
  gate?: Int32Array;
}

const work = ({ withinMs = WAIT_MS, waitMs = WAIT_MS, kind = 'work', gate }: Asked = {}) => {
  const task = { file: pathToFileURL(join(folder, 'task')), name: 'work', kind };
  return threads.run<string>(task, { gate, text: 'done' }, { withinMs, waitMs });
};

const closedGate = () => new Int32Array(new SharedArrayBuffer(4));
function open(gate: Int32Array): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

it('given all threads are taken, then who waits has the whole time, and who waited too long never began', async () => {
  const gate = closedGate();
  const taken = [work({ gate }), work({ gate })];
  // Who is patient waits for longer than the work itself may take.
  const [patient, hurried] = [work({ withinMs: 1000 }), work({ waitMs: 1100 })];
  const refused: unknown = await hurried.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoThread);
  expect(toProblem(refused)).toMatchObject({ status: 503, code: 'unavailable' });
  open(gate);
  expect(await Promise.all([...taken, patient])).toEqual(['done', 'done', 'done']);
});

it('given many wait for what is outside, then others do not wait with them', async () => {
  let asking = 6;
  const gate = closedGate();
  const asked = Array.from({ length: asking }, () => work({ gate, kind: 'asks' }).finally(() => (asking -= 1)));
  expect(await work()).toBe('done');
  expect(asking).toBe(6);
  open(gate);
  await Promise.all(asked);
});

it('given a task takes too long, then it is ended, and the next one runs', async () => {
  await expect(work({ gate: closedGate(), withinMs: 300 })).rejects.toBeInstanceOf(TooMuchWork);
  expect(await work()).toBe('done');
});

it('given a thread dies once its task is over, then nothing else ends with it', async () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  expect(await work()).toBe('done');
  // The library says so of a thread that ends while nobody waits for it. An idle thread sleeps: none can be made to die of itself.
  const { pools } = threads as unknown as { pools: { work: EventEmitter } };
  pools.work.emit('error', new Error('behind'));
  expect(warn).toHaveBeenCalledWith(expect.anything(), 'a thread died behind its task');
  expect(await work()).toBe('done');
});

describe('a text', () => {
  const texts = new LongTexts(threads);
  const task = (name: string) => ({
    ...{ file: pathToFileURL(join(folder, 'task')), name },
    here: (text: string) => `here ${text.length}`,
  });

  it('given it is short, then it is read at once; given it is long, on a thread, also while all other threads are taken', async () => {
    const gate = closedGate();
    const taken = [work({ gate }), work({ gate })];
    expect(await texts.read(task('where'), 'a'.repeat(MAX_AT_ONCE))).toBe('here 2000');
    expect(await texts.read(task('where'), 'a'.repeat(MAX_AT_ONCE + 1))).toBe('thread 2001');
    open(gate);
    await Promise.all(taken);
  });

  it('given no thread reads it in time, then it is read here', async () => {
    expect(await texts.read(task('slow'), 'a'.repeat(5000))).toBe('here 5000');
  });
});
