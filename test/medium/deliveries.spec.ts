import { Deliveries } from '../../src/infra/deliveries/deliveries.js';
import type { DeliveryKind, DeliveryMove, Prepared } from '../../src/infra/deliveries/delivery-kind.js';
import { DeliveriesRepository } from '../../src/infra/deliveries/deliveries.repository.js';
import { Mailer } from '../../src/infra/mail/mailer.js';
import { newId } from '../../src/infra/mongo/ids.js';
import { Transactions } from '../../src/infra/mongo/transactions.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { killedAfter } from '../support/outbox.js';

const MINUTE = 60_000;

let world: TestWorld;
let key = 0;
/** What the kinds below say of their deliveries; tests put another one here. */
let prepare: () => Promise<Prepared>;
let asked: number;
let moves: DeliveryMove[];
/** So often `moved` fails. */
let fails: number;

const kindOf = (name: string, more: object = {}): DeliveryKind<object> => ({
  name,
  way: 'letters',
  prepare: () => {
    asked += 1;
    return prepare();
  },
  moved: (_row, move) => {
    fails -= 1;
    if (fails >= 0) return Promise.reject(new Error('killed'));
    moves.push(move);
    return Promise.resolve();
  },
  ...more,
});
const once = kindOf('once', { isOnce: true });
const often = kindOf('often');
const post = kindOf('post', { way: 'webhooks', pausesMs: [5000] });

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  for (const { app } of world.nodes) for (const kind of [once, often, post]) app.get(Deliveries).register(kind);
});
afterAll(() => world.stop());
beforeEach(() => {
  key += 1;
  [asked, moves, fails] = [0, [], 0];
  prepare = () => Promise.resolve(letter());
});

const address = () => `to-${key}@deliveries.test`;
const letter = () => ({
  letter: {
    ...{ to: { name: 'Ada', address: address() }, subject: 'A letter', html: '<p>x</p>', text: 'x' },
    messageId: `<${key}@deliveries.test>`,
  },
});
const mine = () => ({ kind: { $in: [once, often, post].map(({ name }) => name) }, key: String(key) });
const row = () => world.db.collection('deliveries').findOne(mine());
const is = (expected: object) => eventually(async () => expect(await row()).toMatchObject(expected));
const write = (kind = once, more: object = {}) =>
  world.app.get(Deliveries).write(kind, [{ key: String(key), of: newId(), about: {}, ...more }]);
/** As a process that dies right after its write: nobody was told. */
const writeSilently = (kind = once) => killedAfter(world, () => write(kind));
const turn = () => Promise.all(world.nodes.map(({ app }) => app.get(Deliveries).turn()));
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms);
const later = async (ms: number) => {
  world.clock.set(inMs(ms));
  await turn();
};
const count = () => world.mail.asked(address());
/** As a process that dies right after the server took a mail: nothing more is written. */
const dies = () => {
  fails = Infinity;
  for (const { app } of world.nodes)
    jest.spyOn(app.get(DeliveriesRepository), 'move').mockRejectedValue(new Error('killed'));
};
const livesAgain = () => {
  fails = 0;
  jest.restoreAllMocks();
};

describe('a letter', () => {
  it('given one is written twice and both processes look, then it goes once, and says so', async () => {
    await write();
    await write();
    await turn();
    await is({ state: 'sent', tries: 1, lease: null });
    expect(await row()).not.toHaveProperty('dueAt');
    expect([count(), moves]).toEqual([1, [{ to: 'sent' }]]);
  });

  it('given a transaction that fails, then there is none; one that is written rings', async () => {
    const transactions = world.app.get(Transactions);
    const about = { key: String(key), of: newId(), about: {} };
    const fails = transactions.run(async (session) => {
      await world.app.get(Deliveries).write(once, [about], session);
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    expect(await row()).toBeNull();
    await transactions.run((session) => world.app.get(Deliveries).write(once, [about], session));
    await is({ state: 'sent' });
  });

  it('given one that is due later, then it waits until then', async () => {
    await write(once, { dueAt: inMs(10 * MINUTE) });
    await turn();
    expect([count(), await row()]).toMatchObject([0, { state: 'waiting', tries: 0 }]);
    await later(10 * MINUTE);
    await is({ state: 'sent' });
  });

  it('given its kind says later, skip or that nothing is there, then that was no try, and it goes or not as it says', async () => {
    prepare = () => Promise.resolve({ later: inMs(5 * MINUTE) });
    await write();
    await is({ state: 'waiting', tries: 0, dueAt: inMs(5 * MINUTE) });
    prepare = () => Promise.resolve('missing');
    await later(5 * MINUTE);
    // It was written so long ago that what it is about would be there.
    await is({ state: 'skipped', because: 'gone' });
    key += 1;
    prepare = () => Promise.resolve('missing');
    await write();
    await eventually(() => expect(asked).toBe(3));
    await is({ state: 'waiting', tries: 0, lease: null });
    prepare = () => Promise.resolve({ skip: 'muted' });
    await later(0);
    await is({ state: 'skipped', because: 'muted' });
    expect(count()).toBe(0);
  });

  it('given a turn looks at it before what it is about is written, then it goes as soon as that is', async () => {
    prepare = () => Promise.resolve('missing');
    const about = { key: String(key), of: newId(), about: {} };
    await world.app.get(Deliveries).writeAhead(once, [about], async () => {
      await turn();
      expect(asked).toBeGreaterThan(0);
      expect(await row()).toMatchObject({ state: 'waiting', tries: 0, lease: null });
      prepare = () => Promise.resolve(letter());
    });
    await is({ state: 'sent' });
    expect(count()).toBe(1);
  });

  it.each([1, 2])(
    'given what follows from it fails %i times, then it is sent all the same, and never again',
    async (times) => {
      fails = times;
      await writeSilently(often);
      await turn();
      await is({ state: 'sent', tries: 1, lease: null });
      await later(2 * MINUTE);
      expect([count(), moves]).toEqual([1, times === 1 ? [{ to: 'sent' }] : []]);
    },
  );
});

it('given one of a kind that this version does not know, then it is left as it is for one that does', async () => {
  const newer = { ...once, name: 'newer' };
  await write(newer);
  await turn();
  await later(2 * MINUTE);
  const left = await world.db.collection('deliveries').findOne({ kind: newer.name });
  expect(left).toMatchObject({ state: 'waiting', tries: 0, lease: null });
});

describe('a process that dies', () => {
  it('given it dies after its write, or between claim and hand-over, then another one sends it, once', async () => {
    let end = (): void => undefined;
    const hangs = new Promise<Prepared>((resolve) => (end = () => resolve(letter())));
    prepare = () => hangs;
    await writeSilently();
    const dead = world.nodes[0]!.app.get(Deliveries).turn();
    await eventually(() => expect(asked).toBe(1));
    await is({ state: 'waiting', tries: 1, lease: expect.any(String) });
    prepare = () => Promise.resolve(letter());
    // In other hands until the lease is over.
    await world.nodes[1]!.app.get(Deliveries).turn();
    expect(count()).toBe(0);
    world.clock.set(inMs(2 * MINUTE));
    await world.nodes[1]!.app.get(Deliveries).turn();
    await is({ state: 'sent', tries: 2 });
    end();
    await dead;
    expect(count()).toBe(1);
  });

  it('given it dies while one is handed over that may go once, then it has failed; one that may go again does, under the same id', async () => {
    dies();
    await writeSilently();
    await turn();
    await is({ state: 'handing' });
    livesAgain();
    await later(2 * MINUTE);
    await is({ state: 'failed', because: 'interrupted' });
    expect([count(), moves]).toEqual([1, [{ to: 'failed', because: 'interrupted' }]]);

    key += 1;
    dies();
    await writeSilently(often);
    await turn();
    await is({ state: 'handing' });
    livesAgain();
    await later(2 * MINUTE);
    await is({ state: 'sent', tries: 2 });
    expect(count()).toBe(2);
  });

  it('given a server that takes longer than a lease, then it is renewed meanwhile, and nobody else sends it', async () => {
    const timers = jest.spyOn(globalThis, 'setInterval');
    let take = (): void => undefined;
    const slow = new Promise<void>((resolve) => (take = resolve));
    const mailer = world.nodes[0]!.app.get(Mailer);
    const send = mailer.send.bind(mailer);
    jest.spyOn(mailer, 'send').mockImplementation((mail) => slow.then(() => send(mail)));
    await writeSilently(often);
    const first = world.nodes[0]!.app.get(Deliveries).turn();
    await is({ state: 'handing' });
    world.clock.set(inMs(MINUTE));
    const renews = timers.mock.calls.filter(([, ms]) => ms === MINUTE / 2).map(([renew]) => renew);
    expect(renews).toHaveLength(1);
    (renews[0] as () => void)();
    await is({ state: 'handing', dueAt: inMs(2 * MINUTE) });
    world.clock.set(inMs(MINUTE));
    await world.nodes[1]!.app.get(Deliveries).turn();
    take();
    await first;
    jest.restoreAllMocks();
    await is({ state: 'sent', tries: 1 });
    expect(count()).toBe(1);
  });

  it('given the lease is over before it hands over, then who has it by now sends it, and nobody else', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    prepare = async () => {
      if (asked === 1) await held;
      return letter();
    };
    await writeSilently();
    const first = world.nodes[0]!.app.get(Deliveries).turn();
    await eventually(() => expect(asked).toBe(1));
    world.clock.set(inMs(2 * MINUTE));
    await world.nodes[1]!.app.get(Deliveries).turn();
    await is({ state: 'sent', tries: 2 });
    go();
    await first;
    expect([count(), moves]).toEqual([1, [{ to: 'sent' }]]);
  });
});

describe('what fails', () => {
  it('given a server that asks to come later, then it is tried after longer and longer, and goes', async () => {
    world.mail.answer(address(), 450, '4.2.0 greylisted');
    await write();
    await is({ state: 'waiting', because: 'later', tries: 1, dueAt: inMs(MINUTE) });
    await later(MINUTE);
    await is({ state: 'waiting', because: 'later', tries: 2, dueAt: inMs(2 * MINUTE) });
    world.mail.answer(address(), 0);
    await later(2 * MINUTE);
    await is({ state: 'sent', tries: 3 });
  });

  it('given it is refused, cannot be written again and again, or may not leave as it is, then it fails, fails, or is written anew', async () => {
    world.mail.answer(address(), 550, '5.1.1 no such mailbox');
    await write();
    await is({ state: 'failed', because: 'refused' });
    expect(moves).toMatchObject([{ to: 'failed', because: 'refused', error: expect.any(Error) }]);

    key += 1;
    prepare = () => Promise.reject(new Error('no words'));
    await write(post);
    await is({ state: 'waiting', because: 'error', tries: 1, dueAt: inMs(5000) });
    await later(5000);
    await is({ state: 'failed', because: 'error', tries: 2 });

    key += 1;
    asked = 0;
    prepare = () => Promise.resolve({ ...letter(), mayLeave: () => Promise.resolve(asked > 1) });
    await write();
    await is({ state: 'sent', tries: 1 });
    expect([asked, count()]).toEqual([2, 1]);
  });

  it('given whether a letter may leave cannot be asked for a moment, then it waits, and leaves once', async () => {
    let stumbles = 1;
    const mayLeave = () => (stumbles-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve(true));
    prepare = () => Promise.resolve({ ...letter(), mayLeave });
    await write();
    await is({ state: 'waiting', dueAt: inMs(15_000) });
    expect(count()).toBe(0);
    await later(15_000);
    await is({ state: 'sent' });
    expect(count()).toBe(1);
  });

  it('given what is posted is taken, put off, or has no room, then it is over, tried again, or waits without a try', async () => {
    const answers: Awaited<ReturnType<Extract<Prepared, { post: unknown }>['post']>>[] = [
      { to: 'busy', until: inMs(1) },
      { to: 'later', because: 'status' },
      { to: 'sent' },
    ];
    prepare = () => Promise.resolve({ post: () => Promise.resolve(answers.shift()!) });
    await write(post);
    await is({ state: 'waiting', because: 'status', tries: 1, dueAt: inMs(5000) });
    await later(5000);
    await is({ state: 'sent', tries: 2 });
  });
});

it('given what is over for a month, then it is forgotten, and what waits stays', async () => {
  await write();
  await is({ state: 'sent' });
  await writeSilently({ ...once, name: 'often' });
  world.clock.set(inMs(31 * 24 * 60 * MINUTE));
  await world.app.get(Deliveries).end();
  expect(await world.db.collection('deliveries').find(mine()).toArray()).toMatchObject([{ kind: 'often' }]);
});
