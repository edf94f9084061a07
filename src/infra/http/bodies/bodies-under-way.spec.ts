import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Problem } from '../../../common/problem.js';
import type { Exchange } from '../lines/exchanges.js';
import { BodiesUnderWay } from './bodies-under-way.js';

/** What has not been answered yet. */
function anExchange() {
  const [socket, answer] = [new PassThrough(), new PassThrough()];
  return { socket, answer, exchange: { request: { socket }, answer } as unknown as Exchange };
}

const statusOf = (bodies: BodiesUnderWay, sender: string, bytes: number, { exchange } = anExchange()) => {
  try {
    bodies.begin(exchange, sender, bytes);
    return 'begun';
  } catch (refused) {
    if (refused instanceof Problem) return [refused.status, refused.more['retryAfterSeconds']];
    throw refused;
  }
};

it('given as many as one may have under way, then the next is refused, and others have their own', () => {
  const bodies = new BodiesUnderWay(2);
  const said = ['a', 'a', 'a', 'b'].map((sender) => statusOf(bodies, sender, 1));
  expect(said).toEqual(['begun', 'begun', [429, 5], 'begun']);
});

it('given as many bytes as all may have under way, then more are refused, and nothing of who was refused is counted', async () => {
  const bodies = new BodiesUnderWay(1, 100);
  const large = anExchange();
  expect(statusOf(bodies, 'a', 90, large)).toBe('begun');
  expect([statusOf(bodies, 'b', 11), statusOf(bodies, 'a', 1), statusOf(bodies, 'b', 10)]).toEqual([
    [503, 5],
    [429, 5],
    'begun',
  ]);
  large.socket.destroy();
  await setImmediate();
  await setImmediate();
  expect([statusOf(bodies, 'c', 91), statusOf(bodies, 'a', 90)]).toEqual([[503, 5], 'begun']);
});

type Ends = ReturnType<typeof anExchange>;

it.each([
  ['it is answered', ({ answer }: Ends) => void answer.resume().end()],
  ['its answer is broken off', ({ answer }: Ends) => void answer.destroy()],
  ['its line is gone, of which it hears nothing', ({ socket }: Ends) => void socket.destroy()],
  ['it was gone before it was asked for', null],
])('given %s, then it is under way no more', async (_what, end) => {
  const bodies = new BodiesUnderWay(1);
  const one = anExchange();
  if (!end) one.socket.destroy();
  bodies.begin(one.exchange, 'a', 1);
  end?.(one);
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  expect(statusOf(bodies, 'a', 1)).toBe('begun');
  expect([one.socket, one.answer].flatMap((from) => from.listeners('close'))).toEqual([]);
});
