import { Types } from 'mongoose';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import { newId } from '../../../src/infra/mongo/ids.js';
import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { Digests } from '../../../src/notifications/digests/digests.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { type Kept, NotificationsRepository } from '../../../src/notifications/inbox/notifications.repository.js';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestNode, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

const DIGEST = '2026-10-14T06:30:00.000Z'; // 08:30 in Paris
const JUST_BEFORE = '2026-10-14T06:29:59.900Z';
const NEXT = '2026-10-15T06:30:00.000Z';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;
/** The processes of the two who meet. */
let one: TestNode;
let other: TestNode;
const undo: (() => void)[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [one, other] = world.nodes as [TestNode, TestNode];
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  fellow = await aMember(world, cohort, 'fellow');
});
afterEach(() => undo.splice(0).forEach((back) => back()));

/** Does something before a step of a service whose arguments fit, once. */
function before<T extends object, K extends keyof T>(
  service: T,
  name: K,
  fits: (...args: any[]) => boolean,
  does: () => Promise<void>,
): void {
  const step = (service[name] as (...args: any[]) => Promise<unknown>).bind(service);
  let isDone = false;
  service[name] = (async (...args: any[]) => {
    if (!isDone && fits(...args)) {
      isDone = true;
      await does();
    }
    return await step(...args);
  }) as T[K];
  undo.push(() => Reflect.deleteProperty(service, name));
}

async function choose(person: TestPerson, change: Record<string, unknown>, node = one): Promise<void> {
  const client = clientOf(node.url, person.token);
  const { kinds } = (await client.get('/api/me/preferences')).body;
  expect((await client.put('/api/me/preferences', { kinds, quietHours: null, ...change })).status).toBe(200);
}

const tell = async (about: string, notice: Partial<Notice> = {}) =>
  await one.app.get(Notifier).notify({
    ...{ userIds: [fellow.id], cohortId: cohort, kind: 'request.told', why: 'asked' },
    params: { by: 'Claire', about, text: 'More' },
    link: `/c/${cohort}/coaching`,
    key: `n-${newId().toHexString()}`,
    ...notice,
  });
const notices = () => world.db.collection<NotificationRow>('notifications');
const about = async (title: string) =>
  (await notices().findOne({ userId: new Types.ObjectId(fellow.id), 'params.about': title } as object))!;
const planned = async () =>
  (
    await world.db
      .collection('deliveries')
      .find({ of: new Types.ObjectId(fellow.id), kind: 'digest', state: 'waiting' })
      .toArray()
  ).map(({ about }) => (about.dueAt as Date).toISOString());
const mails = () =>
  world.mail.mails.filter(
    (mail) => mail.messageId?.startsWith('<digest-') && JSON.stringify(mail.to).includes(fellow.email),
  );
const sweep = async (node = one) => await node.app.get(Deliveries).turn();

describe('a mail that is kept back for a digest while one is being sent', () => {
  it('given it is older than all that this one names, then it comes with the next', async () => {
    world.clock.set('2026-10-13T20:00:00.000Z');
    await tell('the older', { mail: false });
    world.clock.set('2026-10-13T21:00:00.000Z');
    await tell('the newer', { mail: 'digest' });
    world.clock.set(DIGEST);
    // As a process does that finds the mails of the day used up.
    const keepBack = async () => {
      world.clock.advance(20_000);
      await notices().updateOne(
        { _id: (await about('the older'))._id },
        { $set: { 'mail.state': 'digest', 'mail.rule': 'budget', 'mail.dueAt': world.clock.now() } },
      );
      await other.app.get(Digests).follow(fellow.id);
    };
    for (const node of world.nodes) before(node.app.get(Mailer), 'inTurn', () => true, keepBack);
    await sweep();
    await eventually(() => expect(mails()).toHaveLength(1));
    expect(mails()[0]!.text).toContain('the newer');
    expect((await about('the newer')).mail.state).toBe('digested');
    expect((await about('the older')).mail.state).toBe('digest');
    world.clock.set(NEXT);
    await sweep();
    await eventually(() => expect(mails()).toHaveLength(2));
    expect(mails()[1]!.text).toContain('the older');
    expect(mails()[1]!.text).not.toContain('the newer');
  });

  it('given more wait than one can name, then what waited before goes with it, what was put there since does not', async () => {
    const notifications = one.app.get(NotificationsRepository);
    const at = (minute: number) => new Date(Date.parse('2026-10-13T21:00:00.000Z') + minute * 60_000);
    for (const minute of [1, 2, 3, 4]) {
      world.clock.set(at(minute));
      await tell(`of minute ${minute}`, { mail: 'digest' });
    }
    world.clock.set(at(0));
    await tell('the oldest', { mail: false });
    const [userId, digest] = [new Types.ObjectId(fellow.id), newId()];
    const kept: Kept = { rows: await notifications.keptFor(userId, digest, 2), isFull: true, askedAt: at(10) };
    await notices().updateOne(
      { _id: (await about('the oldest'))._id },
      { $set: { 'mail.state': 'digest', 'mail.dueAt': at(11) } },
    );
    await notifications.setDigested(userId, digest, kept, at(12));
    const states = [];
    for (const title of ['the oldest', 'of minute 1', 'of minute 2', 'of minute 3', 'of minute 4'])
      states.push((await about(title)).mail.state);
    expect(states).toEqual(['digest', 'digested', 'digested', 'digested', 'digested']);
  });
});

describe('two who choose another hour of their digests at once', () => {
  it('given each drops what the other planned, then the one of the choice that stays is planned', async () => {
    const daily = { every: 'day', weekday: 1, kinds: ['forum', 'chat'], without: [] };
    let met = 0;
    for (const node of world.nodes) {
      const mine = (_: object, userId: Types.ObjectId) => String(userId) === fellow.id;
      before(node.app.get(Deliveries), 'callOff', mine, async () => {
        met += 1;
        await eventually(() => expect(met).toBe(2));
      });
    }
    await Promise.all([
      choose(fellow, { digest: { ...daily, at: '08:00' } }, one),
      choose(fellow, { digest: { ...daily, at: '09:00' } }, other),
    ]);
    const { digest } = (await fellow.client.get('/api/me/preferences')).body;
    expect(await planned()).toContain(digest.at === '08:00' ? '2026-10-14T06:00:00.000Z' : '2026-10-14T07:00:00.000Z');
  });
});

describe('what is kept back as the hour of the digest comes', () => {
  /** The digest of now leaves, on the other process. */
  const leave = async () => {
    world.clock.set(DIGEST);
    await sweep(other);
    expect(await planned()).toEqual([]);
  };

  it('given the digest leaves before the notice is written, then another one is planned, which brings it', async () => {
    await choose(fellow, {});
    world.clock.set(JUST_BEFORE);
    const mine = ([row]: NotificationRow[]) => String(row?.userId) === fellow.id;
    before(one.app.get(NotificationsRepository), 'insertNew', mine, leave);
    await tell('late', { mail: 'digest' });
    expect(await planned()).toEqual([NEXT]);
    world.clock.set(NEXT);
    await sweep();
    await eventually(() => expect(mails()).toHaveLength(1));
    expect(mails()[0]!.text).toContain('late');
  });

  it('given it leaves before a mail beyond the budget of the day is put there, then another one is planned', async () => {
    await choose(fellow, { mailsPerDay: 1 });
    world.clock.set(JUST_BEFORE);
    for (const node of world.nodes) {
      const isKept = (...[, , change]: Parameters<NotificationsRepository['moveMail']>) => change.state === 'digest';
      before(node.app.get(NotificationsRepository), 'moveMail', isKept, leave);
    }
    await tell('first');
    await eventually(async () => expect((await about('first')).mail.state).toBe('sent'));
    await tell('second');
    await eventually(async () => expect((await about('second')).mail.state).toBe('digest'));
    await eventually(async () => expect(await planned()).toEqual([NEXT]));
  });
});
