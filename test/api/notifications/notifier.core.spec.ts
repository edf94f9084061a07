import { Types } from 'mongoose';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { WatchedChannelNotices } from '../../../src/notifications/notices/watched-channel.notices.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { clientOf, connect } from '../../support/client.js';
import { counted } from '../../support/rooms/deliveries.js';
import { deliver, handedOver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { tick } from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';
import { aNotice, choosePreferences, mailsOf } from '../../support/rooms/notices.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const noticeTo = (person: TestPerson, notice: Partial<Notice> = {}) => aNotice(cohort, person, notice);
const tellOn = async (node: number, notice: Notice) => await world.nodes[node % 2]!.app.get(Notifier).notify(notice);
const inboxOf = async (person: TestPerson) => (await person.client.get('/api/me/inbox?limit=200')).body.items as any[];
const rowsOf = async (person: TestPerson) =>
  await world.db
    .collection<NotificationRow>('notifications')
    .find({ userId: new Types.ObjectId(person.id), shown: true })
    .toArray();
const sweep = () => deliver(world);
const digests = () => deliver(world);
const choose = choosePreferences;
const mailsTo = (person: TestPerson, prefix: string) => mailsOf(world, person, prefix);

/** Looks at a watched channel now, on both processes, as it is done some seconds after a message. */
const looked = async (room: string) =>
  await Promise.all(world.nodes.map((node) => node.app.get(WatchedChannelNotices).tell(room)));

const DAILY = { every: 'day', at: '08:30', weekday: 1, kinds: ['forum', 'chat'], without: [] };
const NEXT_DIGEST = '2026-10-14T06:30:00.000Z'; // 08:30 in Paris

describe('several reasons in one act', () => {
  const reasons = [
    { kind: 'topic.replied', why: 'watching' },
    { kind: 'action.reminder', why: 'owner' },
    { kind: 'forum.mentioned', why: 'mentioned' },
  ] as const;
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ];

  it.each(orders)(
    'given a mention, watching and an assignment in the order %i %i %i, then one notice, which says mention',
    async (...order) => {
      const fellow = await aMember(world, cohort, 'fellow');
      const live = await connect(world.nodes[1]!.url, fellow.token);
      const params = {
        by: 'Claire',
        title: 'Codes',
        excerpt: 'x',
        about: 'x',
        on: '2026-10-20',
        with: 'C',
        rung: 'd0',
      };
      for (const [node, index] of order.entries()) {
        await tellOn(node, noticeTo(fellow, { ...reasons[index]!, params, key: 'one-act' }));
      }
      const items = await inboxOf(fellow);
      expect(items).toMatchObject([{ kind: 'forum.mentioned', why: 'mentioned' }]);
      const heard = () => live.events.filter((one) => one.event === 'notification.created');
      await eventually(() => expect(heard().at(-1)?.payload).toEqual(items[0]));
      expect(new Set(heard().map((one) => one.payload.id)).size).toBe(1);
      live.close();
    },
  );

  it('given all of them on two processes at once, then one notice, which says mention, and one mail', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const params = { by: 'Claire', title: 'Codes', excerpt: 'x', about: 'x', on: '2026-10-20', with: 'C', rung: 'd0' };
    await Promise.all(
      [0, 1, 0, 1].flatMap((node) =>
        reasons.map((reason) => tellOn(node, noticeTo(fellow, { ...reason, params, key: 'one-act' }))),
      ),
    );
    expect(await inboxOf(fellow)).toMatchObject([{ kind: 'forum.mentioned', why: 'mentioned' }]);
    await Promise.all([sweep(), sweep()]);
    await eventually(() => expect(mailsTo(fellow, 'notice-')).toHaveLength(1));
  });

  it('given a reply in a topic that is mine, that I watch and that names me, then one notice, which says mention, and one mail', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const topics = `/api/cohorts/${cohort}/topics`;
    const topic = await fellow.client.post(topics, { title: 'Old codes?', body: 'Where?', tags: [] });
    for (const person of [fellow, other]) {
      const level = { level: 'watching' };
      expect((await person.client.put(`${topics}/${topic.body.id}/subscription`, level)).status).toBeLessThan(300);
    }
    await staff.client.post(`${topics}/${topic.body.id}/posts`, { body: `In the register, <@${fellow.id}>.` });
    await eventually(async () =>
      expect(await inboxOf(other)).toMatchObject([{ kind: 'topic.replied', why: 'watching' }]),
    );
    await eventually(async () => expect(await inboxOf(fellow)).not.toEqual([]));
    await world.settled();
    expect(await inboxOf(fellow)).toMatchObject([{ kind: 'forum.mentioned', why: 'mentioned' }]);
    await Promise.all([sweep(), sweep()]);
    for (const person of [fellow, other]) await eventually(() => expect(mailsTo(person, 'notice-')).toHaveLength(1));
  });
});

describe('a watched channel', () => {
  it('given a message that names its watcher and @channel, then one notice, which says mention', async () => {
    const [writer, watcher] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const room = await aPrivateChannel(writer, cohort, [watcher]);
    await watcher.client.put(`/api/channels/${room}/watched`, { watched: true });
    await say(writer, room, `@channel ask <@${watcher.id}>`);
    await eventually(async () => expect(await inboxOf(watcher)).toHaveLength(2));
    await looked(room);
    expect((await inboxOf(watcher)).map(({ kind, why }) => `${kind} ${why}`).sort()).toEqual([
      'channel.added member',
      'chat.mentioned mentioned',
    ]);
  });
});

describe('whoever is out of a cohort', () => {
  it('given taken out at 08:59, then nothing of it at 09:00: no reminder, no mail that waited, no new notice, no digest', async () => {
    world.clock.set('2026-10-13T18:30:00.000Z'); // in the evening: mails wait for the morning
    const fellow = await aMember(world, cohort, 'fellow');
    const twin = await aMember(world, cohort, 'fellow');
    for (const person of [fellow, twin]) await choose(person, { digest: DAILY });
    const { path } = await aWorkshop(staff, cohort, {
      startsAt: '2026-10-15T07:00:00.000Z',
      endsAt: '2026-10-15T09:00:00.000Z',
    });
    for (const person of [fellow, twin]) {
      expect((await person.client.put(`${path}/registration`, {})).status).toBeLessThan(300);
      await tellOn(0, noticeTo(person));
      await tellOn(
        1,
        noticeTo(person, { kind: 'topic.replied', why: 'watching', params: { by: 'C', title: 'T', excerpt: '' } }),
      );
    }
    await world.settled();
    // The confirmation of the workshop.
    for (const person of [fellow, twin]) await eventually(() => expect(mailsTo(person, 'notice-')).toHaveLength(1));
    await handedOver(world, 'notice');
    const [before, twinBefore] = [(await rowsOf(fellow)).length, (await rowsOf(twin)).length];
    world.clock.set('2026-10-14T05:59:00.000Z');
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${fellow.id}`)).status).toBe(204);
    world.mail.mails.splice(0);
    world.clock.set('2026-10-14T07:00:01.000Z');
    await tick(world);
    await digests();
    for (const person of [fellow, twin]) await tellOn(0, noticeTo(person));
    await eventually(() => expect(mailsTo(twin, 'digest-')).toHaveLength(1));
    await eventually(() => expect(mailsTo(twin, 'notice-').length).toBeGreaterThan(0));
    await eventually(() => expect(mailsTo(twin, 'reminder-')).toHaveLength(1));
    expect(world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(fellow.email))).toEqual([]);
    expect(await rowsOf(fellow)).toHaveLength(before);
    expect(await inboxOf(fellow)).toEqual([]); // what was told in a cohort is for its members
    expect((await rowsOf(twin)).length).toBeGreaterThan(twinBefore);
    const states = (await rowsOf(fellow)).filter(({ kind }) => kind === 'request.told').map(({ mail }) => mail);
    expect(states).toMatchObject([{ state: 'skipped', rule: 'gone' }]);
  });
});

describe('what was read elsewhere', () => {
  it('given a topic that was opened, then its notices are read on all devices, and no mail leaves', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    world.clock.set('2026-10-13T18:30:00.000Z');
    const topic = await staff.client.post(`/api/cohorts/${cohort}/topics`, {
      title: 'Old codes?',
      body: 'Where?',
      tags: [],
    });
    for (const person of [fellow, other]) {
      await person.client.put(`/api/cohorts/${cohort}/topics/${topic.body.id}/subscription`, { level: 'watching' });
    }
    await staff.client.post(`/api/cohorts/${cohort}/topics/${topic.body.id}/posts`, { body: 'In the register.' });
    await eventually(async () => expect(await inboxOf(fellow)).toHaveLength(1));
    await eventually(async () => expect(await inboxOf(other)).toHaveLength(1));
    const live = await connect(world.nodes[1]!.url, fellow.token);
    const path = `/api/cohorts/${cohort}/topics/${topic.body.id}/read`;
    expect((await fellow.client.put(path, { number: 2 })).status).toBe(200);
    const [notice] = await eventually(async () => {
      const notices = await inboxOf(fellow);
      expect(notices[0].readAt).not.toBeNull();
      return notices;
    });
    await eventually(() =>
      expect(live.events.find((one) => one.event === 'notification.read')?.payload).toMatchObject({ ids: [notice.id] }),
    );
    live.close();
    expect((await inboxOf(other))[0].readAt).toBeNull();
    world.clock.set('2026-10-14T06:00:00.000Z');
    await sweep();
    await eventually(() => expect(mailsTo(other, 'notice-')).toHaveLength(1));
    expect(mailsTo(fellow, 'notice-')).toEqual([]);
    expect((await rowsOf(fellow))[0]?.mail).toMatchObject({ state: 'skipped', rule: 'read' });
  });
});

describe('the mails of a day', () => {
  it('given two a day and five notices on two processes, then two mails, and the rest once with the next morning', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await choose(fellow, { mailsPerDay: 2 });
    const figures = () =>
      Promise.all([
        counted('request.told', 'mail', 'sent'),
        counted('request.told', 'mail', 'digest'),
        counted('digest', 'mail', 'sent'),
      ]);
    const before = await figures();
    await Promise.all([0, 1, 0, 1, 0].map((node) => tellOn(node, noticeTo(fellow))));
    await tellOn(
      0,
      noticeTo(fellow, {
        kind: 'session.booked',
        why: 'participant',
        params: {
          with: 'H',
          by: 'H',
          startsAt: '2026-10-20T12:00:00.000Z',
          endsAt: '2026-10-20T13:00:00.000Z',
          mine: 'true',
        },
      }),
    );
    await Promise.all([sweep(), sweep()]);
    await eventually(async () =>
      expect((await rowsOf(fellow)).map(({ mail }) => `${mail.state} ${mail.rule ?? ''}`.trim()).sort()).toEqual([
        'digest budget',
        'digest budget',
        'digest budget',
        'sent',
        'sent',
        'sent',
      ]),
    );
    expect(mailsTo(fellow, 'notice-')).toHaveLength(3);
    world.clock.set(NEXT_DIGEST);
    await Promise.all([digests(), digests()]);
    await eventually(() => expect(mailsTo(fellow, 'digest-')).toHaveLength(1));
    const [mail] = mailsTo(fellow, 'digest-');
    expect(mail!.subject).toBe('Your day in Cordée · Claire answered your question: Maps');
    expect(mail!.text!.match(/Claire answered your question: Maps/g)).toHaveLength(3);
    expect(mail!.text).toContain('you had reached your number of emails for a day');
    expect((await fellow.client.get('/api/me/sent')).body.digests).toBe(1);
    await eventually(async () =>
      expect((await figures()).map((figure, index) => figure - before[index]!)).toEqual([2, 3, 1]),
    );
    world.clock.set('2026-10-15T06:30:00.000Z');
    await digests();
    expect(mailsTo(fellow, 'digest-')).toHaveLength(1);
  });
});

describe('a digest', () => {
  const postIn = async (title: string) => {
    const topics = `/api/cohorts/${cohort}/topics`;
    const topic = await staff.client.post(topics, { title, body: 'Where?', tags: [] });
    return { id: topic.body.id as string, path: `${topics}/${topic.body.id}` };
  };

  it('given chosen, then what is no hurry comes with it, once, at the hour of my zone; what was deleted does not', async () => {
    const fellow = await aMember(world, cohort, 'fellow', { timeZone: 'America/Cayenne', locale: 'fr' });
    await choose(fellow, { digest: DAILY });
    const posts: string[] = [];
    for (const title of ['Old codes?', 'To be deleted?']) {
      const { path } = await postIn(title);
      await fellow.client.put(`${path}/subscription`, { level: 'watching' });
      const posted = await staff.client.post(`${path}/posts`, { body: 'In the register.' });
      expect(posted.status).toBe(201);
      posts.push(posted.body.id as string);
    }
    const room = await aPrivateChannel(staff, cohort, [fellow]);
    const [secret, said] = [
      await say(staff, room, `<@${fellow.id}> a secret that goes`),
      await say(staff, room, `<@${fellow.id}> what stays`),
    ];
    // Two replies, two mentions, and that somebody added them to the channel.
    await eventually(async () => expect(await inboxOf(fellow)).toHaveLength(5));
    expect((await staff.client.delete(`/api/cohorts/${cohort}/posts/${posts[1]}`)).status).toBe(204);
    await staff.client.delete(`/api/channels/${room}/messages/${secret.id}`);
    await world.settled();
    expect(said.id).toBeDefined();
    expect(mailsTo(fellow, 'notice-')).toEqual([]);

    world.clock.set('2026-10-13T11:29:59.000Z');
    await digests();
    expect(mailsTo(fellow, 'digest-')).toEqual([]);
    world.clock.set('2026-10-13T11:30:00.000Z'); // 08:30 in Cayenne
    await Promise.all([digests(), digests()]);
    await eventually(() => expect(mailsTo(fellow, 'digest-')).toHaveLength(1));
    const [mail] = mailsTo(fellow, 'digest-');
    expect(mail!.subject).toContain('Votre journée dans Cordée');
    expect(mail!.text).toContain('Old codes?');
    expect(mail!.text).toContain('what stays');
    expect(mail!.text).not.toContain('To be deleted?');
    expect(mail!.text).not.toContain('secret');
    expect(mail!.html).toContain('lang="fr"');
    expect((mail!.headers.get('list') as any).unsubscribe.url).toContain('/api/unsubscribe/');
    await sweep();
    expect(mailsTo(fellow, 'notice-')).toEqual([]);
  });

  it('given the link at an item, then GET changes nothing, and POST without a login mutes that topic for its person alone', async () => {
    const [fellow, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const topic = await postIn('Which licence?');
    for (const person of [fellow, other]) {
      await choose(person, { digest: DAILY });
      await person.client.put(`${topic.path}/subscription`, { level: 'watching' });
    }
    await staff.client.post(`${topic.path}/posts`, { body: 'EUPL.' });
    await eventually(async () => expect(await inboxOf(other)).toHaveLength(1));
    await eventually(async () => expect(await inboxOf(fellow)).toHaveLength(1));
    world.clock.set(NEXT_DIGEST);
    await digests();
    await eventually(() => expect(mailsTo(fellow, 'digest-')).toHaveLength(1));
    const html = String(mailsTo(fellow, 'digest-')[0]!.html);
    const stop = /href="([^"]+)"[^>]*>Mute this topic</.exec(html)![1]!;
    const path = new URL(stop).pathname;
    const levels = async () =>
      await Promise.all([fellow, other].map(async ({ client }) => (await client.get(topic.path)).body.subscription));
    const page = await clientOf(world.url).get(path);
    expect([page.status, page.text.includes('Which licence?')]).toEqual([200, true]);
    expect(await levels()).toEqual(['watching', 'watching']);
    for (let again = 0; again < 2; again += 1) {
      expect(
        (await fetch(new URL(path, world.url), { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status,
      ).toBe(200);
    }
    expect(await levels()).toEqual(['muted', 'watching']);
    // Who is out of the cohort learns nothing of the topic by the link they have.
    await staff.client.delete(`/api/cohorts/${cohort}/members/${fellow.id}`);
    expect((await clientOf(world.url).get(path)).status).toBe(404);
  });
});
