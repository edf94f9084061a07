import { Types } from 'mongoose';
import { DeliveryFailed } from '../../../src/infra/mail/delivery-failure.js';
import { Mailer, type OutgoingMail } from '../../../src/infra/mail/mailer.js';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { NoticeLetters } from '../../../src/notifications/letters/notice-letter.js';
import { ReminderAlarms, reminderAlarm } from '../../../src/reminders/reminder-alarms.js';
import { ReminderEngine } from '../../../src/reminders/reminder-engine.js';
import { ReminderSender } from '../../../src/reminders/reminder-sender.js';
import { ReminderLeases } from '../../../src/reminders/reminder-leases.repository.js';
import { Undeliverable } from '../../../src/notifications/undeliverable/undeliverable.js';
import { NOW, type TestNode, type TestWorld, startWorld } from '../../support/app.js';
import { counted } from '../../support/rooms/deliveries.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { nothingInFlight, remindersTo, rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

const DUE = '2026-10-14T08:00:00.000Z';
/** Those of who sends, and of who hands over. */
const AFTER_THE_LEASE = '2026-10-14T08:00:05.001Z';
const AFTER_THE_HAND_OVER = '2026-10-14T08:02:01.000Z';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
/** The node that dies, and the one that goes on. */
let dying: TestNode;
let living: TestNode;
const undo: (() => void)[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [dying, living] = world.nodes as [TestNode, TestNode];
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));
afterEach(() => undo.splice(0).forEach((back) => back()));

/** Replaces a method of one node's service; after the test it is back. */
function replace<T extends object, K extends keyof T>(service: T, name: K, by: T[K]): void {
  service[name] = by;
  undo.push(() => Reflect.deleteProperty(service, name));
}

/** What a killed process does from here on: nothing. (When the test is over, it ends, so that the application can stop.) */
const killed = () => new Promise<never>((_, reject) => undo.push(() => reject(new Error('the process is gone'))));

async function oneReminder(): Promise<{ fellow: TestPerson; id: string; rowId: Types.ObjectId }> {
  const { path, id } = await aWorkshop(staff, cohort, { link: MEETING });
  const fellow = await aMember(world, cohort, 'fellow');
  await fellow.client.put(`${path}/registration`, {});
  const [first] = await rowsIn(world, id, 'planned', 3);
  return { fellow, id, rowId: first!._id };
}

const stateOf = async (id: string) => (await rowsOf(world, id))[0]!.state;

/** The dying node takes the reminder and comes as far as `state`. */
async function dieWith(id: string, rowId: Types.ObjectId, state: string): Promise<void> {
  // The clockwork of the other turns, too: it looks away until the row is in the hands of the one that dies.
  const others = living.app.get(ReminderLeases);
  const take = jest.spyOn(others, 'take').mockResolvedValue(null);
  world.clock.set(DUE);
  dying.app
    .get(ReminderSender)
    .send(rowId)
    .catch(() => undefined);
  await eventually(async () => expect(await stateOf(id)).toBe(state));
  // The dead take nothing more, though the clockwork of this process still turns.
  replace(dying.app.get(ReminderLeases), 'take', () => Promise.resolve(null));
  take.mockRestore();
}

describe('a worker killed between claim and mark', () => {
  it('given it dies after the claim, then another sends it when the lease ends, once', async () => {
    const { fellow, id, rowId } = await oneReminder();
    replace(dying.app.get(ReminderLeases), 'move', killed);
    replace(dying.app.get(ReminderLeases), 'renew', () => Promise.resolve());
    await dieWith(id, rowId, 'sending');

    await living.app.get(ReminderEngine).tick();
    expect(remindersTo(world, fellow.email)).toHaveLength(0);
    world.clock.set(AFTER_THE_LEASE);
    await Promise.all([1, 2, 3].map(() => living.app.get(ReminderEngine).tick()));
    await nothingInFlight(world);
    expect(await stateOf(id)).toBe('sent');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
    const inbox = (await fellow.client.get('/api/me/inbox')).body.items;
    expect(inbox.filter((one: any) => one.kind === 'workshop.reminder')).toHaveLength(1);
  });

  it('given it lives and is slow, then nobody takes it from it, and one mail', async () => {
    const { fellow, id, rowId } = await oneReminder();
    let goOn: () => void = () => undefined;
    const leases = dying.app.get(ReminderLeases);
    const move = leases.move.bind(leases);
    replace(leases, 'move', async (...step) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      return await move(...step);
    });
    await dieWith(id, rowId, 'sending');
    for (const second of [4, 8, 12]) {
      world.clock.set(new Date(Date.parse(DUE) + second * 1000));
      await leases.renew();
      await living.app.get(ReminderEngine).tick();
    }
    expect(remindersTo(world, fellow.email)).toHaveLength(0);
    undo.splice(0).forEach((back) => back());
    goOn();
    await eventually(async () => expect(await stateOf(id)).toBe('sent'));
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given it cannot be written for a moment, then it is tried again ten seconds later, and sent once', async () => {
    const { fellow, id, rowId } = await oneReminder();
    replace(dying.app.get(NoticeLetters), 'write', () => Promise.reject(new Error('a moment')));
    await dieWith(id, rowId, 'sending');
    await eventually(async () =>
      expect((await rowsOf(world, id))[0]!.wakeAt).toEqual(new Date(Date.parse(DUE) + 10_000)),
    );
    world.clock.set(new Date(Date.parse(DUE) + 10_000));
    await living.app.get(ReminderEngine).tick();
    await nothingInFlight(world);
    expect(await stateOf(id)).toBe('sent');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given it dies while it hands over, before the server has the mail, then the row says failed, staff see it, and no mail', async () => {
    const { fellow, id, rowId } = await oneReminder();
    replace(dying.app.get(Mailer), 'send', killed);
    await dieWith(id, rowId, 'handing');

    world.clock.set(AFTER_THE_HAND_OVER);
    await living.app.get(ReminderEngine).tick();
    await living.app.get(ReminderEngine).tick();
    expect(await stateOf(id)).toBe('failed');
    expect(remindersTo(world, fellow.email)).toHaveLength(0);
    const failed = (await staff.client.get(`/api/cohorts/${cohort}/reminders?state=failed`)).body.items;
    expect(failed.map((one: any) => [one.userId, one.because])).toContainEqual([fellow.id, 'interrupted']);
  });

  it('given it dies after the server took the mail, then that one mail and a row that says failed, never a second mail', async () => {
    const { fellow, id, rowId } = await oneReminder();
    const mailer = dying.app.get(Mailer);
    const send = mailer.send.bind(mailer);
    replace(mailer, 'send', async (mail: OutgoingMail) => {
      await send(mail);
      return await killed();
    });
    await dieWith(id, rowId, 'handing');
    await eventually(() => expect(remindersTo(world, fellow.email)).toHaveLength(1));

    world.clock.set(AFTER_THE_HAND_OVER);
    await living.app.get(ReminderEngine).tick();
    await living.app.get(ReminderEngine).tick();
    expect(await stateOf(id)).toBe('failed');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given two workers take the same reminder twenty times at once, then one mail', async () => {
    const { fellow, id, rowId } = await oneReminder();
    world.clock.set(DUE);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => world.nodes[index % 2]!.app.get(ReminderSender).send(rowId)),
    );
    await nothingInFlight(world);
    expect(await stateOf(id)).toBe('sent');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });
});

describe('a mail server that does not take it', () => {
  it('given it takes the mail and goes before it says so, then that one mail and a row that says failed', async () => {
    const { fellow, id } = await oneReminder();
    world.clock.set(DUE);
    world.mail.cutAfter(fellow.email);
    await tick(world);
    expect((await rowsOf(world, id))[0]).toMatchObject({ state: 'failed', because: 'unknown' });
    world.clock.advance(10 * 60_000);
    await tick(world);
    await tick(world);
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given it takes the mail and says nothing more, then that one mail and a row that says failed', async () => {
    const { fellow, id } = await oneReminder();
    world.clock.set(DUE);
    world.mail.stallAfter(fellow.email);
    await tick(world);
    expect((await rowsOf(world, id))[0]).toMatchObject({ state: 'failed', because: 'unknown' });
    world.clock.advance(10 * 60_000);
    await tick(world);
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given an address that takes no mail, then it comes in the app only, and its row says so', async () => {
    const { fellow, id } = await oneReminder();
    const reader = { _id: new Types.ObjectId(fellow.id), email: fellow.email };
    await world.app.get(Undeliverable).stop(reader, '5.1.1');
    const figures = async () =>
      await Promise.all(
        (['inbox sent', 'mail dropped', 'mail sent'] as const).map(async (figure) => {
          const [channel, outcome] = figure.split(' ') as [string, string];
          return await counted((await rowsOf(world, id))[0]!.kind, channel, outcome);
        }),
      );
    const before = await figures();
    world.clock.set(DUE);
    await tick(world);
    expect((await rowsOf(world, id))[0]).toMatchObject({ state: 'sent', because: 'undeliverable' });
    expect((await figures()).map((figure, index) => figure - before[index]!)).toEqual([1, 1, 0]);
    expect(remindersTo(world, fellow.email)).toHaveLength(0);
  });

  it('given it is away, then tried again, and sent once when it is back', async () => {
    const { fellow, id } = await oneReminder();
    for (const node of world.nodes) {
      replace(node.app.get(Mailer), 'send', () =>
        Promise.reject(new DeliveryFailed(false, Object.assign(new Error('no route'), { code: 'ESOCKET' }))),
      );
    }
    world.clock.set(DUE);
    await tick(world);
    await eventually(async () => expect((await rowsOf(world, id))[0]).toMatchObject({ state: 'planned', attempts: 1 }));
    undo.splice(0).forEach((back) => back());
    await tick(world);
    expect(remindersTo(world, fellow.email)).toHaveLength(0);
    world.clock.advance(61_000);
    await tick(world);
    expect(await stateOf(id)).toBe('sent');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given it says no for good, then failed at once', async () => {
    const { id } = await oneReminder();
    for (const node of world.nodes) {
      replace(node.app.get(Mailer), 'send', () =>
        Promise.reject(new DeliveryFailed(false, Object.assign(new Error('unknown'), { responseCode: 550 }))),
      );
    }
    world.clock.set(DUE);
    await tick(world);
    expect((await rowsOf(world, id))[0]).toMatchObject({ state: 'failed', because: 'refused' });
  });
});

describe('Redis flushed', () => {
  it('given all alarms are gone, then the next reminders are armed again and go out once', async () => {
    const { fellow, id } = await oneReminder();
    await tick(world);
    expect((await rowsOf(world, id)).map((row) => row.armed)).toEqual([true, true, true]);
    const redis = world.app.get<{ keys: (p: string) => Promise<string[]>; del: (...k: string[]) => Promise<number> }>(
      REDIS,
    );
    await redis.del(...(await redis.keys(`${world.config.REDIS_PREFIX}*`)));

    // Close to its time an alarm is set again, and rings by itself.
    world.clock.set('2026-10-14T07:59:58.500Z');
    await Promise.all(world.nodes.map((node) => node.app.get(ReminderAlarms).arm()));
    const [again] = await rowsOf(world, id);
    expect(again!.armed).toBe(true);
    expect(await world.app.get(JobQueues).queue(reminderAlarm).getDelayedCount()).toBeGreaterThan(0);
    world.clock.set(DUE);
    await eventually(() => expect(remindersTo(world, fellow.email)).toHaveLength(1));
    await tick(world);
    await tick(world);
    expect((await rowsOf(world, id)).map((row) => row.state)).toEqual(['sent', 'planned', 'planned']);
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });

  it('given they are flushed and nobody arms them in time, then the clockwork still sends what is due, once', async () => {
    const { fellow, id } = await oneReminder();
    const redis = world.app.get<{ keys: (p: string) => Promise<string[]>; del: (...k: string[]) => Promise<number> }>(
      REDIS,
    );
    await redis.del(...(await redis.keys(`${world.config.REDIS_PREFIX}*`)));
    world.clock.set(DUE);
    await tick(world);
    await tick(world);
    expect(await stateOf(id)).toBe('sent');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });
});
