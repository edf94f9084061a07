import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { rowsOf, tick } from '../../support/reminders/reminders.js';
import { pace } from '../../support/patience.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let peer: TestPerson;
let fellow: TestPerson;
let staff: TestPerson;
const NOW = '2026-10-13T09:45:00.000Z';
/** By how many milliseconds the act whose turn it is begins before the others: first a tight race, at last one that it wins anywhere. */
const HEAD_STARTS = [0, 0, 5, 10, 40, 160, 640, 2560];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  peer = await aCoach(world, cohort, {}, { name: 'Maud Perrin' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
});
afterAll(() => world.stop());

const node = (index: number) => world.nodes[index % 2]!.url;
const rowOf = async (id: string) => await world.db.collection('sessions').findOne({ _id: new Types.ObjectId(id) });
const claimsOf = async (id: string, person: TestPerson) =>
  (((await rowOf(id))!.claims ?? []) as string[]).filter((claim) => claim.includes(person.id)).length;
const feedOf = async (person: TestPerson, uid: string) => {
  const { body } = await person.client.post('/api/me/calendar-feed');
  const path = new URL(body.url as string).pathname;
  const { events } = readIcs(await (await fetch(new URL(path, world.url))).text());
  return events.find((event) => event.uid.includes(uid));
};
const agendaOf = async (person: TestPerson, index: number) => {
  const { body } = await person.client
    .on(node(index))
    .get('/api/me/agenda?from=2026-10-13T00:00:00Z&to=2026-11-30T00:00:00Z');
  return body.items as { id: string; status: string; startsAt: string }[];
};

it('given cancel, reschedule, complete and hand-over of one revision at once, then one wins and all that is told agrees', async () => {
  const seen = new Set<number>();
  for (const [round, headStart] of HEAD_STARTS.entries()) {
    const startsAt = `2026-10-${19 + (round % 5)}T${round < 5 ? '07' : '08'}:00:00Z`;
    const session = await aSession(cohort, fellow, coach.id, startsAt);
    // The one instant at which a session may be completed and still handed over.
    world.clock.set(startsAt);
    const path = `/api/cohorts/${cohort}/sessions/${session.id}`;
    const acts = [
      () => fellow.client.on(node(0)).post(`${path}/cancel`, { reason: 'Ill today', revision: 1 }),
      () =>
        staff.client.on(node(1)).post(`${path}/reschedule`, {
          startsAt: `2026-11-${String(round < 5 ? round + 2 : round + 4).padStart(2, '0')}T08:00:00Z`,
          revision: 1,
        }),
      () => coach.client.on(node(round)).post(`${path}/complete`, { outcome: 'held', revision: 1 }),
      () => staff.client.on(node(round + 1)).post(`${path}/hand-over`, { coachId: peer.id, revision: 1 }),
    ];
    // Who begins changes, so that every act has its turn.
    const order = acts.map((_, index) => (index + round) % acts.length);
    const answers = await Promise.all(
      order.map(async (index, place) => {
        if (place > 0 && headStart > 0) await pace(headStart);
        return await acts[index]!();
      }),
    );
    const won = answers.filter((answer) => answer.status === 200);
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual(
      expect.arrayContaining([
        [200, undefined],
        [409, 'stale'],
      ]),
    );
    expect(won).toHaveLength(1);
    seen.add(order[answers.indexOf(won[0]!)]!);
    const { status, coachId, revision } = won[0]!.body;
    const at = won[0]!.body.startsAt as string;
    for (const { body } of answers.filter((answer) => answer.status !== 200)) {
      expect(body).toMatchObject({ code: 'stale', now: { status, coachId, revision: 2, startsAt: at } });
    }
    expect(revision).toBe(2);
    const [mine, other] = coachId === coach.id ? [coach, peer] : [peer, coach];
    const views = await Promise.all([fellow, mine, staff].map((one, index) => one.client.on(node(index)).get(path)));
    for (const { body } of views) {
      expect(body).toMatchObject({ status, coachId, startsAt: at, revision: 2 });
      expect(body.history).toHaveLength(2);
    }
    expect((await other.client.on(node(1)).get(path)).status).toBe(404);

    const isOff = status === 'cancelled';
    expect(await claimsOf(session.id, other)).toBe(0);
    expect((await claimsOf(session.id, mine)) > 0).toBe(!isOff);
    expect(await feedOf(mine, session.id)).toMatchObject({ sequence: 1, status: isOff ? 'CANCELLED' : 'CONFIRMED' });
    expect(await feedOf(other, session.id)).toBeUndefined();
    const there = await Promise.all([agendaOf(mine, 0), agendaOf(fellow, 1)]);
    for (const items of there) {
      expect(items.find(({ id }) => id === session.id)).toMatchObject({ status, startsAt: at });
    }
    expect((await agendaOf(other, 0)).map(({ id }) => id)).not.toContain(session.id);

    await tick(world);
    await eventually(async () => {
      const rows = (await rowsOf(world, session.id as string)).filter((row) => row.state === 'planned');
      const moved = status === 'scheduled' && at !== session.startsAt;
      expect(new Set(rows.map((row) => String(row.userId)))).toEqual(new Set(moved ? [coach.id, fellow.id] : []));
    });
    world.clock.set(NOW);
  }
  expect(seen.size).toBeGreaterThan(1);
});

it('given two hand-overs to two coaches at once, then one has it, and the time of the other is free', async () => {
  const third = await aCoach(world, cohort);
  const session = await aSession(cohort, fellow, coach.id, '2026-10-27T08:00:00Z');
  const path = `/api/cohorts/${cohort}/sessions/${session.id}/hand-over`;
  const answers = await Promise.all([
    coach.client.on(node(0)).post(path, { coachId: peer.id, revision: 1 }),
    staff.client.on(node(1)).post(path, { coachId: third.id, revision: 1 }),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  const winner = answers.find((answer) => answer.status === 200)!.body.coachId as string;
  expect(answers.find((answer) => answer.status === 409)!.body).toMatchObject({
    code: 'stale',
    now: { coachId: winner, revision: 2 },
  });
  for (const person of [coach, peer, third]) {
    expect((await claimsOf(session.id, person)) > 0).toBe(person.id === winner);
  }
});

it('given a hand-over and a booking for the same hour of the coach at once, then their time is taken once', async () => {
  const session = await aSession(cohort, fellow, coach.id, '2026-10-28T08:00:00Z');
  const other = await aMember(world, cohort, 'fellow');
  const [over, booked] = await Promise.all([
    staff.client.on(node(0)).post(`/api/cohorts/${cohort}/sessions/${session.id}/hand-over`, { coachId: peer.id }),
    other.client.on(node(1)).post(`/api/cohorts/${cohort}/sessions`, {
      coachId: peer.id,
      startsAt: '2026-10-28T08:00:00Z',
      minutes: 45,
      need: 'The same hour.',
    }),
  ]);
  expect([
    [200, 409],
    [409, 201],
  ]).toContainEqual([over.status, booked.status]);
  const now = (await staff.client.get(`/api/cohorts/${cohort}/sessions/${session.id}`)).body;
  expect(now.coachId).toBe(over.status === 200 ? peer.id : coach.id);
});

it('given an action is written down while its session goes over, then it is of those who meet there by then', async () => {
  const write = async (startsAt: string, owner: TestPerson) => {
    const session = await aSession(cohort, fellow, coach.id, startsAt);
    const path = `/api/cohorts/${cohort}/sessions/${session.id}`;
    const handOver = () => staff.client.on(node(1)).post(`${path}/hand-over`, { coachId: peer.id });
    const cameFirst = beforeItIsWritten(world, handOver);
    const written = await fellow.client.post(`${path}/actions`, { text: 'Bring the letters', ownerId: owner.id });
    expect([cameFirst(), (await fellow.client.get(path)).body.coachId]).toEqual([true, peer.id]);
    return { path, written };
  };
  const { path, written } = await write('2026-11-03T08:00:00Z', fellow);
  expect(written.status).toBe(201);
  const done = { state: 'done' };
  expect((await peer.client.patch(`${path}/actions/${written.body.id}`, done)).status).toBe(200);
  // Of the coach who gave it up there is nothing to be done in it.
  const { written: refused } = await write('2026-11-04T08:00:00Z', coach);
  expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/ownerId', code: 'not_in_session' }]]);
});

describe('a note is written while its session goes over', () => {
  const write = async (startsAt: string, body: object, happens = 'hand-over', told: object = { coachId: peer.id }) => {
    const path = `/api/cohorts/${cohort}/sessions/${(await aSession(cohort, fellow, coach.id, startsAt)).id}`;
    const cameFirst = beforeItIsWritten(world, () => staff.client.on(node(1)).post(`${path}/${happens}`, told));
    const written = await fellow.client.post(`${path}/notes`, body);
    expect([cameFirst(), (await fellow.client.get(path)).body.revision]).toEqual([true, 2]);
    return { path, written };
  };
  const readersOf = ({ body }: { body: any }) => body.readers.map(({ id }: { id: string }) => id).sort();
  const note = { body: 'What we found', audience: 'participants', clientId: '5b0e7a52-93b0-4a3c-9c63-4f4d0c1e2a11' };

  it('given it is for both, then nobody reads it before its author has seen who meets there by now', async () => {
    const { path, written } = await write('2026-11-05T08:00:00Z', note);
    expect([written.status, written.body.code]).toEqual([409, 'stale']);
    for (const person of [coach, peer, fellow])
      expect((await person.client.get(`${path}/notes`)).text).not.toContain(note.body);
    const again = await fellow.client.post(`${path}/notes`, note);
    expect([again.status, readersOf(again)]).toEqual([201, [fellow.id, peer.id].sort()]);
  });

  it('given it is for its author alone, or the session only moves, then it is written', async () => {
    const { written: mine } = await write('2026-11-12T13:00:00Z', { ...note, audience: 'me' });
    expect([mine.status, readersOf(mine)]).toEqual([201, [fellow.id]]);
    const later = { startsAt: '2026-11-16T13:00:00Z' };
    const { written: both } = await write('2026-11-13T13:00:00Z', note, 'reschedule', later);
    expect([both.status, readersOf(both)]).toEqual([201, [coach.id, fellow.id].sort()]);
  });
});
