import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let otherCohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [cohortId, otherCohortId] = [await aCohort(world, { name: 'Cordée 7; Paris, Lyon' }), await aCohort(world)];
  staff = await aMember(world, cohortId, 'staff');
  coach = await aCoach(world, cohortId);
  fellow = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, otherCohortId, 'fellow');
});
afterAll(() => world.stop());

const FEEDS = '/api/me/calendar-feeds';

async function feed(person: TestPerson, scope: Record<string, unknown>): Promise<URL> {
  const made = await person.client.post(FEEDS, scope);
  expect([made.status, made.text]).toEqual([201, expect.stringContaining('/calendar/')]);
  return new URL(made.body.url as string);
}
const read = (url: URL, headers: Record<string, string> = {}) => fetch(new URL(url.pathname, world.url), { headers });
const calendarOf = async (url: URL) => readIcs(await (await read(url)).text());
const titlesOf = async (url: URL) => (await calendarOf(url)).events.map((event) => event.title);

describe('the feed of a cohort', () => {
  it('given workshops, drafts, sessions and milestones, then it holds what all may see, and how it stands to me', async () => {
    const mine = await aWorkshop(staff, cohortId, {
      title: 'I go',
      link: 'https://meet.example/mine',
      tags: ['design'],
    });
    await aWorkshop(staff, cohortId, { title: 'Open to all', link: 'https://meet.example/open', tags: ['data, open'] });
    await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
      title: 'A draft',
      startsAt: '2026-10-16T08:00:00Z',
      endsAt: '2026-10-16T09:00:00Z',
      timeZone: 'Europe/Paris',
      capacity: 5,
    });
    await fellow.client.put(`${mine.path}/registration`, {});
    await aSession(cohortId, fellow, coach.id, '2026-10-15T12:00:00Z');
    await staff.client.post(`/api/cohorts/${cohortId}/milestones`, { title: 'Fair', on: '2026-10-20' });
    const url = await feed(fellow, { cohortId });
    const calendar = await calendarOf(url);
    expect(calendar.events.map(({ title, status, transparency }) => [title, status, transparency])).toEqual([
      ['I go', 'CONFIRMED', 'OPAQUE'],
      ['Open to all', 'TENTATIVE', 'TRANSPARENT'],
      ['Fair', 'CONFIRMED', 'TRANSPARENT'],
    ]);
    // Text, and so escaped; ical.js does not know the property and leaves it as it is.
    expect(calendar.property('name')).toBe('Cordée 7\\; Paris\\, Lyon');
    expect(calendar.property('color')).toBe('mediumvioletred');
    expect(calendar.property('refresh-interval')).toBe('PT1H');
    expect(calendar.zones).toEqual(['Europe/Paris']);
    const [first, second] = calendar.events;
    expect(first!.uid).toBe(`workshop-${mine.id}@cordee.test`);
    expect(first!.property('last-modified')).toBe('2026-10-13T09:45:00Z');
    expect([first!.property('categories'), second!.property('categories')]).toEqual(['design', 'data, open']);
    const text = (await (await read(url)).text()).replaceAll('\r\n ', '');
    expect(text).toContain('meet.example/mine');
    expect(text).not.toContain('meet.example/open');
    // What is published is nobody's to answer (RFC 5546, section 3.2.1).
    expect(text).not.toMatch(/^ATTENDEE/m);
    expect(await titlesOf(await feed(staff, { cohortId }))).toEqual(['I go', 'Open to all', 'Fair']);
  });

  it('given a tag, then only the workshops that have it; given one that none has, then 422', async () => {
    expect((await fellow.client.get(`/api/cohorts/${cohortId}/workshop-tags`)).body.items).toEqual([
      { tag: 'data, open', workshops: 1 },
      { tag: 'design', workshops: 1 },
    ]);
    expect(await titlesOf(await feed(fellow, { cohortId, tag: 'design' }))).toEqual(['I go']);
    expect((await calendarOf(await feed(fellow, { cohortId, tag: 'design' }))).property('name')).toBe(
      'Cordée 7\\; Paris\\, Lyon · design',
    );
    const unknown = await fellow.client.post(FEEDS, { cohortId, tag: 'nothing' });
    expect([unknown.status, unknown.body.errors]).toEqual([422, [{ field: '/tag', code: 'unknown_tag' }]]);
    const nowhere = await fellow.client.post(FEEDS, { tag: 'design' });
    expect([nowhere.status, nowhere.body.errors]).toMatchObject([422, [{ field: '/tag', code: 'not_allowed' }]]);
  });

  it('given three moves and a cancellation, then one event all along: SEQUENCE 3, then CANCELLED', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, { title: 'Moves', tags: ['moves'] });
    await fellow.client.put(`${path}/registration`, {});
    const feeds = [
      await feed(fellow, {}),
      await feed(fellow, { cohortId }),
      await feed(fellow, { cohortId, tag: 'moves' }),
    ];
    const seen = async () =>
      await Promise.all(
        feeds.map(async (url) =>
          (await calendarOf(url)).events.filter((event) => event.uid.startsWith(`workshop-${id}@`)),
        ),
      );
    for (const events of await seen()) expect(events.map(({ sequence }) => sequence)).toEqual([0]);
    for (const day of [20, 21, 22])
      await staff.client.patch(path, { startsAt: `2026-10-${day}T08:00:00Z`, endsAt: `2026-10-${day}T09:00:00Z` });
    for (const events of await seen())
      expect(events).toMatchObject([{ sequence: 3, status: 'CONFIRMED', startsAt: '2026-10-22T08:00:00.000Z' }]);
    await staff.client.post(`${path}/cancel`, { reason: 'The room is flooded' });
    for (const events of await seen()) {
      expect(events).toMatchObject([{ sequence: 4, status: 'CANCELLED', startsAt: '2026-10-22T08:00:00.000Z' }]);
      expect(events[0]!.description).toContain('The room is flooded');
    }
  });
});

describe('asking a feed again', () => {
  it('given nothing changed, then 304 by either header, and the same bytes without; given a change, then neither', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Watched', tags: ['watched'] });
    const url = await feed(fellow, { cohortId, tag: 'watched' });
    const first = await read(url);
    const [etag, date] = [first.headers.get('etag')!, first.headers.get('last-modified')!];
    const body = await first.text();
    world.clock.advance(60_000);
    const again = await read(url, { 'if-none-match': etag });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    expect((await read(url, { 'if-none-match': `"other", W/${etag}` })).status).toBe(304);
    expect((await read(url, { 'if-modified-since': date })).status).toBe(304);
    expect(await (await read(url)).text()).toBe(body);
    // A tag of one's own says more than a date does.
    expect((await read(url, { 'if-none-match': '"other"', 'if-modified-since': date })).status).toBe(200);
    await staff.client.patch(path, { title: 'Watched still' });
    const changed = await read(url, { 'if-none-match': etag });
    expect([changed.status, readIcs(await changed.text()).events[0]!.title]).toEqual([200, 'Watched still']);
    // Within one second two changes still have two dates.
    const second = changed.headers.get('last-modified')!;
    expect(Date.parse(second)).toBeGreaterThan(Date.parse(date));
    await staff.client.patch(path, { title: 'Watched no more' });
    expect((await read(url, { 'if-modified-since': second })).status).toBe(200);
  });

  it('given I join, a name changes, or a milestone is renamed, then it is another', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Joined late' });
    const milestone = await staff.client.post(`/api/cohorts/${cohortId}/milestones`, {
      title: 'Old',
      on: '2026-11-20',
    });
    const [own, whole] = [await feed(fellow, {}), await feed(fellow, { cohortId })];
    let tags = ['', ''];
    const differ = async (expected: boolean[]) => {
      const now = await Promise.all([own, whole].map(async (url) => (await read(url)).headers.get('etag')!));
      expect(now.map((tag, index) => tag !== tags[index])).toEqual(expected);
      tags = now;
    };
    await differ([true, true]);
    await differ([false, false]);
    await fellow.client.put(`${path}/registration`, {});
    await differ([true, true]);
    await staff.client.patch(`/api/cohorts/${cohortId}/milestones/${milestone.body.id}`, { title: 'New' });
    await differ([true, true]);
    // Sessions are named after their people.
    await coach.client.patch('/api/me', { name: 'Coach Renamed' });
    await differ([true, false]);
    await fellow.client.patch('/api/me', { locale: 'fr' });
    await differ([true, true]);
    await fellow.client.patch('/api/me', { locale: 'en' });
    await differ([true, true]);
  });
});

describe('who has a feed', () => {
  it('given several, then each has its own secret, and ends alone', async () => {
    const person = await aMember(world, cohortId, 'host');
    const [own, whole, design] = [
      await feed(person, {}),
      await feed(person, { cohortId }),
      await feed(person, { cohortId, tag: 'design' }),
    ];
    await read(whole);
    const { items } = (await person.client.get(FEEDS)).body;
    expect(items).toMatchObject([
      { cohortId: null, cohortName: null, tag: null, lastReadAt: null },
      { cohortId, cohortName: 'Cordée 7; Paris, Lyon', tag: null, lastReadAt: world.clock.now().toISOString() },
      { cohortId, tag: 'design', lastReadAt: null },
    ]);
    expect(JSON.stringify(items)).not.toContain(whole.pathname.slice(10, 40));
    const fresh = await feed(person, { cohortId });
    expect([(await read(whole)).status, (await read(fresh)).status]).toEqual([404, 200]);
    expect((await outsider.client.delete(`${FEEDS}/${items[1].id}`)).status).toBe(404);
    expect((await person.client.delete(`${FEEDS}/${items[1].id}`)).status).toBe(204);
    expect((await person.client.delete(`${FEEDS}/${items[1].id}`)).status).toBe(404);
    const statuses = await Promise.all([own, fresh, design].map(async (url) => (await read(url)).status));
    expect(statuses).toEqual([200, 404, 200]);
    // The one of my own agenda is the same one as before there were others.
    await person.client.delete('/api/me/calendar-feed');
    expect((await read(own)).status).toBe(404);
  });

  it('given no member (any more), then 404 as for an address that never was', async () => {
    const foreign = await outsider.client.post(FEEDS, { cohortId });
    const random = await outsider.client.post(FEEDS, { cohortId: '65f0000000000000000000aa' });
    expect([foreign.status, foreign.text]).toEqual([404, random.text]);
    expect((await outsider.client.get(`/api/cohorts/${cohortId}/workshop-tags`)).status).toBe(404);
    const person = await aMember(world, cohortId, 'host');
    const [whole, design] = [await feed(person, { cohortId }), await feed(person, { cohortId, tag: 'design' })];
    const end = (id: string) =>
      world.app
        .get(MembershipsRepository)
        .end(new Types.ObjectId(id), new Types.ObjectId(person.id), world.clock.now());
    await end(cohortId);
    for (const url of [whole, design]) {
      const gone = await read(url);
      expect(gone.status).toBe(404);
      expect(await gone.text()).toBe(await (await fetch(new URL(`/calendar/${'a'.repeat(43)}.ics`, world.url))).text());
    }
    expect((await person.client.get(FEEDS)).body.items).toMatchObject([
      { cohortId, cohortName: null },
      { cohortId, cohortName: null },
    ]);
  });

  it('given ten at once on two nodes, then exactly one address works', async () => {
    const person = await aMember(world, cohortId, 'host');
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        person.client.on(world.nodes[index % 2]!.url).post(FEEDS, { cohortId, tag: 'design' }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
    const reads = await Promise.all(made.map(({ body }) => read(new URL(body.url as string))));
    expect(reads.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await person.client.get(FEEDS)).body.items).toHaveLength(1);
  });

  it('given no login, then 401', async () => {
    const nobody = clientOf(world.url);
    const answers = [
      await nobody.get(FEEDS),
      await nobody.post(FEEDS, { cohortId }),
      await nobody.delete(`${FEEDS}/65f0000000000000000000aa`),
      await nobody.get(`/api/cohorts/${cohortId}/workshop-tags`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });
});
