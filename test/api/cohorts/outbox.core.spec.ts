import { Types, mongo } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { defineEvent } from '../../../src/infra/events/event-bus.js';
import { followLeavers } from '../../../src/infra/mongo/migrations/leavers.migration.js';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import { type Consumer, Outbox } from '../../../src/infra/outbox/outbox.js';
import type { FailedFollowUp } from '../../../src/contracts/reminders/operation.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** What follows from an act, over two processes (docs/adr/0045). */
type Fact = { id: string };

let world: TestWorld;
let runs = 0;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());

const outboxes = () => world.nodes.map(({ app }) => app.get(Outbox));
const rows = () => world.db.collection('outbox').find().toArray();
const turn = async () => void (await Promise.all(outboxes().map((outbox) => outbox.turn())));

const away = () => Promise.reject(new Error('away'));

/** Follows by writing down what it heard. */
const noting =
  (heard: string[], as = '') =>
  ({ id }: Fact) => {
    heard.push(`${as}${id}`);
    return Promise.resolve();
  };

/** An event of its own, followed on both processes by each of these. */
function anEvent(consumers: Record<string, Consumer<Fact>>) {
  runs += 1;
  const kind = defineEvent<Fact>(`test.happened-${runs}`);
  for (const outbox of outboxes())
    for (const [name, consumer] of Object.entries(consumers)) outbox.on(kind, name, consumer);
  const write = async (id: string, after?: () => Promise<void>) =>
    await world.app.get(Transactions).run(async (session) => {
      await outboxes()[0]!.write(kind, { id }, session);
      await after?.();
    });
  return { kind, write };
}

it('given an act, then all who follow it hear of it at once, and nothing is kept', async () => {
  const heard: string[] = [];
  const { write } = anEvent({
    one: noting(heard, 'one '),
    two: noting(heard, 'two '),
  });
  await write('a');
  await eventually(() => expect(heard.sort()).toEqual(['one a', 'two a']));
  await eventually(async () => expect(await rows()).toEqual([]));
});

it('given an act that failed, then nobody hears of it', async () => {
  const heard: string[] = [];
  const { write } = anEvent({ one: noting(heard) });
  await expect(write('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await turn();
  expect([heard, await rows()]).toEqual([[], []]);
});

it('given one who fails, then they alone are asked again, after a pause', async () => {
  const heard: string[] = [];
  let isBroken = true;
  const { write } = anEvent({
    well: noting(heard, 'well '),
    broken: (fact) => (isBroken ? noting(heard, 'broken ')(fact).then(away) : noting(heard, 'broken ')(fact)),
  });
  await write('a');
  await eventually(async () =>
    expect((await rows()).map(({ waiting, tries }) => [waiting, tries])).toEqual([[['broken'], 1]]),
  );
  await turn();
  expect(heard.sort()).toEqual(['broken a', 'well a']);
  isBroken = false;
  world.clock.advance(1000);
  await eventually(async () => {
    await turn();
    expect(await rows()).toEqual([]);
  });
  expect(heard.sort()).toEqual(['broken a', 'broken a', 'well a']);
});

it('given many acts and two processes that turn at the same moment, then each is followed once', async () => {
  const heard: string[] = [];
  const { write } = anEvent({ one: noting(heard) });
  const ids = Array.from({ length: 40 }, (_, at) => String(at).padStart(2, '0'));
  await Promise.all(ids.map((id) => write(id)));
  await Promise.all([turn(), turn()]);
  await eventually(async () => expect(await rows()).toEqual([]));
  expect(heard.sort()).toEqual(ids);
});

it('given a try of the transaction that the driver makes again, then only what was written is followed', async () => {
  const heard: string[] = [];
  const { kind } = anEvent({ one: noting(heard) });
  let tries = 0;
  await world.app.get(Transactions).run(async (session) => {
    tries += 1;
    await outboxes()[0]!.write(kind, { id: `try ${tries}` }, session);
    if (tries < 3) throw new mongo.MongoServerError({ errorLabels: ['TransientTransactionError'] });
  });
  await eventually(async () => expect(await rows()).toEqual([]));
  expect(heard).toEqual(['try 3']);
});

describe('who wrote it follows it', () => {
  /** One that holds up what follows until it is opened. */
  function aGate() {
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open, opened };
  }

  it('given more than a process follows at a time, then the others are given to whoever is free', async () => {
    const [heard, gate] = [[] as string[], aGate()];
    const { write } = anEvent({ one: (fact) => noting(heard)(fact).then(() => gate.opened) });
    const ids = Array.from({ length: 40 }, (_, at) => String(at).padStart(2, '0'));
    for (const id of ids) await write(id);
    await eventually(() => expect([...heard].sort()).toEqual(ids));
    gate.open();
    await eventually(async () => expect(await rows()).toEqual([]));
    expect(heard).toHaveLength(40);
  });

  it('given a process that ends, then it waits for what it follows, and leaves to others what is written then', async () => {
    const [heard, gate] = [[] as string[], aGate()];
    const { write } = anEvent({ one: (fact) => gate.opened.then(() => noting(heard)(fact)) });
    await write('before');
    const [outbox] = outboxes();
    const ending = outbox!.beforeApplicationShutdown();
    await write('meanwhile');
    expect(heard).toEqual([]);
    gate.open();
    await ending;
    expect(heard).toContain('before');
    await eventually(async () => expect([[...heard].sort(), await rows()]).toEqual([['before', 'meanwhile'], []]));
    Object.assign(outbox!, { isEnding: false });
  });
});

it('given a process that does no work, then what it writes is left to the workers', async () => {
  const serving = await startWorld({ env: { ROLES: 'web' } });
  const heard: string[] = [];
  const outbox = serving.app.get(Outbox);
  const kind = defineEvent<Fact>('test.served');
  outbox.on(kind, 'one', noting(heard));
  await serving.app.get(Transactions).run((session) => outbox.write(kind, { id: 'a' }, session));
  const left = await serving.db.collection('outbox').find().toArray();
  expect([heard, left.map(({ tries, dueAt }) => [tries, dueAt])]).toEqual([[], [[0, serving.clock.now()]]]);
  await outbox.turn();
  expect(heard).toEqual(['a']);
  await serving.stop();
});

it('given a process that died while it followed one, then another one takes it over when its time is up', async () => {
  const heard: string[] = [];
  const { kind } = anEvent({ one: noting(heard) });
  const [now, dueAt] = [world.clock.now(), new Date(world.clock.now().getTime() + 30_000)];
  const died = {
    _id: new Types.ObjectId(),
    kind: kind.name,
    fact: { id: 'a' },
    waiting: ['one'],
    at: now,
    dueAt,
    tries: 1,
  };
  await world.db.collection('outbox').insertOne(died);
  await turn();
  expect(heard).toEqual([]);
  world.clock.advance(30_000);
  await turn();
  expect([heard, await rows()]).toEqual([['a'], []]);
});

it('given an act of several transactions, then it is followed when it is over, and when its process dies in the midst of it', async () => {
  const heard: string[] = [];
  const { kind } = anEvent({ one: noting(heard) });
  const [outbox] = outboxes();
  expect(
    await outbox!.around(kind, { id: 'a' }, async () => {
      await turn();
      expect(heard).toEqual([]);
      return 'done';
    }),
  ).toBe('done');
  await eventually(() => expect(heard).toEqual(['a']));
  await expect(outbox!.around(kind, { id: 'b' }, away)).rejects.toThrow('away');
  await eventually(() => expect(heard).toEqual(['a', 'b']));
  void outbox!.around(kind, { id: 'c' }, () => new Promise(() => undefined));
  await eventually(async () => expect(await rows()).toHaveLength(1));
  await turn();
  expect(heard).toEqual(['a', 'b']);
  world.clock.advance(30_000);
  await turn();
  expect([heard, await rows()]).toEqual([['a', 'b', 'c'], []]);
});

it('given one of a newer version, whom nobody knows here, then it is left to who does', async () => {
  const { kind } = anEvent({ one: () => Promise.resolve() });
  const now = world.clock.now();
  const _id = new Types.ObjectId();
  await world.db
    .collection('outbox')
    .insertOne({ _id, kind: kind.name, fact: { id: 'a' }, waiting: ['one', 'newer'], at: now, dueAt: now, tries: 0 });
  await turn();
  expect((await rows()).map(({ waiting }) => waiting)).toEqual([['newer']]);
  await world.db.collection('outbox').deleteOne({ _id });
});

it('given somebody who left as the version before died, then the upgrade has them followed, once', async () => {
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  const [gone, stays] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
  const { path } = await aWorkshop(staff, cohortId);
  for (const person of [gone, stays]) await person.client.put(`${path}/registration`, {});
  await followOutbox(world);
  const memberships = world.app.get(MembershipsRepository);
  await memberships.end(new Types.ObjectId(cohortId), new Types.ObjectId(gone.id), world.clock.now());
  await world.db
    .collection('memberships')
    .updateOne({ userId: new Types.ObjectId(stays.id) }, { $set: { handOver: { at: new Date(), toId: null } } });
  for (let times = 0; times < 2; times += 1) await followLeavers(world.db.db!, world.clock.now());
  expect((await rows()).map(({ kind, fact }) => [kind, fact.userId]).sort()).toEqual([
    ['member.left', gone.id],
    ['role.changed', stays.id],
  ]);
  await followOutbox(world);
  expect((await staff.client.get(path)).body.going).toBe(1);
});

describe('what fails again and again', () => {
  const path = '/api/operation/follow-ups';

  it('given an admin, then they see it, and have it tried at once; nobody else', async () => {
    const heard: string[] = [];
    let isBroken = true;
    const { kind, write } = anEvent({ well: noting([]), broken: (fact) => (isBroken ? away() : noting(heard)(fact)) });
    const cohortId = await aCohort(world);
    const [admin, staff] = [await aPerson(world, { isAdmin: true }), await aMember(world, cohortId, 'staff')];
    const failed = async () => (await admin.client.get(path)).body.items as FailedFollowUp[];
    await write('a');
    await eventually(async () => {
      world.clock.advance(30_000);
      await turn();
      expect(await failed()).toMatchObject([{ event: kind.name, waiting: ['broken'] }]);
    });
    const [{ id }] = (await failed()) as [FailedFollowUp];
    for (const [client, status] of [
      [staff.client, 403],
      [clientOf(world.url), 401],
    ] as const)
      expect([(await client.get(path)).status, (await client.post(`${path}/${id}/retry`)).status]).toEqual([
        status,
        status,
      ]);
    isBroken = false;
    expect((await admin.client.post(`${path}/${id}/retry`)).status).toBe(204);
    await eventually(() => expect(heard).toEqual(['a']));
    await eventually(async () => expect(await failed()).toEqual([]));
    for (const gone of [id, 'nobody']) expect((await admin.client.post(`${path}/${gone}/retry`)).status).toBe(404);
  });
});
