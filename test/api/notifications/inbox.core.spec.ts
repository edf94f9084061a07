import { Types } from 'mongoose';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { Notifier, type Notice } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { personLink } from '../../support/rooms/person-links.js';

let world: TestWorld;
let cohort: string;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

const notify = (people: TestPerson[], notice: Partial<Notice> = {}) =>
  world.app.get(Notifier).notify({
    userIds: people.map((person) => person.id),
    cohortId: cohort,
    kind: 'topic.replied',
    params: { by: 'Claire', title: 'Old commune codes', excerpt: 'Use the register.' },
    link: `/c/${cohort}/forum/1`,
    why: 'watching',
    key: `post-${Math.random()}`,
    ...notice,
  });

describe('the inbox', () => {
  it('given one thing told twice on two processes at once, then one notice, live and in the list', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const live = await connect(world.nodes[1]!.url, fellow.token);
    const notice: Notice = {
      userIds: [fellow.id],
      cohortId: cohort,
      kind: 'forum.mentioned',
      params: { by: 'Claire', title: 'Old commune codes', excerpt: 'See the register' },
      link: '/c/x',
      why: 'mentioned',
      key: 'post-1',
    };
    await Promise.all(world.nodes.flatMap((node) => [1, 2, 3].map(() => node.app.get(Notifier).notify(notice))));
    const { body } = await fellow.client.get('/api/me/inbox');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      kind: 'forum.mentioned',
      title: 'Claire mentioned you in “Old commune codes”',
      why: 'mentioned',
      readAt: null,
    });
    expect(body.unread).toBe(1);
    await eventually(() => expect(live.events.filter((one) => one.event === 'notification.created')).toHaveLength(1));
    expect(live.events.find((one) => one.event === 'notification.created')?.payload).toEqual(body.items[0]);
    live.close();
  });

  it('given a cohort one was excluded from, then its notices are neither listed nor counted, until one is back; alumni keep theirs', async () => {
    const other = await aCohort(world);
    const staff = await aMember(world, cohort, 'staff');
    const [fellow, mate] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    await join(world, other, fellow.id, 'alumni');
    const titles = ['Confidence', 'Elsewhere', 'Nowhere'];
    for (const [index, cohortId] of [cohort, other, null].entries())
      await notify([fellow, mate], { cohortId, params: { by: 'Claire', title: titles[index]!, excerpt: '' } });
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${fellow.id}`)).status).toBe(204);
    const inbox = async (person: TestPerson, query = '') => {
      const { items, unread } = (await person.client.get(`/api/me/inbox${query}`)).body;
      const shown = items.map((one: { title: string }) => titles.find((title) => one.title.includes(title)));
      return { shown: shown.sort(), unread };
    };
    const left = { shown: ['Elsewhere', 'Nowhere'], unread: 2 };
    expect(await inbox(fellow)).toEqual(left);
    expect(await inbox(fellow, '?unread=true')).toEqual(left);
    expect(await inbox(mate)).toEqual({ shown: ['Confidence', 'Nowhere'], unread: 2 });
    await join(world, cohort, fellow.id, 'fellow');
    expect(await inbox(fellow)).toEqual({ shown: titles, unread: 3 });
  });

  it('given notices of one thing and of none, then each says what it is about', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const id = String(new Types.ObjectId());
    await notify([fellow], { link: `/c/${cohort}/forum/${id}#post-2` });
    await notify([fellow], { kind: 'topic.answered', why: 'author', link: `/c/${cohort}/forum/${id}#post-5` });
    await notify([fellow], { link: `/c/${cohort}/week` });
    const { items } = (await fellow.client.get('/api/me/inbox')).body;
    expect(items.map(({ subject }: { subject: string | null }) => subject)).toEqual([
      null,
      `forum-${id}`,
      `forum-${id}`,
    ]);
  });

  it('given notices, then they come in pages, newest first, and are read one by one or all', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const other = await aMember(world, cohort, 'fellow');
    for (let index = 0; index < 5; index += 1) {
      world.clock.advance(1000);
      await notify([fellow, other], { key: `page-${index}`, params: { by: `P${index}`, title: 'T', excerpt: '' } });
    }
    const first = (await fellow.client.get('/api/me/inbox?limit=2')).body;
    const devices = await Promise.all(world.nodes.map((node) => connect(node.url, fellow.token)));
    const second = (await fellow.client.get(`/api/me/inbox?limit=2&cursor=${first.nextCursor}`)).body;
    const third = (await fellow.client.get(`/api/me/inbox?limit=2&cursor=${second.nextCursor}`)).body;
    expect([...first.items, ...second.items, ...third.items].map((one: any) => one.params.by)).toEqual([
      'P4',
      'P3',
      'P2',
      'P1',
      'P0',
    ]);
    expect(third.nextCursor).toBeNull();

    // Another person's notice stays unread, whoever asks.
    const theirs = (await other.client.get('/api/me/inbox')).body.items[0].id;
    expect(
      (await fellow.client.post('/api/me/inbox/read', { ids: [first.items[0].id, theirs, 'nonsense'] })).status,
    ).toBe(204);
    expect((await fellow.client.get('/api/me/inbox')).body.unread).toBe(4);
    expect((await other.client.get('/api/me/inbox')).body.unread).toBe(5);
    await fellow.client.post('/api/me/inbox/read', { before: first.items[0].createdAt });
    const after = (await fellow.client.get('/api/me/inbox?unread=true')).body;
    expect(after).toMatchObject({ items: [], unread: 0 });

    // Each device of mine hears what was read on another.
    for (const device of devices) {
      await eventually(() =>
        expect(device.events.filter((one) => one.event === 'notification.read').map((one) => one.payload)).toEqual([
          { ids: [first.items[0].id, theirs, 'nonsense'], before: null, readAt: expect.any(String) },
          { ids: null, before: first.items[0].createdAt, readAt: expect.any(String) },
        ]),
      );
      device.close();
    }
  });

  it('given bad input, then a problem with its field', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    expect((await fellow.client.get('/api/me/inbox?cursor=zzz')).body.errors).toEqual([
      { field: '/cursor', code: 'wrong_format' },
    ]);
    expect((await fellow.client.post('/api/me/inbox/read', { ids: [] })).status).toBe(422);
    expect((await fellow.client.post('/api/me/inbox/read', { before: 'now' })).status).toBe(422);
    expect(
      (await fellow.client.put('/api/me/preferences', { kinds: {}, quietHours: { start: '25:00', end: '08:00' } }))
        .status,
    ).toBe(422);
    expect((await clientOf(world.url).get('/api/me/inbox')).status).toBe(401);
  });
});

describe('preferences', () => {
  it('given mails of the forum switched off, then the inbox only; a cancelled session still goes by mail', async () => {
    const fellow = await aMember(world, cohort, 'fellow', { locale: 'fr', timeZone: 'America/Cayenne' });
    const given = (await fellow.client.get('/api/me/preferences')).body;
    expect(given.quietHours).toEqual({ start: '20:00', end: '08:00' });
    const chosen = {
      ...given,
      kinds: {
        ...given.kinds,
        forum: { inbox: true, mail: false, push: true },
        sessions: { inbox: false, mail: false, push: false },
      },
      quietHours: null,
    };
    expect((await fellow.client.put('/api/me/preferences', chosen)).body).toEqual(chosen);

    await notify([fellow], { key: 'quiet' });
    await notify([fellow], {
      key: 'gone',
      kind: 'session.cancelled',
      why: 'participant',
      params: {
        with: 'Hanna',
        by: 'Hanna',
        startsAt: '2026-10-20T12:00:00.000Z',
        endsAt: '2026-10-20T13:00:00.000Z',
        reason: 'none',
      },
    });
    const [mail] = await world.mail.to(fellow.email);
    expect(mail!.subject).toBe(
      'Annulée : séance avec Hanna, mardi 20 octobre à 09:00 (Cayenne)'.replace(' :', '\u00a0:'),
    );
    expect(mail!.headers.has('list-unsubscribe')).toBe(false);
    expect(mail!.text).toContain('Vous recevez ce message parce que cette séance est la vôtre.');
    expect(mail!.html).toContain('lang="fr"');
    expect((await fellow.client.get('/api/me/inbox')).body.items.map((one: any) => one.kind).sort()).toEqual([
      'session.cancelled',
      'topic.replied',
    ]);
    await deliver(world);
    expect(world.mail.mails.filter((one) => JSON.stringify(one.to).includes(fellow.email))).toHaveLength(1);
  });

  it('given quiet hours, then what can wait leaves when they end', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const before = world.clock.now();
    world.clock.set('2026-10-13T19:30:00.000Z'); // 21:30 in Paris
    await notify([fellow], { key: 'late' });
    await deliver(world);
    const row = await world.db
      .collection('notifications')
      .findOne({ userId: new Types.ObjectId(fellow.id), key: 'late' });
    expect(row?.mail).toMatchObject({ state: 'waiting', dueAt: new Date('2026-10-14T06:00:00.000Z') });
    world.clock.set('2026-10-14T06:00:00.000Z');
    await deliver(world);
    expect(await world.mail.to(fellow.email)).toHaveLength(1);
    world.clock.set(before);
  });
});

describe('one-click unsubscribe (RFC 8058)', () => {
  const mailsOf = async (person: TestPerson) => (await person.client.get('/api/me/preferences')).body.kinds.forum.mail;

  it('given the address in a mail, then GET changes nothing and POST without a login stops that group', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    await notify([fellow], { key: 'stop-me' });
    const [mail] = await world.mail.to(fellow.email);
    const list = mail!.headers.get('list') as any;
    const path = new URL(list.unsubscribe.url).pathname;
    expect(mail!.headerLines.find((line) => line.key === 'list-unsubscribe-post')?.line).toBe(
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );

    const nobody = clientOf(world.url);
    const page = await nobody.get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('<form method="post">');
    expect(await mailsOf(fellow)).toBe(true);

    for (let again = 0; again < 2; again += 1) {
      const done = await fetch(new URL(path, world.url), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(done.status).toBe(200);
    }
    expect(await mailsOf(fellow)).toBe(false);
  });

  it('given a token of another purpose or a changed one, then 404 and nothing happens', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const links = world.app.get(LinkTokens);
    const good = personLink(world, 'unsubscribe', fellow, 'forum');
    for (const token of [
      links.sign('reset', good.split('.')[0]!),
      `${good}x`,
      personLink(world, 'unsubscribe', fellow, 'everything'),
    ]) {
      expect((await clientOf(world.url).post(`/api/unsubscribe/${token}`)).status).toBe(404);
    }
    expect(await mailsOf(fellow)).toBe(true);
  });

  it('given a link that leads nowhere, then who follows it reads so in their language, with the way to their settings', async () => {
    const fellow = await aMember(world, cohort, 'fellow', { locale: 'fr' });
    const gone = personLink(world, 'unsubscribe', fellow, 'topic', cohort, String(new Types.ObjectId()));
    const foreign = world.app.get(LinkTokens).sign('reset', gone.split('.')[0]!);
    for (const [token, languages, words] of [
      [gone, 'en-GB', 'Ce lien ne fonctionne pas'],
      [foreign, 'fr-FR,fr;q=0.9,en;q=0.8', 'Ce lien ne fonctionne pas'],
      [foreign, 'de-DE', 'This link does not work'],
    ] as const) {
      const page = await fetch(new URL(`/api/unsubscribe/${token}`, world.url), {
        headers: { 'accept-language': languages },
      });
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      const text = await page.text();
      expect(text).toContain(`<h1 style="font-size:1.4rem">${words}</h1>`);
      expect(text).toContain('href="/settings/notifications"');
      expect(text).not.toContain('<form');
    }
  });
});

describe('what happens in other rooms', () => {
  const ofKind = async (person: TestPerson, kind: string) =>
    (await person.client.get('/api/me/inbox?limit=200')).body.items.filter((one: any) => one.kind === kind);

  it('given a post that names me in a topic of mine that I watch, then one notice, for the strongest reason', async () => {
    const [asker, helper, muting] = [
      await aMember(world, cohort, 'fellow', { name: 'Solène Aubrac' }),
      await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' }),
      await aMember(world, cohort, 'fellow'),
    ];
    const topics = `/api/cohorts/${cohort}/topics`;
    const topic = await asker.client.post(topics, {
      title: 'Where are old commune codes?',
      body: 'I look for them.',
      tags: [],
    });
    expect(topic.status).toBe(201);
    await muting.client.put(`${topics}/${topic.body.id}/subscription`, { level: 'muted' });
    const posted = await helper.client.post(`${topics}/${topic.body.id}/posts`, {
      body: `@[Solène Aubrac](${asker.id}) they are in **the register**`,
    });
    expect(posted.status).toBe(201);
    const notices = await eventually(async () => {
      const items = (await asker.client.get('/api/me/inbox')).body.items;
      expect(items).toHaveLength(1);
      return items;
    });
    expect(['forum.mentioned', 'topic.replied']).toContain(notices[0].kind);
    expect(notices[0].body).toContain('the register');
    expect((await helper.client.get('/api/me/inbox')).body.items).toEqual([]);
    expect((await muting.client.get('/api/me/inbox')).body.items).toEqual([]);
  });

  it('given direct messages while I am away, then one notice with the latest words; reading them reads it', async () => {
    const [from, to] = [
      await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' }),
      await aMember(world, cohort, 'fellow'),
    ];
    const direct = await from.client.post('/api/direct', { userIds: [to.id] });
    const path = `/api/channels/${direct.body.id}`;
    for (const body of ['hello', 'are you there?']) {
      const sent = await from.client.post(`${path}/messages`, { clientId: `c-${body.length}-${from.id}`, body });
      expect(sent.status).toBeLessThan(300);
    }
    await followOutbox(world);
    expect(await ofKind(to, 'chat.direct')).toEqual([]);
    world.clock.advance(3000);
    await followOutbox(world);
    const [notice] = await eventually(async () => {
      const found = await ofKind(to, 'chat.direct');
      expect(found).toHaveLength(1);
      return found;
    });
    expect([notice.title, notice.body]).toEqual(['Karim Haddad wrote to you', 'are you there?']);
    expect(await ofKind(from, 'chat.direct')).toEqual([]);
    const device = await connect(world.nodes[1]!.url, to.token);
    await to.client.put(`${path}/read`, { seq: 1000 });
    const last = (await to.client.get(`${path}/messages`)).body.items.at(-1).seq;
    await to.client.put(`${path}/read`, { seq: last });
    await eventually(async () => expect((await ofKind(to, 'chat.direct'))[0].readAt).not.toBeNull());
    await eventually(() =>
      expect(device.events.find((one) => one.event === 'notification.read')?.payload).toMatchObject({
        ids: [notice.id],
      }),
    );
    device.close();
  });
});
