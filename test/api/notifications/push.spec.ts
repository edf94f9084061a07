import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { NotificationsRepository } from '../../../src/notifications/inbox/notifications.repository.js';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { counted } from '../../support/rooms/deliveries.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { remindersTo, rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';
import { type PushDevice, type PushService, startPushService } from '../../support/servers/push-service.js';

const PATH = '/api/me/push-subscription';
let world: TestWorld;
let cohort: string;
let service: PushService;
let publicKey = '';

beforeAll(async () => {
  service = await startPushService(() => publicKey);
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  cohort = await aCohort(world);
  const fellow = await aMember(world, cohort, 'fellow');
  publicKey = (await fellow.client.get(PATH)).body.publicKey;
});
afterAll(async () => {
  await world.stop();
  await service.stop();
});

const noticeOf = (people: TestPerson[], notice: Partial<Notice>): Notice => ({
  userIds: people.map(({ id }) => id),
  cohortId: cohort,
  kind: 'topic.replied',
  params: { by: 'Claire', title: 'Old commune codes', excerpt: 'Use the secret register.' },
  link: `/c/${cohort}/forum/1`,
  why: 'watching',
  key: `post-${Math.random()}`,
  ...notice,
});
const notify = (people: TestPerson[], notice: Partial<Notice> = {}) =>
  world.app.get(Notifier).notify(noticeOf(people, notice));
const turn = () => deliver(world);

/** A subscription belongs to a login: a token alone is none. */
async function signIn({ email }: TestPerson) {
  const { body } = await clientOf(world.url).post('/api/auth/login', { email, password: PASSWORD });
  return clientOf(world.url, body.accessToken as string);
}

/** Somebody who switched notices on, on one device. */
async function withDevice(
  look: Parameters<typeof aMember>[3] = {},
): Promise<{ person: TestPerson; device: PushDevice }> {
  const [person, device] = [await aMember(world, cohort, 'fellow', look), service.device()];
  person.client = await signIn(person);
  const put = await person.client.put(PATH, device.subscription);
  expect([put.status, put.body]).toEqual([200, { publicKey, endpoint: device.subscription.endpoint }]);
  return { person, device };
}
const pushed = (device: PushDevice, count = 1) =>
  eventually(() => {
    expect(device.messages).toHaveLength(count);
    return device.messages;
  });

describe('notices on a device', () => {
  it('given a notice on two processes at once, then each of my devices gets it once: title and link, readable for it alone', async () => {
    const { person, device } = await withDevice({ locale: 'fr' });
    const stranger = await withDevice();
    const notice = { key: 'once', params: { by: 'Claire', title: 'Codes', excerpt: 'the secret words' } };
    await Promise.all(world.nodes.map((node) => node.app.get(Notifier).notify(noticeOf([person], notice))));
    const { message, headers, bytes } = (await pushed(device))[0]!;
    const [item] = (await person.client.get('/api/me/inbox')).body.items;
    expect(message).toEqual({ id: item.id, title: item.title, link: item.link, lang: 'fr', unread: [item.id] });
    expect(JSON.stringify(message)).not.toContain('secret words');
    expect(bytes.includes('Codes')).toBe(false);
    expect(headers).toMatchObject({ ttl: '86400', urgency: 'normal', topic: item.id, 'content-encoding': 'aes128gcm' });
    await turn();
    expect(device.asked()).toBe(1);
    expect(stranger.device.asked()).toBe(0);
    await eventually(async () => expect(await counted('topic.replied', 'push', 'sent')).toBe(1));
  });

  it('given a process that is told of the same while another one writes it, then my device gets it once', async () => {
    const { person, device } = await withDevice();
    const [first, second] = world.nodes.map((node) => node.app);
    const repository = first!.get(NotificationsRepository);
    const insert = repository.insertNew.bind(repository);
    jest.spyOn(repository, 'insertNew').mockImplementationOnce(async (rows) => {
      await second!.get(Notifier).notify(noticeOf([person], { key: 'meanwhile' }));
      return await insert(rows);
    });
    await notify([person], { key: 'meanwhile' });
    await pushed(device);
    await turn();
    expect(await world.db.collection('deliveries').countDocuments({ of: new Types.ObjectId(person.id) })).toBe(2); // a mail and a push
    expect(device.asked()).toBe(1);
  });

  it('given a note to myself, then its words stay in the inbox', async () => {
    const { person, device } = await withDevice();
    const params = { excerpt: 'see the doctor', channel: 'none' };
    await notify([person], { kind: 'note.self', key: 'note', why: 'self', cohortId: null, link: '/catch-up', params });
    const { message } = (await pushed(device))[0]!;
    expect(message).toMatchObject({ title: 'It is time for your reminder', link: '/catch-up' });
    expect(JSON.stringify(message)).not.toContain('doctor');
    expect((await person.client.get('/api/me/inbox')).body.items[0].title).toContain('see the doctor');
  });

  it('given somebody without a device, then nothing is set to be pushed; beside them, somebody with one', async () => {
    const [without, { person, device }] = [await aMember(world, cohort, 'fellow'), await withDevice()];
    await notify([without, person], { key: 'no device' });
    await pushed(device);
    const userId = new Types.ObjectId(without.id);
    expect(await world.db.collection('notifications').countDocuments({ key: 'no device', userId })).toBe(1);
    expect(await world.db.collection('deliveries').countDocuments({ of: userId, kind: 'push' })).toBe(0);
  });

  it('given quiet hours, then it waits for their end, unless it was read, taken back or is not wanted any more by then', async () => {
    const [stays, reads, mutes, gone] = await Promise.all([1, 2, 3, 4].map(() => withDevice()));
    const before = world.clock.now();
    world.clock.set('2026-10-13T19:30:00.000Z'); // 21:30 in Paris
    await notify(
      [stays!, reads!, mutes!, gone!].map(({ person }) => person),
      { key: 'evening' },
    );
    const hidden = { userId: new Types.ObjectId(gone!.person.id), key: 'evening' };
    await world.db.collection('notifications').updateOne(hidden, { $set: { shown: false } });
    await notify([stays!.person], {
      ...{ key: 'gone', kind: 'session.cancelled', why: 'participant' },
      params: {
        with: 'Hanna',
        by: 'Hanna',
        startsAt: '2026-10-20T12:00:00.000Z',
        endsAt: '2026-10-20T13:00:00.000Z',
        reason: 'none',
      },
    });
    const [urgent] = await pushed(stays!.device);
    expect([urgent!.headers.urgency, urgent!.message.title]).toEqual(['high', expect.stringContaining('Cancelled')]);
    const { items } = (await reads!.person.client.get('/api/me/inbox')).body;
    await reads!.person.client.post('/api/me/inbox/read', { ids: [items[0].id] });
    const { body: chosen } = await mutes!.person.client.get('/api/me/preferences');
    chosen.kinds.forum.push = false;
    expect((await mutes!.person.client.put('/api/me/preferences', chosen)).body.kinds.forum).toEqual({
      inbox: true,
      mail: true,
      push: false,
    });
    world.clock.set('2026-10-14T05:59:00.000Z');
    await turn();
    expect(stays!.device.messages).toHaveLength(1);
    world.clock.set('2026-10-14T06:00:00.000Z');
    await turn();
    expect((await pushed(stays!.device, 2)).at(-1)!.message.title).toContain('Old commune codes');
    expect([reads, mutes, gone].map((one) => one!.device.asked())).toEqual([0, 0, 0]);
    world.clock.set(before);
  });

  it('given quiet hours and a reminder that cannot wait, then it comes at its time, as the mail does', async () => {
    const { person, device } = await withDevice();
    const before = world.clock.now();
    const early = { startsAt: '2026-10-15T06:30:00.000Z', endsAt: '2026-10-15T07:30:00.000Z' }; // half past eight in Paris
    const { path, id } = await aWorkshop(await aMember(world, cohort, 'staff'), cohort, { link: MEETING, ...early });
    await person.client.put(`${path}/registration`, {});
    await rowsIn(world, id, 'planned', 3);
    world.clock.set('2026-10-15T05:30:00.000Z'); // within the quiet, which ends before it begins
    await tick(world);
    const [urgent] = await eventually(() => {
      const found = device.messages.filter(({ message }) => message.title.endsWith('at 08:30 (Paris)'));
      expect(found).toHaveLength(1);
      return found;
    }).finally(() => world.clock.set(before));
    expect(urgent!.headers.urgency).toBe('high');
    expect(remindersTo(world, person.email)).toHaveLength(1);
  });

  it('given a quiet weekend and a milestone on a Sunday, then it comes with the mail on that day, which it calls today', async () => {
    const { person, device } = await withDevice();
    const before = world.clock.now();
    const staff = await aMember(world, cohort, 'staff');
    const milestone = { title: 'Open day', on: '2026-10-18' };
    const { id } = (await staff.client.post(`/api/cohorts/${cohort}/milestones`, milestone)).body;
    await eventually(async () =>
      expect((await rowsOf(world, id)).some(({ userId }) => String(userId) === person.id)).toBe(true),
    );
    world.clock.set('2026-10-18T07:00:00.000Z'); // 09:00 in Paris
    await tick(world);
    const [said] = await pushed(device).finally(() => world.clock.set(before));
    expect(said!.message.title).toBe('Today: Open day');
    expect(remindersTo(world, person.email).map(({ subject }) => subject)).toEqual(['Today: Open day']);
  });

  it('given the service takes nothing until it is too late for it, then it is not tried any more', async () => {
    const { person, device } = await withDevice();
    const before = world.clock.now();
    device.answer(503);
    await notify([person], { key: 'too late', until: new Date(before.getTime() + MINUTE) });
    const rowOf = () => world.db.collection('deliveries').findOne({ of: new Types.ObjectId(person.id), kind: 'push' });
    await eventually(async () => expect((await rowOf())?.dueAt).toEqual(new Date(before.getTime() + MINUTE)));
    device.answer(201);
    world.clock.advance(MINUTE);
    await turn();
    await eventually(async () => expect(await rowOf()).not.toHaveProperty('dueAt'));
    expect(device.asked()).toBe(1);
    world.clock.set(before);
  });

  it('given somebody left the cohort before it was due, then they get nothing of it', async () => {
    const { person, device } = await withDevice();
    const staff = await aMember(world, cohort, 'staff');
    const before = world.clock.now();
    world.clock.set('2026-10-13T19:30:00.000Z');
    await notify([person]);
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${person.id}`)).status).toBe(204);
    world.clock.set('2026-10-14T06:00:00.000Z');
    await turn();
    expect(device.asked()).toBe(0);
    world.clock.set(before);
  });

  it('given somebody left a cohort and is in another, then what a device shows as unread holds nothing of the one they left', async () => {
    const { person, device } = await withDevice();
    const elsewhere = await aCohort(world);
    await world.app.get(MembershipsRepository).join({
      ...{ cohortId: new Types.ObjectId(elsewhere), userId: new Types.ObjectId(person.id), role: 'fellow' },
      ...{ projectId: null, joinedAt: world.clock.now() },
    });
    const staff = await aMember(world, cohort, 'staff');
    await notify([person], { key: 'of the old one' });
    await pushed(device);
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${person.id}`)).status).toBe(204);
    await notify([person], { key: 'of the new one', cohortId: elsewhere });
    const { message } = (await pushed(device, 2))[1]!;
    const { items } = (await person.client.get('/api/me/inbox')).body;
    expect([items.length, message]).toMatchObject([1, { unread: [items[0].id] }]);
  });

  it.each([404, 410, 403])('given the service says %i, then the device is forgotten', async (status) => {
    const { person, device } = await withDevice();
    device.answer(status);
    await notify([person]);
    await eventually(async () => expect((await person.client.get(PATH)).body.endpoint).toBeNull());
    device.answer(201);
    await notify([person]);
    await turn();
    expect(device.asked()).toBe(1);
  });

  it('given the service is overloaded, then it is tried again, and the other device of mine gets it once', async () => {
    const { person, device } = await withDevice();
    const other = { device: service.device() };
    expect((await (await signIn(person)).put(PATH, other.device.subscription)).status).toBe(200);
    const before = world.clock.now();
    const later = await counted('topic.replied', 'push', 'later');
    device.answer(503);
    await notify([person], { key: 'twice' });
    await eventually(() => expect([device.asked(), other.device.asked()]).toEqual([1, 1]));
    const rowOf = () => world.db.collection('deliveries').findOne({ of: new Types.ObjectId(person.id), kind: 'push' });
    await eventually(async () =>
      expect((await rowOf())?.dueAt).toEqual(new Date(world.clock.now().getTime() + MINUTE)),
    );
    device.answer(201);
    world.clock.advance(MINUTE);
    await turn();
    await pushed(device);
    expect(other.device.messages).toHaveLength(1);
    await eventually(async () => expect(await rowOf()).not.toHaveProperty('dueAt'));
    await eventually(async () => expect(await counted('topic.replied', 'push', 'later')).toBe(later + 1));
    world.clock.set(before);
  });
});

describe('a subscription', () => {
  it('given I sign out, then it ends; given somebody else signs in there, then it is theirs alone', async () => {
    const { person, device } = await withDevice();
    const next = await aMember(world, cohort, 'fellow');
    next.client = await signIn(next);
    expect((await next.client.put(PATH, device.subscription)).status).toBe(200);
    expect((await person.client.get(PATH)).body.endpoint).toBeNull();
    await notify([person, next], { key: 'shared' });
    expect(await pushed(device)).toHaveLength(1);
    const { items } = (await next.client.get('/api/me/inbox')).body;
    expect(device.messages[0]!.message.id).toBe(items[0].id);
    expect((await next.client.post('/api/auth/logout')).status).toBe(204);
    await world.settled();
    expect(await world.db.collection('push-subscriptions').findOne({ userId: new Types.ObjectId(next.id) })).toBeNull();
    await notify([next]);
    await turn();
    expect(device.asked()).toBe(1);
  });

  it('given it is switched off, twice, then nothing comes any more', async () => {
    const { person, device } = await withDevice();
    for (const again of [1, 2]) expect([again, (await person.client.delete(PATH)).status]).toEqual([again, 204]);
    await notify([person]);
    await turn();
    expect([device.asked(), (await person.client.get(PATH)).body.endpoint]).toEqual([0, null]);
  });

  it.each([
    ['an address inside the house', { endpoint: 'http://192.168.1.1/push' }, '/endpoint'],
    ['no address', { endpoint: 'hello' }, '/endpoint'],
    ['another protocol', { endpoint: 'ftp://push.example/x' }, '/endpoint'],
    ['a key that is no point of the curve', { keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } }, '/keys/p256dh'],
    ['a short key', { keys: { p256dh: 'A'.repeat(87), auth: 'A' } }, '/keys/auth'],
  ])('given %s, then 422', async (_, wrong, field) => {
    const fellow = await aMember(world, cohort, 'fellow');
    const { status, body } = await fellow.client.put(PATH, { ...service.device().subscription, ...wrong });
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it('given an address that resolves inside the house, then nothing is asked and it is forgotten', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    fellow.client = await signIn(fellow);
    const { keys } = service.device().subscription;
    expect((await fellow.client.put(PATH, { endpoint: 'https://localhost:9/push', keys })).status).toBe(200);
    await world.db
      .collection('push-subscriptions')
      .updateOne({ userId: new Types.ObjectId(fellow.id) }, { $set: { endpoint: 'https://169.254.169.254/push' } });
    await notify([fellow]);
    await eventually(async () => expect((await fellow.client.get(PATH)).body.endpoint).toBeNull());
  });

  it('given nobody, then 401', async () => {
    const nobody = clientOf(world.url);
    for (const { status } of [
      await nobody.get(PATH),
      await nobody.put(PATH, service.device().subscription),
      await nobody.delete(PATH),
    ])
      expect(status).toBe(401);
  });
});
