import { Types } from 'mongoose';
import { SessionsReader } from '../../../src/mentoring/sessions/sessions.reader.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;
let host: TestPerson;
let staff: TestPerson;
let path: string;
let sessionId: string;
const project = String(new Types.ObjectId());
const duo = String(new Types.ObjectId());

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { projectId: project, name: 'Inès Carpentier' });
  teammate = await aMember(world, cohort, 'fellow', { projectId: project, name: 'Tomasz Wilk' });
  host = await aMember(world, cohort, 'host', { projectId: project });
  staff = await aMember(world, cohort, 'staff', { name: 'Nora Staff' });
  sessionId = (await aSession(cohort, fellow, coach.id, '2026-10-15T12:00:00Z')).id;
  path = `/api/cohorts/${cohort}/sessions/${sessionId}`;
});
afterAll(() => world.stop());

const write = (person: TestPerson, audience: string, body = `A note for ${audience}`) =>
  person.client.post(`${path}/notes`, { body, audience });
const names = (readers: { name: string }[]) => readers.map((reader) => reader.name).sort();

describe('notes and their readers', () => {
  it('given a session, then the readers of each audience are named before anything is saved', async () => {
    const { body } = await coach.client.get(`${path}/notes`);
    expect(body.audiences.map((one: any) => [one.audience, names(one.readers)])).toEqual([
      ['me', ['Hanna Lindqvist']],
      ['participants', ['Hanna Lindqvist', 'Inès Carpentier']],
      ['team_and_coach', ['Hanna Lindqvist', 'Inès Carpentier', 'Tomasz Wilk']],
      ['staff', ['Hanna Lindqvist', 'Nora Staff']],
    ]);
  });

  it('given a note of each audience, then its readers read it, and nobody else, whatever their role', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    const adminFellow = await aPerson(world, { isAdmin: true });
    await join(world, cohort, adminFellow.id, 'fellow');
    const otherCoach = await aMember(world, cohort, 'coach');
    const everybody = { coach, fellow, teammate, host, staff, admin, adminFellow, otherCoach };
    const readers: Record<string, (keyof typeof everybody)[]> = {
      me: ['coach'],
      participants: ['coach', 'fellow'],
      team_and_coach: ['coach', 'fellow', 'teammate'],
      staff: ['coach', 'staff'],
    };
    for (const [audience, who] of Object.entries(readers)) {
      const saved = await write(coach, audience, `Only for ${audience}, nobody else`);
      expect([saved.status, saved.body.readers.length]).toEqual([201, who.length]);
      const seen: string[] = [];
      for (const [name, person] of Object.entries(everybody)) {
        const { status, text } = await person.client.get(`${path}/notes`);
        expect([200, 404]).toContain(status);
        if (text.includes(`Only for ${audience}, nobody else`)) seen.push(name);
      }
      expect(seen.sort()).toEqual([...who].sort());
    }
    expect((await admin.client.get(`${path}/notes`)).status).toBe(404);
    expect((await host.client.get(`${path}/notes`)).status).toBe(404);
    expect((await clientOf(world.url).get(`${path}/notes`)).status).toBe(401);
  });

  it('given a teammate who reads one note, then the session itself and its other notes stay unseen', async () => {
    const { body } = await teammate.client.get(`${path}/notes`);
    expect(body.items.map((note: any) => note.audience)).toEqual(['team_and_coach']);
    expect(body.audiences).toEqual([]);
    expect((await teammate.client.get(path)).status).toBe(404);
    expect((await write(teammate, 'me')).status).toBe(404);
  });

  it('given somebody who comes to team or staff later, then older notes stay closed to them', async () => {
    const late = await aMember(world, cohort, 'staff');
    const lateMate = await aMember(world, cohort, 'fellow', { projectId: project });
    expect((await late.client.get(`${path}/notes`)).body.items ?? []).toEqual([]);
    expect((await lateMate.client.get(`${path}/notes`)).status).toBe(404);
  });

  it('given a change of audience, then it only narrows, and only by its author', async () => {
    const note = (await write(coach, 'team_and_coach')).body;
    const change = (person: TestPerson, body: object) => person.client.patch(`${path}/notes/${note.id}`, body);
    expect(await change(fellow, { body: 'Mine now' })).toMatchObject({ status: 403 });
    expect(await change(staff, { body: 'Mine now' })).toMatchObject({ status: 404 });
    const narrower = await change(coach, { audience: 'participants', body: 'Fewer now' });
    expect([narrower.status, names(narrower.body.readers)]).toEqual([200, ['Hanna Lindqvist', 'Inès Carpentier']]);
    for (const audience of ['team_and_coach', 'staff']) {
      expect(await change(coach, { audience })).toMatchObject({ status: 409, body: { code: 'audience_grows' } });
    }
    const mine = await change(coach, { audience: 'me' });
    expect(names(mine.body.readers)).toEqual(['Hanna Lindqvist']);
    expect((await fellow.client.get(`${path}/notes`)).text).not.toContain(note.id);
  });

  it('given the next session of the pair, then older notes come along for their readers', async () => {
    world.clock.set('2026-10-16T09:00:00.000Z');
    const next = (await aSession(cohort, fellow, coach.id, '2026-10-20T12:00:00Z')).id;
    const { body } = await fellow.client.get(`/api/cohorts/${cohort}/sessions/${next}/notes`);
    expect(body.items.map((note: any) => note.audience).sort()).toEqual(['participants', 'team_and_coach']);
    expect(new Set(body.items.map((note: any) => note.sessionId))).toEqual(new Set([sessionId]));
    const first = await coach.client.get(`/api/cohorts/${cohort}/sessions/${next}/notes?limit=2`);
    const second = await coach.client.get(
      `/api/cohorts/${cohort}/sessions/${next}/notes?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(new Set([...first.body.items, ...second.body.items].map((note: any) => note.id)).size).toBe(4);
  });

  it('given bad input, then 422 names the field and nothing is saved', async () => {
    const count = async () => await world.db.collection('notes').estimatedDocumentCount();
    const before = await count();
    for (const [body, field] of [
      [{ body: '', audience: 'me' }, '/body'],
      [{ body: 'x'.repeat(100_000), audience: 'me' }, '/body'],
      [{ body: 'x', audience: 'everybody' }, '/audience'],
      [{ body: 'x', audience: 'me', readers: [host.id] }, '/readers'],
    ] as const) {
      const answer = await coach.client.post(`${path}/notes`, body);
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
    }
    expect(await count()).toBe(before);
  });
});

describe('actions', () => {
  const act = (person: TestPerson, at: string, body: object) => person.client.post(`${at}/actions`, body);

  it('given an open action, then it is carried into the next session of the pair until it is done', async () => {
    const [first, second] = await bookTwo(fellow, '2026-10-26T13:00:00Z', '2026-10-27T13:00:00Z');
    const made = await act(coach, first, { text: 'Watch two people', ownerId: fellow.id, dueOn: '2026-10-20' });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', carried: false, owner: { name: fellow.name } } });
    const carried = async () =>
      (await fellow.client.get(`${second}/actions`)).body.items.map((one: any) => [one.text, one.carried]);
    expect(await carried()).toEqual([['Watch two people', true]]);
    expect((await fellow.client.get(second)).body.openActions).toBe(1);
    const done = await fellow.client.patch(`${second}/actions/${made.body.id}`, { state: 'done' });
    expect(done).toMatchObject({ status: 200, body: { state: 'done', doneAt: expect.any(String) } });
    expect(await carried()).toEqual([]);
    expect((await fellow.client.get(`${first}/actions`)).body.items[0].state).toBe('done');
    const back = await coach.client.patch(`${first}/actions/${made.body.id}`, { state: 'open' });
    expect(back.body).toMatchObject({ state: 'open', doneAt: null });
  });

  it('given another fellow of the same coach, then nothing is carried to them, and it is 404 for them', async () => {
    const other = await aMember(world, cohort, 'fellow');
    const [own] = await bookTwo(other, '2026-10-28T13:00:00Z', '2026-10-29T13:00:00Z');
    expect((await other.client.get(`${own}/actions`)).body.items).toEqual([]);
    const theirs = await act(fellow, path, { text: 'Write it down', ownerId: coach.id });
    expect((await other.client.get(`${path}/actions`)).status).toBe(404);
    expect((await other.client.patch(`${own}/actions/${theirs.body.id}`, { state: 'done' })).status).toBe(404);
    expect((await host.client.get(`${path}/actions`)).status).toBe(404);
    expect((await staff.client.patch(`${path}/actions/${theirs.body.id}`, { state: 'done' })).status).toBe(403);
  });

  it('given an owner who is not of the session, or an empty text, then 422 names the field', async () => {
    const foreign = await act(coach, path, { text: 'Do it', ownerId: staff.id });
    expect(foreign).toMatchObject({ status: 422, body: { errors: [{ field: '/ownerId', code: 'not_in_session' }] } });
    expect((await act(coach, path, { text: ' ', ownerId: fellow.id })).body.errors[0].field).toBe('/text');
    expect((await act(coach, path, { text: 'x', ownerId: fellow.id, dueOn: '2026-02-30' })).body.errors[0].field).toBe(
      '/dueOn',
    );
  });

  it('given my actions, then they come from all my cohorts, page by page, and end with my membership', async () => {
    const { body } = await fellow.client.get('/api/me/actions?limit=1');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ cohortId: cohort, coach: { name: 'Hanna Lindqvist' }, ownerId: fellow.id });
    const mine = await coach.client.get('/api/me/actions?state=open');
    expect(mine.body.items.map((one: any) => one.text)).toEqual(['Write it down']);
    expect((await host.client.get('/api/me/actions')).body.items).toEqual([]);
    expect((await clientOf(world.url).get('/api/me/actions')).status).toBe(401);
  });

  it('given a session of two fellows, then neither counts what the other alone took on with the coach', async () => {
    const [ina, tim, second] = await Promise.all([
      aMember(world, cohort, 'fellow', { projectId: duo }),
      aMember(world, cohort, 'fellow', { projectId: duo }),
      aCoach(world, cohort),
    ]);
    const [own] = await bookTwo(ina, '2026-11-02T13:00:00Z', '2026-11-03T13:00:00Z');
    expect((await act(coach, own, { text: 'Speak with the doctor', ownerId: coach.id })).status).toBe(201);
    const both = await aSession(cohort, ina, coach.id, '2026-11-04T13:00:00Z', {
      participants: [tim.id],
      secondCoachId: second.id,
    });
    const at = `/api/cohorts/${cohort}/sessions/${both.id}`;
    const reader = world.app.get(SessionsReader);
    for (const [person, seen] of [
      [ina, 1],
      [coach, 1],
      [tim, 0],
      [second, 0],
    ] as const) {
      expect((await person.client.get(`${at}/actions`)).body.items).toHaveLength(seen);
      expect((await person.client.get(at)).body.openActions).toBe(seen);
      // What the reminder of the day before counts.
      expect(await reader.openActionsFor(both.id, person.id)).toHaveLength(seen);
    }
    expect((await staff.client.get(at)).body.openActions).toBe(1);
  });

  async function bookTwo(person: TestPerson, one: string, two: string): Promise<[string, string]> {
    const at = async (startsAt: string) =>
      `/api/cohorts/${cohort}/sessions/${(await aSession(cohort, person, coach.id, startsAt)).id}`;
    return [await at(one), await at(two)];
  }
});

describe('many notes of one person', () => {
  const listed = async (person: TestPerson, at: string, query = '') => {
    const { status, body } = await person.client.get(`${at}/notes${query}`);
    return status === 200 ? (body.items as { body: string; id: string }[]) : status;
  };
  /** As written one by one, a minute apart. */
  const wrote = async (author: TestPerson, of: string, count: number, from: string, other: TestPerson) => {
    const begin = Date.parse(from);
    const [authorId, otherId] = [new Types.ObjectId(author.id), new Types.ObjectId(other.id)];
    await world.db.collection('notes').insertMany(
      Array.from({ length: count }, (_, index) => ({
        ...{ cohortId: new Types.ObjectId(cohort), sessionId: new Types.ObjectId(of), authorId, body: `n${index}` },
        ...{ pairs: [`${other.id}:${author.id}`], audience: 'participants', readers: [authorId, otherId] },
        ...{ sharedWith: [], createdAt: new Date(begin + index * 60_000), updatedAt: new Date(begin + index * 60_000) },
      })),
    );
  };

  it('given a thousand and more of the pair, then the newest comes first, pages go on to the oldest, and a page holds no more than it says', async () => {
    const [hers, his] = [await aCoach(world, cohort), await aMember(world, cohort, 'fellow')];
    world.clock.set('2026-10-16T09:00:00.000Z');
    const before = (await aSession(cohort, his, hers.id, '2026-10-20T08:00:00Z')).id;
    await wrote(his, before, 1005, '2026-10-14T00:00:00Z', hers);
    const at = `/api/cohorts/${cohort}/sessions/${(await aSession(cohort, his, hers.id, '2026-10-21T08:00:00Z')).id}`;
    expect((await hers.client.post(`${at}/notes`, { body: 'The last word', audience: 'participants' })).status).toBe(
      201,
    );
    for (const person of [hers, his]) {
      const [first] = (await listed(person, at, '?limit=1')) as { body: string }[];
      expect(first?.body).toBe('The last word');
    }
    const all: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: any = await hers.client.get(`${at}/notes?limit=200${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(200);
      all.push(...body.items.map((one: any) => one.body));
      cursor = body.nextCursor;
    }
    expect(all).toEqual(['The last word', ...Array.from({ length: 1005 }, (_, index) => `n${1004 - index}`)]);
    // Who reads none of it finds no session there, on whatever page.
    const { nextCursor } = (await hers.client.get(`${at}/notes?limit=1`)).body;
    expect(await listed(host, at, `?cursor=${nextCursor}`)).toBe(404);
    expect((await hers.client.get(`${at}/notes?cursor=zzz`)).body.errors).toEqual([
      { field: '/cursor', code: 'wrong_format' },
    ]);
  });

  it('given two hundred of mine in a session, then no more of mine, sent ones again are answered, and the other one writes', async () => {
    const [hers, his] = [await aCoach(world, cohort), await aMember(world, cohort, 'fellow')];
    world.clock.set('2026-10-16T09:00:00.000Z');
    const { id } = await aSession(cohort, his, hers.id, '2026-10-22T08:00:00Z');
    const at = `/api/cohorts/${cohort}/sessions/${id}`;
    const sent = { body: 'Once', audience: 'participants', clientId: '0b0e7a52-93b0-4a3c-9c63-4f4d0c1e2a11' };
    expect((await his.client.post(`${at}/notes`, sent)).status).toBe(201);
    await wrote(his, id, 199, '2026-10-14T00:00:00Z', hers);
    const more = await his.client.post(`${at}/notes`, { body: 'More', audience: 'me' });
    expect([more.status, more.body.code]).toEqual([409, 'too_many_notes']);
    expect((await his.client.post(`${at}/notes`, sent)).body.body).toBe('Once');
    expect((await hers.client.post(`${at}/notes`, { body: 'Mine', audience: 'participants' })).status).toBe(201);
  });
});
