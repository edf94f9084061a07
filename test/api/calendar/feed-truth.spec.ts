import { Types } from 'mongoose';
import { FeedLines } from '../../../src/agenda/feed-lines.js';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aCoach(world, cohortId);
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());

const FEEDS = '/api/me/calendar-feeds';
const inCohort = (path: string) => `/api/cohorts/${cohortId}/${path}`;

async function feed(person: TestPerson, scope: Record<string, unknown>): Promise<string> {
  const made = await person.client.post(FEEDS, scope);
  expect(made.status).toBe(201);
  return new URL(made.body.url as string).pathname;
}

/** As a program asks that keeps its tag, of the first process, which keeps what it wrote. */
const ask = (path: string, etag = '""') => fetch(new URL(path, world.url), { headers: { 'if-none-match': etag } });

/** As the second process writes it, which knows nothing of before. */
async function fromScratch(path: string): Promise<string> {
  const node = world.nodes[1]!;
  Reflect.get(node.app.get(FeedLines), 'written').clear();
  return await (await fetch(new URL(path, node.url))).text();
}

/** Which of three feeds an act changes: one's own agenda, that of the cohort, and that of a tag of it. */
type Touches = [own: boolean, cohort: boolean, tag: boolean];

describe('a feed that is asked for again and again', () => {
  it('given any change, then it is another one, as written from scratch, and 304 only until the next', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Mine', tags: ['kept'], capacity: 1 });
    await fellow.client.put(`${path}/registration`, {});
    const full = await aWorkshop(staff, cohortId, { title: 'Full', tags: ['kept'], capacity: 1 });
    await other.client.put(`${full.path}/registration`, {});
    const session = await aSession(cohortId, fellow, coach.id, '2026-10-16T07:00:00Z');
    const { id: dayId } = (await staff.client.post(inCohort('milestones'), { title: 'Fair', on: '2026-11-20' })).body;
    const paths = [
      await feed(fellow, {}),
      await feed(fellow, { cohortId }),
      await feed(fellow, { cohortId, tag: 'kept' }),
    ];
    const tags = ['', '', ''];
    const changedIn = async () => {
      const changed: boolean[] = [];
      for (const [index, path] of paths.entries()) {
        const answer = await ask(path, tags[index]);
        changed.push(answer.status === 200);
        const etag = answer.headers.get('etag')!;
        if (answer.status === 200) expect(await answer.text()).toBe(await fromScratch(path));
        else expect([answer.status, etag]).toEqual([304, tags[index]]);
        tags[index] = etag;
      }
      return changed;
    };
    expect(await changedIn()).toEqual([true, true, true]);
    expect(await changedIn()).toEqual([false, false, false]);

    const patch = (path: string, body: Record<string, unknown>) => staff.client.patch(path, body);
    let fresh = { path: '', id: '' };
    const acts: [string, Touches, () => Promise<unknown>][] = [
      ['a title', [true, true, true], () => patch(path, { title: 'Mine still' })],
      ['a link', [true, true, true], () => patch(path, { link: 'https://meet.example/a' })],
      ['another time', [true, true, true], () => patch(path, { endsAt: '2026-10-15T11:00:00.000Z' })],
      ['a tag goes', [true, true, true], () => patch(path, { tags: [] })],
      ['one without the tag is edited', [true, true, false], () => patch(path, { description: 'More' })],
      ['a tag comes', [true, true, true], () => patch(path, { tags: ['kept'] })],
      ['I wait', [true, true, true], () => fellow.client.put(`${full.path}/registration`, {})],
      ['I move up', [true, true, true], () => other.client.delete(`${full.path}/registration`)],
      ['I leave', [true, true, true], () => fellow.client.delete(`${full.path}/registration`)],
      ['another joins', [false, true, true], () => other.client.put(`${full.path}/registration`, {})],
      ['I host', [true, true, true], () => patch(full.path, { hosts: [staff.id, fellow.id] })],
      ['I host no more', [true, true, true], () => patch(full.path, { hosts: [staff.id] })],
      ['a draft', [false, false, false], async () => (fresh = await aDraft())],
      ['it is published', [false, true, true], () => staff.client.post(`${fresh.path}/publish`)],
      ['it is cancelled', [false, true, true], () => staff.client.post(`${fresh.path}/cancel`, { reason: 'No room' })],
      ['a milestone moves', [true, true, false], () => patch(inCohort(`milestones/${dayId}`), { on: '2026-11-21' })],
      ['it has a name', [true, true, false], () => patch(inCohort(`milestones/${dayId}`), { title: 'The fair' })],
      ['it goes', [true, true, false], () => staff.client.delete(inCohort(`milestones/${dayId}`))],
      ['the cohort is renamed', [true, true, true], () => patch(`/api/cohorts/${cohortId}`, { name: 'Cohort 8' })],
      ['my coach is renamed', [true, false, false], () => coach.client.patch('/api/me', { name: 'Renamed' })],
      ['I read French', [true, true, true], () => fellow.client.patch('/api/me', { locale: 'fr' })],
      ['my session moves', [true, false, false], () => move(session, '2026-10-16T08:00:00Z')],
      ['it is cancelled too', [true, false, false], () => cancelSession(session)],
      ['I am staff', [true, true, true], () => patch(inCohort(`members/${fellow.id}`), { role: 'staff' })],
    ];
    for (const [name, touches, act] of acts) {
      const answer = (await act()) as { status?: number; text?: string };
      expect([name, answer.text ?? '', (answer.status ?? 200) < 300]).toEqual([name, expect.anything(), true]);
      await world.settled();
      expect([name, await changedIn()]).toEqual([name, touches]);
      expect([name, await changedIn()]).toEqual([name, [false, false, false]]);
      world.clock.advance(180_000);
    }
  });

  it('given the place at its address is lost or given up, then 404 and never 304, whatever tag is sent', async () => {
    const [gone, revoked] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const paths = [await feed(gone, { cohortId }), await feed(revoked, { cohortId })];
    const tags = await Promise.all(paths.map(async (path) => (await ask(path)).headers.get('etag')!));
    const again = async () =>
      await Promise.all(paths.map(async (path, index) => (await ask(path, tags[index])).status));
    expect(await again()).toEqual([304, 304]);
    const ids = [cohortId, gone.id].map((id) => new Types.ObjectId(id)) as [Types.ObjectId, Types.ObjectId];
    await world.app.get(MembershipsRepository).end(...ids, world.clock.now());
    await feed(revoked, { cohortId });
    expect(await again()).toEqual([404, 404]);
    const star = await fetch(new URL(paths[0]!, world.url), { headers: { 'if-none-match': '*' } });
    expect(star.status).toBe(404);
  });

  it('given a workshop of a cohort that I left, which others read meanwhile, then my own agenda is without it', async () => {
    const leaver = await aMember(world, cohortId, 'fellow');
    const { path } = await aWorkshop(staff, cohortId, { title: 'Left behind' });
    for (const person of [leaver, other]) await person.client.put(`${path}/registration`, {});
    const [own, whole] = [await feed(leaver, {}), await feed(other, { cohortId })];
    const titles = async (path: string) => readIcs(await (await ask(path)).text()).events.map(({ title }) => title);
    expect(await titles(own)).toContain('Left behind');
    const ids = [cohortId, leaver.id].map((id) => new Types.ObjectId(id)) as [Types.ObjectId, Types.ObjectId];
    await world.app.get(MembershipsRepository).end(...ids, world.clock.now());
    expect(await titles(whole)).toContain('Left behind');
    expect(await titles(own)).not.toContain('Left behind');
  });
});

async function aDraft(): Promise<{ path: string; id: string; status: number }> {
  const made = await staff.client.post(inCohort('workshops'), {
    title: 'New',
    startsAt: '2026-10-19T08:00:00.000Z',
    endsAt: '2026-10-19T09:00:00.000Z',
    timeZone: 'Europe/Paris',
    capacity: 5,
    tags: ['kept'],
  });
  return { path: inCohort(`workshops/${made.body.id}`), id: made.body.id, status: made.status };
}

const move = ({ id, revision }: { id: string; revision: number }, startsAt: string) =>
  fellow.client.post(inCohort(`sessions/${id}/reschedule`), { startsAt, revision });
const cancelSession = ({ id, revision }: { id: string; revision: number }) =>
  fellow.client.post(inCohort(`sessions/${id}/cancel`), { reason: 'Ill', revision: revision + 1 });
