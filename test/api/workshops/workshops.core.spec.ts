import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { encodeCursor } from '../../../src/common/cursor.js';
import type { Workshop } from '../../../src/contracts/workshops/workshops.js';
import { EventBus } from '../../../src/infra/events/event-bus.js';
import { PlacesService } from '../../../src/workshops/registrations/places.service.js';
import { registrationChanged, workshopChanged } from '../../../src/workshops/workshops.events.js';
import { WorkshopsReader } from '../../../src/workshops/workshops.reader.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type LiveClient, clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { leavesUnheard } from '../../support/rooms/leaving.js';
import { aWorkshop, draftOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let outsider: TestPerson;
let list: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  [staff, coach, fellow, other] = await Promise.all([
    aMember(world, cohortId, 'staff'),
    aMember(world, cohortId, 'coach', { name: 'Pauline Savary' }),
    aMember(world, cohortId, 'fellow'),
    aMember(world, cohortId, 'fellow'),
  ]);
  outsider = await aMember(world, await aCohort(world), 'staff');
  list = `/api/cohorts/${cohortId}/workshops`;
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const randomId = () => String(new Types.ObjectId());

describe('making and publishing', () => {
  it('given a coach proposes one, then it is a draft they host, seen by them and staff only', async () => {
    const made = await coach.client.post(list, draftOf());
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'draft',
      hosts: [coach.id],
      people: [{ id: coach.id, name: 'Pauline Savary' }],
      going: 0,
      waitlisted: 0,
      mine: null,
      revision: 1,
      abilities: { edit: true, publish: true, cancel: false, join: false },
    });
    const path = `${list}/${made.body.id}`;
    expect((await staff.client.get(path)).status).toBe(200);
    const hidden = await fellow.client.get(path);
    expect(hidden.status).toBe(404);
    expect(hidden.text).toBe((await fellow.client.get(`${list}/${randomId()}`)).text);
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBe(404);
    const seen = async (person: TestPerson) => (await person.client.get(list)).text.includes(made.body.id);
    expect([await seen(staff), await seen(coach), await seen(fellow)]).toEqual([true, true, false]);
    expect((await coach.client.post(`${path}/publish`)).body.status).toBe('published');
    expect((await coach.client.post(`${path}/publish`)).body.code).toBe('already_published');
    expect((await fellow.client.get(path)).body.abilities).toEqual({
      edit: false,
      publish: false,
      discard: false,
      cancel: false,
      join: true,
      accept: false,
      admit: false,
      joinAsTeam: false,
      leave: false,
      checkIn: false,
      excuse: false,
      takeAttendance: false,
      giveFeedback: false,
      readFeedback: false,
      seeRegistrations: false,
      duplicate: true,
      setPublicPage: false,
    });
  });

  it('given a fellow proposes one, then staff see it and publish it; the fellow holds it and may edit, not publish', async () => {
    const made = await fellow.client.post(list, draftOf());
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'draft',
      hosts: [fellow.id],
      abilities: { edit: true, publish: false, discard: true },
    });
    const path = `${list}/${made.body.id}`;
    expect((await fellow.client.patch(path, { title: 'Maps by hand' })).body.title).toBe('Maps by hand');
    expect((await fellow.client.post(`${path}/publish`)).status).toBe(403);
    expect((await other.client.get(path)).status).toBe(404);
    expect((await staff.client.get(path)).body.abilities.publish).toBe(true);
    expect((await staff.client.post(`${path}/publish`)).body.status).toBe('published');
    expect((await fellow.client.get(list)).body.abilities).toEqual({ propose: true });
  });

  it('given a draft, then its makers may drop it, a fellow sees nothing of it, and a published one stays', async () => {
    const { body } = await coach.client.post(list, draftOf());
    const draft = `${list}/${body.id}`;
    expect((await fellow.client.delete(draft)).status).toBe(404);
    expect((await coach.client.delete(draft)).status).toBe(204);
    expect((await coach.client.get(draft)).status).toBe(404);
    const { path } = await aWorkshop(staff, cohortId);
    expect((await fellow.client.delete(path)).body.code).toBe('forbidden');
    expect((await staff.client.delete(path)).body).toMatchObject({ status: 409, code: 'published' });
    expect((await staff.client.get(path)).status).toBe(200);
  });

  it('given a draft whose start has passed, then it cannot be published', async () => {
    const { body } = await staff.client.post(list, draftOf());
    world.clock.set('2026-10-15T08:00:00Z');
    expect((await staff.client.post(`${list}/${body.id}/publish`)).body).toMatchObject({
      status: 409,
      code: 'started',
    });
  });

  it('given one who goes and one who waits become its hosts, then their places are for others, and none waits as a host', async () => {
    const [going, waiting, next] = [
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow'),
    ];
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1 });
    for (const person of [going, waiting, next]) await person.client.put(`${path}/registration`, {});
    const hosts = [going.id, waiting.id, going.id.toUpperCase()];
    const edited = await staff.client.patch(path, { hosts });
    expect(edited.body).toMatchObject({ hosts: [going.id, waiting.id], going: 1, waitlisted: 0 });
    expect((await next.client.get(path)).body.mine).toMatchObject({ status: 'going', mode: null });
    for (const host of [going, waiting]) expect((await host.client.get(path)).body.mine).toBeNull();
  });

  it('given places on line are offered no more, then nobody is thrown out and there is one line in its order', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aMember(world, cohortId, 'fellow')));
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1, onlineCapacity: 1 });
    for (const [index, mode] of ['onsite', 'online', 'online', 'onsite', 'online'].entries())
      await people[index]!.client.put(`${path}/registration`, { mode });
    const mine = async (index: number) => (await people[index]!.client.get(path)).body.mine;
    expect([(await mine(2)).position, (await mine(3)).position, (await mine(4)).position]).toEqual([1, 1, 2]);
    expect((await staff.client.patch(path, { onlineCapacity: null })).body).toMatchObject({
      going: 2,
      goingOnline: 0,
      waitlisted: 3,
      waitlistedOnline: 0,
    });
    expect([(await mine(2)).position, (await mine(3)).position, (await mine(4)).position]).toEqual([1, 2, 3]);
    await people[1]!.client.delete(`${path}/registration`);
    expect((await mine(2)).status).toBe('waitlisted');
    expect((await staff.client.patch(path, { capacity: 3 })).body).toMatchObject({ going: 3, waitlisted: 1 });
    expect([(await mine(2)).status, (await mine(3)).status, (await mine(4)).position]).toEqual(['going', 'going', 1]);
  });

  it.each([
    ['a start in the past', { startsAt: '2026-10-13T09:40:00.000Z' }, '/startsAt', 'in_past'],
    ['a start now', { startsAt: NOW }, '/startsAt', 'in_past'],
    ['an end before the start', { endsAt: '2026-10-15T07:00:00.000Z' }, '/endsAt', 'before_start'],
    ['an end at the start', { endsAt: '2026-10-15T08:00:00.000Z' }, '/endsAt', 'before_start'],
    ['more than a day', { endsAt: '2026-10-16T08:05:00.000Z' }, '/endsAt', 'too_long'],
    ['a start off the grid', { startsAt: '2026-10-15T08:03:00.000Z' }, '/startsAt', 'off_grid'],
    ['a local time', { startsAt: '2026-10-15T08:00' }, '/startsAt', 'wrong_format'],
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, '/timeZone', 'unknown_zone'],
    ['an offset as a zone', { timeZone: '+02:00' }, '/timeZone', 'unknown_zone'],
    ['capacity 0', { capacity: 0 }, '/capacity', 'too_small'],
    ['capacity 10^9', { capacity: 1e9 }, '/capacity', 'too_big'],
    ['capacity as text', { capacity: '20' }, '/capacity', 'wrong_type'],
    ['an operator as title', { title: { $gt: '' } }, '/title', 'wrong_type'],
    ['no title', { title: '   ' }, '/title', 'too_small'],
    ['100 kB of text', { description: 'x'.repeat(100_000) }, '/description', 'too_big'],
    ['a script as link', { link: 'javascript:alert(1)' }, '/link', 'wrong_format'],
    ['an unknown kind', { kind: 'party' }, '/kind', 'not_allowed'],
    ['an unknown field', { status: 'published' }, '/status', 'unknown_field'],
    ['a host who is no member', { hosts: [randomId()] }, '/hosts/0', 'not_a_member'],
    ['a host who is no id', { hosts: ['me'] }, '/hosts/0', 'not_a_member'],
  ])('given %s, then 422 names the field and nothing is made', async (_name, wrong, field, code) => {
    const count = () => world.db.collection('workshops').estimatedDocumentCount();
    const before = await count();
    const answer = await staff.client.post(list, draftOf(wrong));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
    expect(await count()).toBe(before);
  });

  it('given emoji, right-to-left names and line breaks, then they are kept, on one line', async () => {
    const { body } = await staff.client.post(list, draftOf({ title: '🧗 ورشة\r\nATTENDEE:x', tags: ['rgaa', 'rgaa'] }));
    expect(body).toMatchObject({ title: '🧗 ورشة ATTENDEE:x', tags: ['rgaa'] });
  });
});

describe('who may do what', () => {
  let path: string;
  beforeAll(async () => {
    world.clock.set(NOW);
    ({ path } = await aWorkshop(staff, cohortId));
  });

  it.each([
    ['patch', '/:id', { title: 'Mine now' }],
    ['post', '/:id/publish', undefined],
    ['post', '/:id/cancel', { reason: 'no' }],
  ] as const)('given a fellow tries %s %s, then 403 and nothing changed', async (method, route, body) => {
    const before = (await staff.client.get(path)).text;
    const address = route.startsWith('/:id') ? path + route.slice(4) : list;
    const answer = await fellow.client[method](address, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect((await staff.client.get(path)).text).toBe(before);
  });

  it('given somebody of an agency proposes one, then 403', async () => {
    const agency = await aMember(world, cohortId, 'host');
    expect((await agency.client.post(list, draftOf())).status).toBe(403);
    expect((await agency.client.get(list)).body.abilities).toEqual({ propose: false });
  });

  it.each([
    ['get', ''],
    ['patch', ''],
    ['delete', ''],
    ['post', '/publish'],
    ['post', '/cancel'],
    ['put', '/registration'],
    ['delete', '/registration'],
    ['get', '/registrations'],
    ['get', '/attendance'],
    ['post', '/attendance'],
    ['get', '/feedback'],
    ['post', '/feedback'],
    ['get', '/calendar.ics'],
  ] as const)(
    'given %s %s: 401 without login, and 404 from another cohort as for a random id',
    async (method, route) => {
      expect((await clientOf(world.url)[method](path + route)).status).toBe(401);
      const answer = await outsider.client[method](path + route);
      expect(answer.status).toBe(404);
      const random = `/api/cohorts/${randomId()}/workshops/${randomId()}`;
      expect(answer.text).toBe((await outsider.client[method](random + route)).text);
    },
  );

  it('given a workshop of another cohort under the address of mine, then 404', async () => {
    const theirs = await aWorkshop(outsider, await ownCohort(outsider));
    const answer = await staff.client.get(`${list}/${theirs.id}`);
    expect(answer.status).toBe(404);
    expect(answer.text).toBe((await staff.client.get(`${list}/not-an-id`)).text);
  });

  it('given one of its hosts, though a fellow, then they may edit and see who waits', async () => {
    const hosted = await aWorkshop(staff, cohortId, {
      hosts: [fellow.id],
      capacity: 1,
      startsAt: '2026-10-16T08:00:00.000Z',
      endsAt: '2026-10-16T10:30:00.000Z',
    });
    expect((await fellow.client.patch(hosted.path, { title: 'New title' })).body.title).toBe('New title');
    await other.client.put(`${hosted.path}/registration`, {});
    await coach.client.put(`${hosted.path}/registration`, {});
    const statuses = async (person: TestPerson) =>
      (await person.client.get(`${hosted.path}/registrations`)).body.items.map((one: any) => [
        one.status,
        one.position,
      ]);
    expect(await statuses(fellow)).toEqual([
      ['going', undefined],
      ['waitlisted', 1],
    ]);
    expect(await statuses(other)).toEqual([['going', undefined]]);
    expect((await fellow.client.put(`${hosted.path}/registration`, {})).body).toMatchObject({
      status: 409,
      code: 'hosting',
    });
  });
});

async function ownCohort(person: TestPerson): Promise<string> {
  return (await person.client.get('/api/me')).body.memberships[0].cohortId;
}

describe('joining and leaving', () => {
  it('given a place, then the link is shown; waiting, then it is not; without a body the same', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1, link: 'https://meet.example/x' });
    expect((await fellow.client.put(`${path}/registration`)).body).toEqual({ status: 'going', mode: null });
    expect((await fellow.client.put(`${path}/registration`, {})).body).toEqual({ status: 'going', mode: null });
    expect((await other.client.put(`${path}/registration`, {})).body).toEqual({
      status: 'waitlisted',
      position: 1,
      mode: null,
    });
    expect((await other.client.put(`${path}/registration`, {})).body.position).toBe(1);
    const link = async (person: TestPerson) => (await person.client.get(path)).body.link;
    expect(await link(fellow)).toBe('https://meet.example/x');
    expect(await link(staff)).toBe('https://meet.example/x');
    expect((await other.client.get(path)).body).toMatchObject({
      link: null,
      isOnline: true,
      mine: { status: 'waitlisted', position: 1 },
      abilities: { join: false, leave: true },
    });
    expect((await other.client.get(`${list}?limit=200`)).text).not.toContain('meet.example/x');
  });

  it('given one leaves before the start, then the next is promoted and told of once; leaving again does nothing', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, { capacity: 1 });
    const told: unknown[] = [];
    world.app.get(EventBus).on(registrationChanged, (event) => void (event.workshopId === id && told.push(event)));
    await fellow.client.put(`${path}/registration`, {});
    await other.client.put(`${path}/registration`, {});
    expect((await fellow.client.delete(`${path}/registration`)).status).toBe(204);
    expect((await fellow.client.delete(`${path}/registration`)).status).toBe(204);
    expect((await other.client.get(path)).body).toMatchObject({ mine: { status: 'going' }, going: 1, waitlisted: 0 });
    expect(told).toEqual([
      { cohortId, workshopId: id, userId: fellow.id, from: null, to: 'going', promoted: false, lapsed: false },
      { cohortId, workshopId: id, userId: other.id, from: null, to: 'waitlisted', promoted: false, lapsed: false },
      { cohortId, workshopId: id, userId: other.id, from: 'waitlisted', to: 'going', promoted: true, lapsed: false },
      { cohortId, workshopId: id, userId: fellow.id, from: 'going', to: 'cancelled', promoted: false, lapsed: false },
    ]);
  });

  it('given it has started, then who leaves is excused and stays on the list, nobody is promoted, and nobody joins', async () => {
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1 });
    await fellow.client.put(`${path}/registration`, {});
    await other.client.put(`${path}/registration`, {});
    world.clock.set('2026-10-15T08:00:00Z');
    expect((await coach.client.put(`${path}/registration`, {})).body).toMatchObject({ status: 409, code: 'started' });
    expect((await fellow.client.delete(`${path}/registration`)).status).toBe(204);
    expect((await staff.client.get(path)).body).toMatchObject({ going: 1, waitlisted: 1 });
    const { items } = (await staff.client.get(`${path}/registrations`)).body;
    expect(items).toContainEqual(expect.objectContaining({ userId: fellow.id, status: 'excused' }));
    expect((await fellow.client.get(path)).body).toMatchObject({
      mine: { status: 'excused' },
      abilities: { leave: false },
    });
    world.clock.set('2026-10-15T10:30:00Z');
    expect((await other.client.delete(`${path}/registration`)).body).toMatchObject({ status: 409, code: 'over' });
  });

  it('given the next in line left the cohort, then the one after gets the place', async () => {
    const gone = await aMember(world, cohortId, 'fellow');
    const { path } = await aWorkshop(staff, cohortId, { capacity: 1 });
    for (const person of [fellow, gone, other]) await person.client.put(`${path}/registration`, {});
    await world.app
      .get(MembershipsRepository)
      .end(new Types.ObjectId(cohortId), new Types.ObjectId(gone.id), world.clock.now());
    await fellow.client.delete(`${path}/registration`);
    expect((await other.client.get(path)).body.mine).toMatchObject({ status: 'going' });
    expect((await staff.client.get(path)).body).toMatchObject({ going: 1, waitlisted: 0 });
  });

  it.each([
    ['soon', {}],
    ['in a month', { startsAt: '2026-11-16T09:00:00.000Z', endsAt: '2026-11-16T11:00:00.000Z' }],
  ])(
    'given one leaves the cohort by a process that dies, then their place in what starts %s goes to the next',
    async (_, at) => {
      const gone = await aMember(world, cohortId, 'fellow');
      const { path } = await aWorkshop(staff, cohortId, { capacity: 1, ...at });
      for (const person of [gone, other]) await person.client.put(`${path}/registration`, {});
      await leavesUnheard(world, cohortId, gone.id);
      expect((await other.client.get(path)).body.mine.status).toBe('waitlisted');
      await followOutbox(world);
      expect((await other.client.get(path)).body.mine.status).toBe('going');
      expect((await staff.client.get(path)).body).toMatchObject({ going: 1, waitlisted: 0 });
    },
  );

  it('given a place that somebody took by a right that ended just then, then it is taken back a minute later', async () => {
    const gone = await aMember(world, cohortId, 'fellow');
    const { path, id } = await aWorkshop(staff, cohortId, { capacity: 1 });
    await leavesUnheard(world, cohortId, gone.id);
    await followOutbox(world);
    await world.app.get(PlacesService).ask(id, { kind: 'join', userId: gone.id, mode: null, fits: true });
    expect((await staff.client.get(path)).body.going).toBe(1);
    world.clock.advance(60_000);
    await followOutbox(world);
    expect((await staff.client.get(path)).body.going).toBe(0);
  });

  it('given places on site and on line, then one chooses, switches, and a full one keeps the place one has', async () => {
    const { path } = await aWorkshop(staff, cohortId, {
      capacity: 1,
      onlineCapacity: 1,
      link: 'https://meet.example/y',
    });
    const ask = (person: TestPerson, mode?: string) => person.client.put(`${path}/registration`, { mode });
    expect((await ask(fellow)).body).toEqual({ status: 'going', mode: 'onsite' });
    expect((await ask(other)).body).toEqual({ status: 'waitlisted', position: 1, mode: 'onsite' });
    expect((await ask(other, 'online')).body).toEqual({ status: 'going', mode: 'online' });
    expect((await ask(fellow, 'online')).body).toMatchObject({ status: 409, code: 'full' });
    expect((await fellow.client.get(path)).body).toMatchObject({
      mine: { status: 'going', mode: 'onsite' },
      going: 2,
      goingOnline: 1,
    });
    const oneWay = await aWorkshop(staff, cohortId);
    const refused = await fellow.client.put(`${oneWay.path}/registration`, { mode: 'online' });
    expect(refused.body.errors).toEqual([{ field: '/mode', code: 'not_offered' }]);
  });

  it.each([[{ mode: 'moon' }], [{ userId: 'x' }], ['[]'], ['{']])(
    'given the body %j, then it is refused',
    async (body) => {
      const { path } = await aWorkshop(staff, cohortId);
      expect([400, 422]).toContain((await fellow.client.put(`${path}/registration`, body)).status);
      expect((await staff.client.get(path)).body.going).toBe(0);
    },
  );
});

describe('a calendar file', () => {
  it('given one who goes, then it is confirmed, with the zone and the link; for others the link is the page', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, {
      link: 'https://meet.example/z',
      title: 'Plain\r\nATTENDEE:x',
    });
    await fellow.client.put(`${path}/registration`, {});
    const mine = await fellow.client.get(`${path}/calendar.ics`);
    expect(mine.headers.get('content-type')).toContain('text/calendar');
    expect(mine.text).toMatch(/BEGIN:VTIMEZONE[\s\S]*DTSTART;TZID=Europe\/Paris:20261015T100000/);
    expect(mine.text).toContain('STATUS:CONFIRMED');
    expect(mine.text).toContain('https://meet.example/z');
    expect(mine.text).not.toMatch(/^ATTENDEE/m);
    const theirs = (await other.client.get(`${path}/calendar.ics`)).text;
    expect(theirs).toContain('STATUS:TENTATIVE');
    expect(theirs).not.toContain('meet.example');
    expect(theirs.replaceAll('\r\n ', '')).toContain(`/workshops/${id}`);
    expect((await outsider.client.get(`${path}/calendar.ics`)).status).toBe(404);
  });
});

describe('editing and cancelling', () => {
  it('given the time moves, then the revision rises and the event says so; text alone does not raise it', async () => {
    const { path, id } = await aWorkshop(staff, cohortId);
    const changes: unknown[] = [];
    world.app
      .get(EventBus)
      .on(workshopChanged, (event) => void (event.workshopId === id && changes.push(event.changed)));
    expect((await staff.client.patch(path, { title: 'Other words' })).body.revision).toBe(1);
    const moved = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T09:00:00.000Z' };
    expect((await staff.client.patch(path, { ...moved, revision: 1 })).body).toMatchObject({ ...moved, revision: 2 });
    expect((await staff.client.patch(path, moved)).body.revision).toBe(2);
    expect((await staff.client.patch(path, { place: 'Room Garonne', capacity: 3 })).body.revision).toBe(3);
    expect(changes).toEqual([['text'], ['time'], ['place', 'capacity']]);
    const stale = await staff.client.patch(path, { title: 'Late', revision: 1 });
    expect(stale.body).toMatchObject({ status: 409, code: 'stale', revision: 3 });
    expect((await staff.client.get(path)).body.title).toBe('Other words');
  });

  it('given two editors who change words only, then the second hears that it is stale, and nothing is lost', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    const { edition, revision } = (await staff.client.get(path)).body as Workshop;
    const first = await staff.client.patch(path, { description: 'Bring a laptop', edition, revision });
    expect(first.body).toMatchObject({ edition: edition + 1, revision });
    const second = await staff.client.patch(path, { description: 'Bring nothing', edition, revision });
    expect(second.body).toMatchObject({ status: 409, code: 'stale', edition: edition + 1, revision });
    expect((await staff.client.get(path)).body.description).toBe('Bring a laptop');
    const same = await staff.client.patch(path, { description: 'Bring a laptop', edition: edition + 1 });
    expect(same.body).toMatchObject({ edition: edition + 1 });
  });

  it('given capacity is lowered, then nobody is thrown out; raised, then the line moves up', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => aMember(world, cohortId, 'fellow')));
    const { path } = await aWorkshop(staff, cohortId, { capacity: 2 });
    for (const person of people) await person.client.put(`${path}/registration`, {});
    expect((await staff.client.patch(path, { capacity: 1 })).body).toMatchObject({ going: 2, waitlisted: 2 });
    await people[0]!.client.delete(`${path}/registration`);
    expect((await people[2]!.client.get(path)).body.mine).toEqual({ status: 'waitlisted', position: 1, mode: null });
    expect((await staff.client.patch(path, { capacity: 2 })).body).toMatchObject({ going: 2, waitlisted: 1 });
    expect((await people[2]!.client.get(path)).body.mine.status).toBe('going');
  });

  it.each([
    ['a start in the past', { startsAt: '2026-10-12T08:00:00.000Z' }, '/startsAt', 'in_past'],
    ['an end before its start', { endsAt: '2026-10-15T07:00:00.000Z' }, '/endsAt', 'before_start'],
    ['a title that is null', { title: null }, '/title', 'wrong_type'],
    ['a foreign host', { hosts: [randomId()] }, '/hosts/0', 'not_a_member'],
    ['another cohort', { cohortId: randomId() }, '/cohortId', 'unknown_field'],
  ])('given %s, then 422 and nothing changed', async (_name, wrong, field, code) => {
    const { path } = await aWorkshop(staff, cohortId);
    const before = (await staff.client.get(path)).text;
    const answer = await staff.client.patch(path, wrong);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
    expect((await staff.client.get(path)).text).toBe(before);
  });

  it('given it is cancelled with a reason, then all see the reason and no act is left', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    await fellow.client.put(`${path}/registration`, {});
    expect((await staff.client.post(`${path}/cancel`, {})).body.errors).toContainEqual(
      expect.objectContaining({ field: '/reason', code: 'required' }),
    );
    expect((await staff.client.post(`${path}/cancel`, { reason: 'The room is flooded' })).status).toBe(200);
    expect((await fellow.client.get(path)).body).toMatchObject({
      status: 'cancelled',
      cancelReason: 'The room is flooded',
      mine: { status: 'going' },
      abilities: { join: false, leave: false },
    });
    const codes = await Promise.all([
      staff.client.post(`${path}/cancel`, { reason: 'again' }),
      staff.client.patch(path, { title: 'x' }),
      staff.client.post(`${path}/publish`),
      other.client.put(`${path}/registration`, {}),
    ]);
    expect(codes.map((one) => [one.status, one.body.code])).toEqual(Array(4).fill([409, 'cancelled']));
  });

  it('given it is over, then it is kept as it was, but materials may follow', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    world.clock.set('2026-10-15T10:30:00Z');
    expect((await staff.client.patch(path, { title: 'x' })).body).toMatchObject({ status: 409, code: 'over' });
    expect((await staff.client.post(`${path}/cancel`, { reason: 'x' })).body).toMatchObject({
      status: 409,
      code: 'over',
    });
    const materials = [{ title: 'Slides', url: 'https://files.example/slides' }];
    expect((await staff.client.patch(path, { materials })).body.materials).toEqual(materials);
  });
});

describe('the list', () => {
  let here: string;
  let boss: TestPerson;
  let me: TestPerson;

  beforeAll(async () => {
    world.clock.set(NOW);
    const cohort = await aCohort(world);
    here = `/api/cohorts/${cohort}/workshops`;
    boss = await aMember(world, cohort, 'staff');
    me = await aMember(world, cohort, 'fellow');
    const day = (date: string) => ({
      startsAt: `2026-10-${date}T08:00:00.000Z`,
      endsAt: `2026-10-${date}T09:00:00.000Z`,
    });
    await aWorkshop(boss, cohort, { ...day('14'), title: 'Événements publics', kind: 'talk', tags: ['ops'] });
    const second = await aWorkshop(boss, cohort, { ...day('20'), title: 'Field notes' });
    await aWorkshop(boss, cohort, { ...day('20'), title: 'Plain words', tags: ['ops', 'rgaa'] });
    await aWorkshop(boss, cohort, { ...day('22'), title: 'Notebook to service' });
    await me.client.put(`${second.path}/registration`, {});
  });

  const titles = async (query = '') => (await me.client.get(here + query)).body.items.map((one: any) => one.title);

  it('given no filter, then upcoming ones, soonest first, page by page', async () => {
    const all = await titles();
    expect(all).toEqual(['Événements publics', 'Field notes', 'Plain words', 'Notebook to service']);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = (await me.client.get(`${here}?limit=1${cursor && `&cursor=${cursor}`}`)).body;
      paged.push(...page.items.map((one: any) => one.title));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('given one runs now, then it is still upcoming; over, then past ones come latest first', async () => {
    world.clock.set('2026-10-20T08:30:00Z');
    expect(await titles()).toHaveLength(3);
    world.clock.set('2026-10-20T09:00:00Z');
    expect(await titles()).toEqual(['Notebook to service']);
    expect(await titles('?when=past')).toEqual(['Plain words', 'Field notes', 'Événements publics']);
    const first = (await me.client.get(`${here}?when=past&limit=2`)).body;
    expect(await titles(`?when=past&cursor=${first.nextCursor}`)).toEqual(['Événements publics']);
  });

  it.each([
    ['kind=talk', ['Événements publics']],
    ['tag=ops', ['Événements publics', 'Plain words']],
    ['mine=true', ['Field notes']],
    ['q=evenement', ['Événements publics']],
    ['q=serv note', ['Notebook to service']],
    ['q=(a%2B)%2B%24', []],
    ['q=nothing', []],
  ])('given ?%s, then only those', async (query, expected) => {
    expect(await titles(`?${query}`)).toEqual(expected);
  });

  it.each([
    'x[$ne]=',
    'limit=0',
    'limit=1000',
    'cursor=nonsense',
    `cursor=${encodeCursor([1e20, 'f'.repeat(24)])}`,
    'when=never',
    'kind=party',
  ])('given ?%s, then 422', async (query) => {
    expect((await me.client.get(`${here}?${query}`)).status).toBe(422);
  });
});

describe('live', () => {
  /** What the process was told before reaches the same line before this. */
  async function hearsOfAnother({ events }: LiveClient): Promise<void> {
    await world.settled();
    const { id } = await aWorkshop(staff, cohortId);
    const isThere = expect.objectContaining({ workshopId: id, status: 'published' });
    await eventually(() => expect(events.map((one) => one.payload)).toContainEqual(isThere));
  }

  it('given 20 people join at once, then the cohort hears of it once, with the last counts; others never', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => aMember(world, cohortId, 'fellow')));
    const mine = await connect(world.url, fellow.token);
    const theirs = await connect(world.url, outsider.token);
    const { path, id } = await aWorkshop(staff, cohortId, { capacity: 5 });
    const heard = () => mine.events.filter((one) => one.payload.workshopId === id);
    await hearsOfAnother(mine);
    const before = heard().length;
    const bus = world.app.get(EventBus);
    const publish = bus.publish.bind(bus);
    const held: (() => void)[] = [];
    const spy = jest.spyOn(bus, 'publish').mockImplementation((kind, payload) => {
      if (kind === registrationChanged) held.push(() => publish(kind, payload));
      else publish(kind, payload);
    });
    await Promise.all(people.map((person) => person.client.put(`${path}/registration`, {})));
    spy.mockRestore();
    expect(held).toHaveLength(20);
    // However long the 20 took, the process hears of them in one breath.
    for (const tell of held) tell();
    await eventually(() =>
      expect(heard().at(-1)).toEqual({
        event: 'workshop.changed',
        payload: { cohortId, workshopId: id, going: 5, waitlisted: 15, status: 'published', revision: 1 },
      }),
    );
    await hearsOfAnother(mine);
    expect(heard().length - before).toBe(1);
    expect(theirs.events.filter((one) => one.event === 'workshop.changed')).toEqual([]);
    mine.close();
    theirs.close();
  });

  it('given somebody takes part the other way, then who looks at it hears of it', async () => {
    const mine = await connect(world.url, other.token);
    const ways = { capacity: 5, onlineCapacity: 5, link: 'https://meet.example/z' };
    const { path, id } = await aWorkshop(staff, cohortId, ways);
    const heard = () => mine.events.filter((one) => one.payload.workshopId === id && one.payload.going === 1).length;
    await fellow.client.put(`${path}/registration`, { mode: 'onsite' });
    await eventually(() => expect(heard()).toBeGreaterThan(0));
    const before = heard();
    await fellow.client.put(`${path}/registration`, { mode: 'online' });
    await eventually(() => expect(heard()).toBeGreaterThan(before));
    mine.close();
  });

  it('given a draft, then staff and its hosts hear of it, a fellow does not', async () => {
    const [ours, host, theirs] = await Promise.all([staff, coach, fellow].map((one) => connect(world.url, one.token)));
    const { body } = await staff.client.post(list, draftOf({ hosts: [coach.id] }));
    for (const live of [ours!, host!]) {
      await eventually(() => expect(live.events.map((one) => one.payload.workshopId)).toContain(body.id));
    }
    expect(theirs!.events.map((one) => one.payload.workshopId)).not.toContain(body.id);
    [ours, host, theirs].forEach((live) => live!.close());
  });
});

describe('what later rooms read', () => {
  it('given what a person goes to, waits for and hosts, then in time order, once each', async () => {
    const person = await aMember(world, cohortId, 'fellow');
    const at = (hour: string) => ({
      startsAt: `2026-11-02T${hour}:00:00.000Z`,
      endsAt: `2026-11-02T${hour}:45:00.000Z`,
    });
    const waited = await aWorkshop(staff, cohortId, { ...at('11'), capacity: 1 });
    const joined = await aWorkshop(staff, cohortId, at('10'));
    const left = await aWorkshop(staff, cohortId, at('12'));
    const hosted = await aWorkshop(staff, cohortId, { ...at('09'), hosts: [person.id] });
    await other.client.put(`${waited.path}/registration`, {});
    for (const one of [waited, joined, left]) await person.client.put(`${one.path}/registration`, {});
    await person.client.delete(`${left.path}/registration`);
    const reader = world.app.get(WorkshopsReader);
    const range = [new Date('2026-11-02T00:00:00Z'), new Date('2026-11-03T00:00:00Z')] as const;
    const found = await reader.ofPerson(person.id, ...range);
    expect(found.map((one) => [one.workshop.id, one.as])).toEqual([
      [hosted.id, 'hosting'],
      [joined.id, 'going'],
      [waited.id, 'waitlisted'],
    ]);
    expect(await reader.goingIds(waited.id)).toEqual([other.id]);
    expect(await reader.waitingIds(waited.id)).toEqual([person.id]);
    expect((await reader.inCohort(cohortId, ...range)).map((one) => one.id)).toHaveLength(4);
    expect((await reader.startingBetween(new Date('2026-11-02T10:00:00Z'), range[1])).map((one) => one.id)).toEqual([
      joined.id,
      waited.id,
      left.id,
    ]);
    expect(
      await reader.ofPerson(person.id, new Date('2026-11-02T09:45:00Z'), new Date('2026-11-02T10:00:00Z')),
    ).toEqual([]);
    expect(await reader.byId('nonsense')).toBeNull();
  });
});
