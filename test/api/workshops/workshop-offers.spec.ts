import { WorkshopNotices } from '../../../src/notifications/notices/workshop.notices.js';
import { Offers } from '../../../src/workshops/registrations/offers.js';
import { RegistrationsRepository } from '../../../src/workshops/registrations/registrations.repository.js';
import type { PlacesToTell } from '../../../src/workshops/workshops.events.js';
import { type TestWorld, NOW, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { remindOnlyOf } from '../../support/reminders/reminders.js';
import { sized } from '../../support/size.js';
import { aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';
import { CHILD_MS } from '../../support/patience.js';

const MINUTE = 60_000;
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellows: TestPerson[];
const ASKING = sized(80, 200);

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  // All that 200 people are reminded of in ten months is another matter.
  await remindOnlyOf(staff, cohortId, 'workshop');
  fellows = await Promise.all(Array.from({ length: ASKING }, () => aMember(world, cohortId, 'fellow')));
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const urlOf = (index: number) => world.nodes[index % 2]!.url;
const after = (minutes: number) => world.clock.set(new Date(Date.parse(NOW) + minutes * MINUTE));
const toldOf = async (person: TestPerson, kind: string, title: string) =>
  (await inbox(person)).find((one) => one.kind === kind && one.params.title === title);
/** What the worker does every few seconds, on both processes at once. */
const turn = () => Promise.all(world.nodes.map((node) => node.app.get(Offers).turn()));
const put = (person: TestPerson, path: string, body: object = {}, node = 0) =>
  person.client.on(urlOf(node)).put(`${path}/registration`, body);
const leave = (person: TestPerson, path: string) => person.client.delete(`${path}/registration`);
/** Hundreds are told of what became of their places: whoever waits for a mail after them waits for all of these. */
const allMailed = async () => {
  await world.settled();
  const open = { _id: { $exists: true }, 'mail.state': { $in: ['waiting', 'sending', 'handing'] } };
  await eventually(async () => {
    const due = { ...open, 'mail.dueAt': { $lte: world.clock.now() } };
    expect(await world.db.collection('notifications').countDocuments(due)).toBe(0);
  }, CHILD_MS);
};
const mine = async (person: TestPerson, path: string) => (await person.client.get(path)).body.mine;
const inbox = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items as { kind: string; title: string; params: any }[];
const standings = async (path: string) => {
  const list = (await staff.client.get(`${path}/registrations?limit=200`)).body.items;
  return list as { userId: string; status: string; mode: string; position?: number }[];
};

it('given many more for 12 places on site and 8 on line, offers that lapse and a clock that moves, then no place is given twice', async () => {
  const { path } = await aWorkshop(staff, cohortId, { capacity: 12, onlineCapacity: 8, offerMinutes: 60 });
  const modeOf = (index: number) => (index % 5 < 3 ? 'onsite' : 'online');
  const answers = await Promise.all(fellows.map((one, index) => put(one, path, { mode: modeOf(index) }, index)));
  expect(answers.map(({ status }) => status)).toEqual(Array(ASKING).fill(200));
  expect((await staff.client.get(path)).body).toMatchObject({
    going: 20,
    goingOnline: 8,
    waitlisted: ASKING - 20,
    offered: 0,
  });

  const person = (userId: string) => fellows.find((one) => one.id === userId)!;
  const going = (await standings(path))
    .filter(({ status, mode }) => status === 'going' && mode === 'onsite')
    .slice(0, 5);
  const next = (await standings(path)).filter(({ status, mode }) => status === 'waitlisted' && mode === 'onsite');
  await Promise.all(going.map(({ userId }) => leave(person(userId), path)));
  const offered = next.slice(0, 5).map(({ userId }) => person(userId));
  for (const one of offered)
    expect(await mine(one, path)).toMatchObject({ status: 'offered', until: hoursAfter(NOW, 1), mode: 'onsite' });
  expect((await staff.client.get(path)).body).toMatchObject({ going: 15, offered: 5, waitlisted: ASKING - 25 });

  // Two take it (one of them twice at once), one declines, two do not answer.
  const taken = await Promise.all([0, 0, 1].map((index, node) => put(offered[index]!, path, { accept: true }, node)));
  expect(taken.map(({ body }) => body.status)).toEqual(['going', 'going', 'going']);
  await leave(offered[2]!, path);
  expect(await mine(person(next[5]!.userId), path)).toMatchObject({ status: 'offered' });
  after(60);
  await turn();
  expect((await put(offered[3]!, path, { accept: true })).body).toMatchObject({ status: 409, code: 'offer_lapsed' });
  expect(await mine(offered[4]!, path)).toBeNull();
  const now = (await standings(path)).filter(({ mode }) => mode === 'onsite');
  expect(now.filter(({ status }) => status === 'going')).toHaveLength(9);
  expect(now.filter(({ status }) => status === 'offered').map(({ userId }) => userId)).toEqual(
    next.slice(6, 9).map(({ userId }) => userId),
  );
  expect(now.find(({ status }) => status === 'waitlisted')).toMatchObject({ userId: next[9]!.userId, position: 1 });
  await allMailed();
});

it('given an offer, then its reader is told until when, in inbox and mail; given it lapses, then that too', async () => {
  const { path } = await aWorkshop(staff, cohortId, { title: 'Field notes', capacity: 1, offerMinutes: 30 });
  const [first, second] = [fellows[0]!, fellows[1]!];
  await put(first, path);
  await put(second, path);
  await leave(first, path);
  await world.settled();
  await eventually(async () =>
    expect(await toldOf(second, 'workshop.offered', 'Field notes')).toMatchObject({
      params: { untilAt: new Date(Date.parse(NOW) + 30 * MINUTE).toISOString() },
    }),
  );
  expect((await toldOf(second, 'workshop.offered', 'Field notes'))!.title).toBe(
    'A place is held for you until Tuesday 13 October at 12:15 (Paris): “Field notes”',
  );
  await eventually(async () => {
    const subjects = (await world.mail.to(second.email)).map(({ subject }) => subject ?? '');
    expect(subjects.some((one) => one.startsWith('A place is held for you until'))).toBe(true);
  });
  after(30);
  await turn();
  await world.settled();
  await eventually(async () => expect(await toldOf(second, 'workshop.lapsed', 'Field notes')).toBeDefined());
});

it('given the start comes, then the place is offered to nobody any more', async () => {
  const { path } = await aWorkshop(staff, cohortId, { capacity: 1, offerMinutes: 10_080 });
  for (const one of fellows.slice(0, 3)) await put(one, path);
  await leave(fellows[0]!, path);
  expect(await mine(fellows[1]!, path)).toMatchObject({ status: 'offered', until: '2026-10-15T08:00:00.000Z' });
  world.clock.set('2026-10-15T08:00:00.000Z');
  await turn();
  expect(await mine(fellows[1]!, path)).toBeNull();
  expect(await mine(fellows[2]!, path)).toMatchObject({ status: 'waitlisted', position: 1 });
  expect((await put(fellows[1]!, path, { accept: true })).body.code).toBe('offer_lapsed');
});

it('given the process died right after it held a place, then its reader is told all the same, and only once', async () => {
  const { path } = await aWorkshop(staff, cohortId, { title: 'Told late', capacity: 1, offerMinutes: 60 });
  const reader = fellows[7]!;
  await put(fellows[8]!, path);
  await put(reader, path);
  await followOutbox(world);
  const told = async () =>
    (await inbox(reader)).filter(({ kind, params }) => kind === 'workshop.offered' && params.title === 'Told late');
  await killedAfter(world, () => leave(fellows[8]!, path));
  expect(await told()).toEqual([]);
  const [row] = (await world.db.collection('outbox').find().toArray()).filter(({ kind }) => kind === 'places.changed');
  expect(row?.['fact'].people).toEqual({ left: [fellows[8]!.id], offered: [reader.id] });
  await followOutbox(world);
  await Promise.all(world.nodes.map(({ app }) => app.get(WorkshopNotices).tellPlaces(row!['fact'] as PlacesToTell)));
  expect(await told()).toHaveLength(1);
});

it('given a place is held, then lost, before its reader hears of it, then they hear only that it is lost', async () => {
  const { path } = await aWorkshop(staff, cohortId, { title: 'Held and lost', capacity: 1, offerMinutes: 30 });
  const [first, reader] = [fellows[9]!, fellows[10]!];
  await put(first, path);
  await put(reader, path);
  await followOutbox(world);
  await killedAfter(world, async () => {
    await leave(first, path);
    after(30);
    await turn();
  });
  await followOutbox(world);
  expect(await toldOf(reader, 'workshop.lapsed', 'Held and lost')).toBeDefined();
  expect(await toldOf(reader, 'workshop.offered', 'Held and lost')).toBeUndefined();
});

it('given a place is held and the workshop is moved to an earlier start, then it is held until then at most, and its reader is told', async () => {
  const { path } = await aWorkshop(staff, cohortId, { title: 'Moved ahead', capacity: 1, offerMinutes: 10_080 });
  const [first, second] = [fellows[3]!, fellows[4]!];
  await put(first, path);
  await put(second, path);
  await leave(first, path);
  const times = { startsAt: '2026-10-14T08:00:00.000Z', endsAt: '2026-10-14T09:00:00.000Z' };
  expect((await staff.client.patch(path, times)).status).toBe(200);
  expect(await mine(second, path)).toMatchObject({ status: 'offered', until: times.startsAt });
  await world.settled();
  await eventually(async () => expect(await toldOf(second, 'workshop.moved', 'Moved ahead')).toBeDefined());
  world.clock.set(times.startsAt);
  expect((await put(second, path, { accept: true })).body.code).toBe('offer_lapsed');
});

it('given a place is held and the workshop is cancelled, then its reader is told, and no turn looks at it for ever', async () => {
  const { path } = await aWorkshop(staff, cohortId, { title: 'Called off', capacity: 1, offerMinutes: 30 });
  const [first, second] = [fellows[5]!, fellows[6]!];
  await put(first, path);
  await put(second, path);
  await leave(first, path);
  await staff.client.post(`${path}/cancel`, { reason: 'The room is gone' });
  await world.settled();
  await eventually(async () => expect(await toldOf(second, 'workshop.cancelled', 'Called off')).toBeDefined());
  after(30);
  await turn();
  const due = await world.app.get(RegistrationsRepository).workshopsWithLapsed(world.clock.now(), 100);
  expect(due).toEqual([]);
  expect(await toldOf(second, 'workshop.lapsed', 'Called off')).toBeUndefined();
  // It stands in their agenda as called off, as in that of who waited.
  expect((await mine(second, path)).status).toBe('offered');
});

it('given a workshop for designers, in a time to join, then only they join, and only then', async () => {
  const [designer, other] = [fellows[0]!, fellows[1]!];
  await designer.client.patch('/api/me', { craft: 'designer' });
  const { path } = await aWorkshop(staff, cohortId, {
    requires: { roles: ['fellow'], crafts: ['designer'] },
    opensAt: hoursAfter(NOW, 1),
    closesAt: hoursAfter(NOW, 2),
  });
  const abilities = async (one: TestPerson) => (await one.client.get(path)).body.abilities.join;
  expect([await abilities(designer), (await put(designer, path)).body.code]).toEqual([false, 'not_open_yet']);
  after(60);
  expect([await abilities(other), (await put(other, path)).body.code]).toEqual([false, 'not_for_you']);
  expect((await put(staff, path)).body.code).toBe('not_for_you');
  expect([await abilities(designer), (await put(designer, path)).body.status]).toEqual([true, 'going']);
  after(120);
  expect((await put(designer, path)).body.status).toBe('going');
  await leave(designer, path);
  expect([await abilities(designer), (await put(designer, path)).body.code]).toEqual([false, 'registration_closed']);
});

it.each([
  ['an offer of no time', { offerMinutes: 0 }, '/offerMinutes'],
  ['an offer of a month', { offerMinutes: 43_200 }, '/offerMinutes'],
  ['a role that is none', { requires: { roles: ['boss'], crafts: [] } }, '/requires/roles/0'],
  ['an opening after the start', { opensAt: '2026-10-15T08:00:00.000Z' }, '/opensAt'],
  ['an end before the opening', { opensAt: hoursAfter(NOW, 2), closesAt: hoursAfter(NOW, 1) }, '/closesAt'],
])('given %s, then it is refused at its field', async (_name, more, field) => {
  const { path } = await aWorkshop(staff, cohortId);
  const answer = await staff.client.patch(path, more);
  expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
});

it('given another cohort or nobody, then there is nothing to accept', async () => {
  const { path } = await aWorkshop(staff, cohortId);
  const outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
  expect((await put(outsider, path, { accept: true })).status).toBe(404);
  expect((await clientOf(world.url).put(`${path}/registration`, { accept: true })).status).toBe(401);
});

describe('the link of a mail', () => {
  const nobody = () => clientOf(world.url);
  const placeIn = (text: string) =>
    new URL(/\S+\/place\/\S+/.exec(text)![0]).pathname.replace('/place/', '/api/places/');
  /** The link of the newest mail about this workshop. */
  const linkOf = async (person: TestPerson, title: string) => {
    let text: string | undefined;
    await eventually(async () => {
      text = (await world.mail.to(person.email)).findLast((mail) => mail.subject?.includes(title))?.text;
      expect(text).toContain('/place/');
    });
    return placeIn(text!);
  };

  it('given who waits, then it says where they stand and leaves, without a login and not by looking', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Link of the line', capacity: 1 });
    await put(fellows[0]!, path);
    await put(fellows[1]!, path);
    await world.settled();
    const link = await linkOf(fellows[1]!, 'Link of the line');
    for (let times = 0; times < 2; times += 1) {
      const answer = await nobody().get(link);
      expect(answer.body).toMatchObject({
        title: 'Link of the line',
        mine: { status: 'waitlisted', position: 1 },
        abilities: { accept: false, leave: true },
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject({ mine: null, abilities: { leave: false } });
    expect((await nobody().post(`${link}/leave`)).status).toBe(200);
    expect(await mine(fellows[1]!, path)).toBeNull();
  });

  it('given an offer, then it takes the place; and who is no member any more has nothing there', async () => {
    const { path } = await aWorkshop(staff, cohortId, { title: 'Link of the offer', capacity: 1, offerMinutes: 60 });
    const leaver = await aMember(world, cohortId, 'fellow');
    await put(fellows[0]!, path);
    await put(leaver, path);
    await leave(fellows[0]!, path);
    await world.settled();
    const link = await linkOf(leaver, 'A place is held for you');
    expect((await nobody().post(`${link}/accept`)).body).toMatchObject({ mine: { status: 'going' } });
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${leaver.id}`);
    expect((await nobody().get(link)).status).toBe(404);
    expect((await nobody().post(`${link}/accept`)).status).toBe(404);
  });

  it.each(['x', `${'0'.repeat(24)}-${'0'.repeat(24)}.mac`, 'a.b.c'])(
    'given %s, then there is nothing',
    async (token) => {
      for (const answer of [
        await nobody().get(`/api/places/${token}`),
        await nobody().post(`/api/places/${token}/leave`),
      ])
        expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    },
  );
});
