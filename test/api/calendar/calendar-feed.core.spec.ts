import ICAL from 'ical.js';
import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Client, clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow', { locale: 'fr' });
  other = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());

const subscribe = async (person = fellow) => {
  const answer = await person.client.post('/api/me/calendar-feed');
  expect(answer.status).toBe(201);
  return new URL(answer.body.url as string);
};
const read = (url: URL, headers: Record<string, string> = {}) => fetch(new URL(url.pathname, world.url), { headers });

async function eventsOf(url: URL) {
  const calendar = new ICAL.Component(ICAL.parse(await (await read(url)).text()));
  calendar.getAllSubcomponents('vtimezone').forEach((zone) => ICAL.TimezoneService.register(new ICAL.Timezone(zone)));
  return new Map(
    calendar.getAllSubcomponents('vevent').map((one) => [new ICAL.Event(one).summary, new ICAL.Event(one)]),
  );
}

async function joined(over: Record<string, unknown>): Promise<string> {
  const workshop = await aWorkshop(staff, cohortId, over);
  await fellow.client.put(`/api/cohorts/${cohortId}/workshops/${workshop.id}/registration`, {});
  return workshop.id;
}

describe('an account that is taken back', () => {
  const nobody = () => clientOf(world.url);
  const linkTo = (email: string, pattern: RegExp) =>
    eventually(() => {
      const found = world.mail.mails
        .filter((mail) => JSON.stringify(mail.to).includes(email))
        .flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? [])
        .at(-1);
      if (found === undefined) throw new Error('no such letter yet');
      return Promise.resolve(found);
    });
  const feedsOf = async (client: Client) => [
    new URL((await client.post('/api/me/calendar-feed')).body.url as string),
    new URL((await client.post('/api/me/calendar-feeds', { cohortId, tag: null })).body.url as string),
  ];
  const said = async (feeds: URL[]) => await Promise.all(feeds.map(async (feed) => (await read(feed)).status));

  /** An account here that nobody confirmed, by the link that staff copy. */
  async function anUnconfirmed(email: string): Promise<Client> {
    const copied = await invite(staff, cohortId, email);
    const made = await nobody().post(`/api/auth/invitations/${copied.token}/accept`, { name: 'A', password: PASSWORD });
    return clientOf(world.url, made.body.accessToken as string);
  }

  async function invite(by: TestPerson, where: string, email: string) {
    const people = [{ email, name: 'Ana', role: 'fellow' }];
    await by.client.post(`/api/cohorts/${where}/invitations`, { people });
    const [invitation] = (await by.client.get(`/api/cohorts/${where}/invitations`)).body.items;
    return { id: invitation.id as string, token: (invitation.url as string).split('/').at(-1)! };
  }

  it.each([
    [
      'by a new password that is set by a mail',
      async ({ email }: TestPerson) => {
        await nobody().post('/api/auth/password/forgot', { email });
        const token = await linkTo(email, /\/reset\/(\S+)/);
        return await nobody().post('/api/auth/password/reset', { token, password: 'mine again, at last' });
      },
    ],
    [
      'from another address',
      async ({ client, email }: TestPerson) => {
        const elsewhere = `thief-${email}`;
        await client.post('/api/me/email', { email: elsewhere, password: PASSWORD });
        const token = await linkTo(elsewhere, /\/confirm-address\/(\S+)/);
        expect((await client.post('/api/auth/email/confirm', { token })).status).toBe(204);
        return await nobody().post('/api/auth/email/undo', { token: await linkTo(email, /\/undo-address\/(\S+)/) });
      },
    ],
  ])('given %s, then the addresses of its calendars are nowhere, and others stay', async (_name, takeBack) => {
    const person = await aMember(world, cohortId, 'fellow');
    const [feeds, others] = [await feedsOf(person.client), await feedsOf(other.client)];
    const changed = await person.client.post('/api/me/password', { currentPassword: PASSWORD, password: PASSWORD });
    expect([changed.status, await said(feeds)]).toEqual([204, [200, 200]]);
    expect((await takeBack(person)).status).toBe(204);
    expect([await said(feeds), await said(others)]).toEqual([
      [404, 404],
      [200, 200],
    ]);
    await eventually(async () => expect((await person.client.get('/api/me/calendar-feeds')).body.items).toEqual([]));
  });

  it('given by the letter of another invitation, then those that whoever made it gave out are nowhere', async () => {
    const email = 'feeds-owner@people.test';
    const feeds = await feedsOf(await anUnconfirmed(email));
    const elsewhere = await aCohort(world);
    const { id } = await invite(await aMember(world, elsewhere, 'staff'), elsewhere, email);
    const letter = await linkTo(email, new RegExp(`/invitation/(${id}\\S+)`));
    expect(await said(feeds)).toEqual([200, 200]);
    const body = { name: 'The owner', password: 'the password of the owner' };
    const owner = await nobody().post(`/api/auth/invitations/${letter}/accept`, body);
    expect([owner.status, await said(feeds)]).toEqual([200, [404, 404]]);
    // What is made within five seconds may still be of who had the account; nobody comes to the settings faster.
    world.clock.advance(10_000);
    expect(await said(await feedsOf(clientOf(world.url, owner.body.accessToken as string)))).toEqual([200, 200]);
  });
});

describe('the personal feed', () => {
  it('given what is mine, then a calendar program reads it, on both DST nights, and only what is mine', async () => {
    const before = await joined({ title: 'Before', startsAt: '2026-10-24T07:00:00Z', endsAt: '2026-10-24T08:00:00Z' });
    await joined({ title: 'After', startsAt: '2026-10-25T08:00:00Z', endsAt: '2026-10-25T09:00:00Z' });
    await joined({ title: 'Spring', startsAt: '2027-03-28T07:00:00Z', endsAt: '2027-03-28T08:00:00Z' });
    await aWorkshop(staff, cohortId, { title: 'Not mine' });
    await staff.client.post(`/api/cohorts/${cohortId}/milestones`, { title: 'Show, tell; cheer', on: '2026-10-31' });
    const url = await subscribe();
    const events = await eventsOf(url);
    expect([...events.keys()]).toEqual(['Before', 'After', 'Show, tell; cheer', 'Spring']);
    for (const name of ['Before', 'After', 'Spring']) expect(events.get(name)!.startDate.hour).toBe(9);
    expect(events.get('After')!.startDate.toJSDate().toISOString()).toBe('2026-10-25T08:00:00.000Z');
    expect(events.get('Before')!.uid).toBe(`workshop-${before}@cordee.test`);
    expect(events.get('Show, tell; cheer')!.startDate.isDate).toBe(true);
    expect((await read(url)).headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect([...(await eventsOf(await subscribe(other))).keys()]).toEqual(['Show, tell; cheer']);
  });

  it('given a workshop moved and then cancelled, then SEQUENCE rises under the same UID and it says CANCELLED', async () => {
    const id = await joined({ title: 'Moved', startsAt: '2026-11-03T08:00:00Z', endsAt: '2026-11-03T09:00:00Z' });
    const url = await subscribe();
    const first = (await eventsOf(url)).get('Moved')!;
    const path = `/api/cohorts/${cohortId}/workshops/${id}`;
    await staff.client.patch(path, { startsAt: '2026-11-04T08:00:00Z', endsAt: '2026-11-04T09:00:00Z' });
    const second = (await eventsOf(url)).get('Moved')!;
    expect(second.uid).toBe(first.uid);
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(second.startDate.toJSDate().toISOString()).toBe('2026-11-04T08:00:00.000Z');
    await staff.client.post(`${path}/cancel`, { reason: 'The room is flooded' });
    const third = (await eventsOf(url)).get('Moved')!;
    expect(third.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(third.description).toContain('The room is flooded');
  });

  it('given a milestone moved by hand and by its phase, then SEQUENCE rises; given a new name, it does not', async () => {
    const path = `/api/cohorts/${cohortId}`;
    const { id } = (await staff.client.post(`${path}/milestones`, { title: 'Fair', on: '2027-05-12' })).body;
    const url = await subscribe();
    const first = (await eventsOf(url)).get('Fair')!;
    await staff.client.patch(`${path}/milestones/${id}`, { on: '2027-05-13', title: 'Open fair' });
    const second = (await eventsOf(url)).get('Open fair')!;
    expect(second.sequence).toBe(first.sequence + 1);
    await staff.client.patch(`${path}/milestones/${id}`, { on: '2027-05-13', title: 'The fair' });
    expect((await eventsOf(url)).get('The fair')!.sequence).toBe(second.sequence);
    const { phases } = (await staff.client.get(path)).body;
    phases[3].endsOn = '2027-09-30';
    await staff.client.patch(path, { phases });
    const third = (await eventsOf(url)).get('The fair')!;
    expect(third.uid).toBe(first.uid);
    expect(third.sequence).toBe(second.sequence + 1);
    expect(third.startDate.toString()).not.toBe(second.startDate.toString());
    await staff.client.delete(`${path}/milestones/${id}`);
  });

  it('given a full workshop, then it is tentative and says so in my language', async () => {
    const workshop = await aWorkshop(staff, cohortId, {
      title: 'Full',
      capacity: 1,
      startsAt: '2026-11-10T08:00:00Z',
      endsAt: '2026-11-10T09:00:00Z',
    });
    for (const person of [other, fellow]) {
      await person.client.put(`/api/cohorts/${cohortId}/workshops/${workshop.id}/registration`, {});
    }
    const waiting = (await eventsOf(await subscribe())).get('Liste d’attente\u00a0: Full')!;
    expect(waiting.component.getFirstPropertyValue('status')).toBe('TENTATIVE');
  });

  it('given nothing changed, then the same bytes and 304', async () => {
    const url = await subscribe();
    const first = await read(url);
    world.clock.advance(60_000);
    const second = await read(url, { 'if-none-match': first.headers.get('etag')! });
    expect(second.status).toBe(304);
  });

  it('given a new address, then the old one is nowhere; given none, then no address is', async () => {
    const old = await subscribe();
    const state = (await fellow.client.get('/api/me/calendar-feed')).body;
    expect(state).toMatchObject({ active: true, lastReadAt: null });
    expect(JSON.stringify(state)).not.toContain(old.pathname.slice(10, 40));
    const fresh = await subscribe();
    expect((await read(old)).status).toBe(404);
    expect((await read(fresh)).status).toBe(200);
    expect((await fellow.client.get('/api/me/calendar-feed')).body.lastReadAt).not.toBeNull();
    await fellow.client.delete('/api/me/calendar-feed');
    expect((await read(fresh)).status).toBe(404);
    expect((await fellow.client.get('/api/me/calendar-feed')).body).toEqual({
      active: false,
      createdAt: null,
      lastReadAt: null,
    });
  });

  it('given ten first addresses asked for at once on two nodes, then exactly one works', async () => {
    const person = await aMember(world, cohortId, 'host');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        person.client.on(world.nodes[index % 2]!.url).post('/api/me/calendar-feed'),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array<number>(10).fill(201));
    const reads = await Promise.all(answers.map((answer) => read(new URL(answer.body.url as string))));
    expect(reads.filter((one) => one.status === 200)).toHaveLength(1);
  });

  it('given a member who was removed, then their feed holds nothing of the cohort', async () => {
    const person = await aMember(world, cohortId, 'host');
    const url = await subscribe(person);
    expect((await eventsOf(url)).size).toBe(1);
    await world.app
      .get(MembershipsRepository)
      .end(new Types.ObjectId(cohortId), new Types.ObjectId(person.id), world.clock.now());
    expect((await eventsOf(url)).size).toBe(0);
  });

  it.each(['nonsense', 'a'.repeat(43), '%2e%2e%2fetc', '$ne'])('given the secret %s, then 404', async (secret) => {
    const answer = await fetch(new URL(`/calendar/${secret}.ics`, world.url));
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('given no login, then nobody makes or ends a feed', async () => {
    const nobody = clientOf(world.url);
    for (const method of ['get', 'post', 'delete'] as const) {
      expect((await nobody[method]('/api/me/calendar-feed')).status).toBe(401);
    }
  });

  it('keeps no secret in the database', async () => {
    const url = await subscribe();
    const rows = await world.db.collection('calendar-feeds').find({}).toArray();
    expect(JSON.stringify(rows)).not.toContain(url.pathname.split('/').at(-1)!.replace('.ics', ''));
  });
});
