import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { type Drawn, MAX_FACE_PIXELS, MAX_PIXELS, Pictures } from '../../src/infra/pictures/pictures.js';
import { OwnProcess } from '../../src/infra/threads/own-process.js';
import { NoThread, TooMuchWork } from '../../src/infra/threads/threads.js';
import { eventually } from '../support/eventually.js';
import { CHILD_MS } from '../support/patience.js';
import { points } from '../support/rooms/pictures.js';

const FACE = { width: 256, height: 256, fit: 'cover', as: 'webp' } as const;
const within = (side: number) => ({ width: side, height: side, fit: 'inside', as: 'webp' }) as const;

let folder: string;
/** 49 million points in some kilobytes. */
let vast: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  await writeFile(
    join(folder, 'task.js'),
    `exports.wait = ({ ms, text }) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return text; };
exports.die = () => process.kill(process.pid, 'SIGSEGV');
exports.knows = () => Object.keys(process.env);
exports.pid = () => process.pid;
exports.order = () => require('node:fs').readFileSync('/proc/self/oom_score_adj', 'utf8').trim();
exports.fails = () => { throw new Error('of its own'); };`,
  );
  vast = await sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#a03020' } })
    .jpeg({ quality: 40, progressive: true })
    .toBuffer();
});
afterAll(() => rm(folder, { recursive: true }));

describe('a process of its own', () => {
  const own = new OwnProcess();
  const other = new OwnProcess();
  afterAll(() => [own, other].forEach((one) => one.end()));
  const run = <T>(name: string, input: unknown, withinMs = CHILD_MS, waitMs = CHILD_MS) =>
    own.run<T>({ file: pathToFileURL(join(folder, 'task')), name }, input, { withinMs, waitMs });

  it('given functions, then they run one after the other in one process, which knows nothing of ours', async () => {
    const pids = await Promise.all([run<number>('pid', null), run<number>('pid', null)]);
    expect([pids[0], pids[0] === process.pid]).toEqual([pids[1], false]);
    expect((await run<string[]>('knows', null)).filter((name) => !name.startsWith('NODE_CHANNEL_'))).toEqual([
      'MALLOC_ARENA_MAX',
    ]);
    expect(await run('order', null)).toBe('1000');
    await expect(run('fails', null)).rejects.toThrow('of its own');
  });

  it('given one that takes too long, or dies, then it is gone, and the next one runs', async () => {
    const pid = await run<number>('pid', null);
    const slow = run('wait', { ms: 60_000 }, 300);
    const next = run('wait', { ms: 0, text: 'done' });
    await expect(slow).rejects.toBeInstanceOf(TooMuchWork);
    expect(await next).toBe('done');
    expect(() => process.kill(pid, 0)).toThrow();
    await expect(run('die', null)).rejects.toBeInstanceOf(TooMuchWork);
    expect(await run('wait', { ms: 0, text: 'again' })).toBe('again');
  });

  it('given its turn does not come in time, then it never began, and the others keep theirs', async () => {
    const taken = run('wait', { ms: 1500, text: 'first' });
    const hurried = run('wait', { ms: 0 }, CHILD_MS, 200);
    const patient = run('wait', { ms: 0, text: 'last' });
    await expect(hurried).rejects.toBeInstanceOf(NoThread);
    expect(await Promise.all([taken, patient])).toEqual(['first', 'last']);
  });
});

describe('pictures of many people', () => {
  const pictures = new Pictures();
  afterAll(() => pictures.onApplicationShutdown());
  const preview = (picture: string | Buffer, ownerId: string): Promise<Drawn> =>
    pictures.draw({ picture, mostPixels: MAX_PIXELS, shapes: [within(2048), within(720)] }, ownerId);
  const small = () => points(20, 20).png().toBuffer();

  /** What this process and those it started hold in memory, in MB. */
  const held = () => {
    const of = (pid: number): number => {
      const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
        readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean),
      );
      const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      return own + children.reduce((sum, child) => sum + of(Number(child)), 0);
    };
    try {
      return of(process.pid);
    } catch {
      // A process ended meanwhile.
      return 0;
    }
  };
  const watched = async <T>(work: Promise<T>) => {
    const before = [held(), process.memoryUsage().rss / 1024 / 1024] as const;
    const most = [0, 0] as [number, number];
    const timer = setInterval(() => {
      most[0] = Math.max(most[0], held() - before[0]);
      most[1] = Math.max(most[1], process.memoryUsage().rss / 1024 / 1024 - before[1]);
    }, 20);
    const result = await work.finally(() => clearInterval(timer));
    return { result, grown: { all: most[0], here: most[1] } };
  };

  it('given a picture, then it is drawn upright, in each shape', async () => {
    const picture = await points(900, 600).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { width, height, drawn } = await preview(picture, 'one');
    const seen = await Promise.all(drawn.map((one) => sharp(one).metadata()));
    expect([width, height, ...seen.map((one) => [one.format, one.width, one.height, one.exif])]).toEqual([
      ...[600, 900, ['webp', 600, 900, undefined], ['webp', 480, 720, undefined]],
    ]);
    const clear = await sharp({ create: { width: 40, height: 20, channels: 4, background: '#0000' } })
      .png()
      .toBuffer();
    const face = await pictures.draw(
      { picture: clear, mostPixels: MAX_FACE_PIXELS, shapes: [{ ...FACE, as: 'png' }] },
      'one',
    );
    expect(await sharp(face.drawn[0]).metadata()).toMatchObject({
      format: 'png',
      width: 256,
      height: 256,
      hasAlpha: true,
    });
  });

  it('given one who sends many, then another one waits for one of them and not for all', async () => {
    const picture = await points(900, 600).png().toBuffer();
    const done: string[] = [];
    const send = (ownerId: string) => preview(picture, ownerId).then(() => done.push(ownerId));
    await Promise.all([...Array.from({ length: 5 }, () => send('many')), send('other')]);
    expect(done.indexOf('other')).toBeLessThanOrEqual(1);
    expect(done).toHaveLength(6);
  });

  it('given large pictures of several people are drawn, then a small one of another is drawn before them', async () => {
    const done: string[] = [];
    const run = jest.spyOn(OwnProcess.prototype, 'run');
    const large = ['a', 'b', 'c'].map((ownerId) => preview(vast, ownerId).then(() => done.push(ownerId)));
    await eventually(() => expect(run.mock.calls.filter(([{ name }]) => name === 'draw')).toHaveLength(3));
    run.mockRestore();
    await preview(await small(), 'other').then(() => done.push('other'));
    expect(done.filter((one) => one !== 'other').length).toBeLessThan(3);
    const { grown } = await watched(Promise.all(large));
    expect(grown.here).toBeLessThan(100);
  });

  it('given 8 faces of 49 million points at once, then all are refused, and nothing is unfolded', async () => {
    const asked = { picture: vast, mostPixels: MAX_FACE_PIXELS, shapes: [FACE] };
    const faces = Array.from({ length: 8 }, (_, at) => pictures.draw(asked, `person ${at}`));
    const { result, grown } = await watched(Promise.allSettled(faces));
    const errors = [{ field: '/file', code: 'too_many_pixels' }];
    expect(result).toEqual(
      Array(8).fill({ status: 'rejected', reason: expect.objectContaining({ more: { errors } }) }),
    );
    expect([grown.all < 150, grown.here < 100, grown]).toEqual([true, true, grown]);
  });

  it('given 8 pictures of 49 million points at once, then one of them is in memory at a time', async () => {
    const one = await watched(preview(vast, 'alone'));
    const many = Array.from({ length: 8 }, (_, at) => preview(vast, `person ${at}`));
    const { result, grown } = await watched(Promise.allSettled(many));
    expect(result.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect([grown.all < one.grown.all + 200, grown.here < 100, one.grown, grown]).toEqual([
      true,
      true,
      one.grown,
      grown,
    ]);
  });

  it('given an AVIF of 25 million points, which would take half a gigabyte, then it is refused', async () => {
    const image = sharp({ create: { width: 5000, height: 5000, channels: 3, background: '#a03020' } });
    const picture = await image.avif({ effort: 0, quality: 30 }).toBuffer();
    const errors = [{ field: '/file', code: 'too_many_pixels' }];
    await expect(preview(picture, 'one')).rejects.toMatchObject({ status: 422, more: { errors } });
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['words', () => Buffer.from('words')],
    ['a drawing', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['half a picture', async () => (await points(200, 200).png().toBuffer()).subarray(0, 300)],
  ])('given %s, then it is refused, and the others are drawn', async (_, made) => {
    const [refused, fine] = await Promise.allSettled([preview(await made(), 'one'), preview(await small(), 'one')]);
    const errors = [{ field: '/file', code: 'not_an_image' }];
    expect(refused).toMatchObject({ status: 'rejected', reason: { status: 422, more: { errors } } });
    expect(fine).toMatchObject({ status: 'fulfilled', value: { width: 20, height: 20 } });
  });
});
