import { Types } from 'mongoose';
import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { DeliveriesRepository } from '../../../src/infra/deliveries/deliveries.repository.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember } from '../../support/factories.js';
import { moment } from '../../support/moments.js';
import { type ChildNode, startChild } from '../../support/servers/processes.js';
import { CHILD_MS } from '../../support/patience.js';

const PEOPLE = 8;
const NOTICES = 10;
const ALL = PEOPLE * NOTICES;

let world: TestWorld;
let children: ChildNode[];

beforeAll(async () => {
  // The processes that are killed live in real time.
  world = await startWorld({ now: new Date().toISOString() });
  children = [await startChild(world), await startChild(world)];
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
});

/** The leases of this process, which lives: what it has in its hands is not left by anybody. */
function leasesOfMine(): { leases: ReadonlySet<string>; settled: () => Promise<unknown> } {
  const leases = new Set<string>();
  const claims = new Set<Promise<unknown>>();
  const deliveries = world.app.get(DeliveriesRepository);
  const claim = deliveries.claim.bind(deliveries);
  jest.spyOn(deliveries, 'claim').mockImplementation(async (...asked) => {
    const claiming = claim(...asked);
    claims.add(claiming);
    const row = await claiming;
    if (row) leases.add(row.lease);
    claims.delete(claiming);
    return row;
  });
  return { leases, settled: () => Promise.allSettled([...claims]) };
}

const mails = () => world.mail.mails.flatMap(({ messageId }) => (messageId?.startsWith('<notice-') ? [messageId] : []));
it('given two processes killed -9 while they mail notices, then each notice has one mail, or failed as it was handed over; none is lost or doubled', async () => {
  const cohortId = await aCohort(world);
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => aMember(world, cohortId, 'fellow')));
  for (const { client } of people) {
    const { kinds } = (await client.get('/api/me/preferences')).body;
    expect((await client.put('/api/me/preferences', { kinds, quietHours: null })).status).toBe(200);
  }
  const userId = { $in: people.map(({ id }) => new Types.ObjectId(id)) };
  const notices = () =>
    world.db
      .collection('notifications')
      .find({ userId, key: /^told-/ })
      .toArray();
  const mine = leasesOfMine();
  const told = Array.from({ length: NOTICES }, (_, index) =>
    world.app.get(Notifier).notify({
      ...{ userIds: people.map(({ id }) => id), cohortId, kind: 'request.told', why: 'asked', key: `told-${index}` },
      ...{ params: { by: 'Claire', about: `Maps ${index}`, text: 'More' }, link: `/c/${cohortId}/coaching` },
    }),
  );
  await moment(() => mails().length >= ALL / 8);
  await children[0]!.kill();
  await moment(() => mails().length >= ALL / 4);
  await children[1]!.kill();
  await Promise.all(told);
  await eventually(async () => {
    // What the dead hold is left to others when their leases end: here at once. What this process took is known to be its own once its claims are answered.
    const held = await world.db
      .collection('deliveries')
      .find({ of: userId, lease: { $ne: null } })
      .toArray();
    await mine.settled();
    const theirs = held.map(({ lease }) => lease as string).filter((lease) => !mine.leases.has(lease));
    const dueAt = world.clock.now();
    await world.db.collection('deliveries').updateMany({ of: userId, lease: { $in: theirs } }, { $set: { dueAt } });
    await world.app.get(Deliveries).turn();
    const states = (await notices()).map(({ mail }) => mail.state as string);
    expect(states.filter((state) => !['sent', 'failed'].includes(state))).toEqual([]);
    expect(states).toHaveLength(ALL);
  }, CHILD_MS);
  const rows = await notices();
  const sent = rows.filter(({ mail }) => mail.state === 'sent').map(({ _id }) => `<notice-${String(_id)}@cordee.test>`);
  await eventually(() => expect(sent.filter((id) => !mails().includes(id))).toEqual([]));
  expect(new Set(mails()).size).toBe(mails().length);
  for (const { mail } of rows.filter((row) => row.mail.state === 'failed'))
    expect(mail).toMatchObject({ error: 'interrupted' });
  // So few stand in somebody's hands at a time.
  expect(rows.length - sent.length).toBeLessThan(ALL / 2);
});
