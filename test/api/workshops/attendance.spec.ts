import type { AttendanceMark } from '../../../src/contracts/workshops/workshops.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const BEGINS = '2026-10-15T07:45:00.000Z';
const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';
const TOO_LATE = '2026-10-15T11:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let outsider: TestPerson;
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  ({ path } = await aWorkshop(staff, cohortId, { capacity: 2, hosts: [coach.id] }));
});

const join = (person: TestPerson) => person.client.put(`${path}/registration`, {});
const codeOf = async (person: TestPerson = coach): Promise<string> =>
  (await person.client.get(`${path}/attendance`)).body.code;
const say = (person: TestPerson, body: object, node = 0) =>
  person.client.on(world.nodes[node]!.url).post(`${path}/attendance`, body);
const mark = (person: TestPerson, userId: string, status: AttendanceMark) => say(person, { userId, status });
const mine = async (person: TestPerson) => (await person.client.get(path)).body.mine?.status ?? null;
const counts = async () => {
  const { going, waitlisted } = (await staff.client.get(path)).body;
  return { going, waitlisted };
};

describe('the code', () => {
  it('given hosts and staff ask for it on two processes at once, then it is one, and says when it counts', async () => {
    const asked = await Promise.all(
      [coach, staff, coach, staff].map(({ client }, index) =>
        client.on(world.nodes[index % 2]!.url).get(`${path}/attendance`),
      ),
    );
    expect(new Set(asked.map(({ body }) => body.code)).size).toBe(1);
    expect(asked[0]!.body).toEqual({
      code: expect.stringMatching(/^[2-9A-DF-HJKMNP-Z]{6}$/),
      from: BEGINS,
      until: TOO_LATE,
    });
  });

  it('given anybody else, then it is not told, by this way or another', async () => {
    await join(fellow);
    const code = await codeOf();
    expect((await fellow.client.get(`${path}/attendance`)).body.code).toBe('forbidden');
    expect((await outsider.client.get(`${path}/attendance`)).status).toBe(404);
    expect((await clientOf(world.url).get(`${path}/attendance`)).status).toBe(401);
    for (const way of [path, `${path}/registrations`, `/api/cohorts/${cohortId}/workshops`])
      expect((await fellow.client.get(way)).text).not.toContain(code);
  });

  it('given a draft or a cancelled one, then there is none', async () => {
    const draft = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
      ...{ title: 'Not yet', startsAt: RUNS, endsAt: OVER, timeZone: 'Europe/Paris', capacity: 2 },
    });
    const of = `/api/cohorts/${cohortId}/workshops/${draft.body.id}/attendance`;
    expect((await staff.client.get(of)).body).toMatchObject({ status: 409, code: 'not_published' });
    await staff.client.post(`${path}/cancel`, { reason: 'Nobody can.' });
    expect((await staff.client.get(`${path}/attendance`)).body).toMatchObject({ status: 409, code: 'cancelled' });
  });
});

describe('a participant', () => {
  it('given the code within its time, typed anyhow and more than once, then they were there, and count once', async () => {
    await join(fellow);
    const code = await codeOf();
    expect((await say(fellow, { code })).body).toMatchObject({ status: 409, code: 'too_early' });
    world.clock.set(BEGINS);
    expect((await fellow.client.get(path)).body.abilities.checkIn).toBe(true);
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`.toLowerCase();
    const answers = await Promise.all([code, typed, code].map((one, node) => say(fellow, { code: one }, node % 2)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      Array(3).fill([200, { userId: fellow.id, status: 'attended' }]),
    );
    expect([await mine(fellow), await counts()]).toEqual(['attended', { going: 1, waitlisted: 0 }]);
    world.clock.set(TOO_LATE);
    expect((await say(fellow, { code })).body).toMatchObject({ status: 409, code: 'too_late' });
  });

  it('given a wrong code, then 422; given ten, then 429, for them alone', async () => {
    await join(fellow);
    await join(other);
    const code = await codeOf();
    world.clock.set(RUNS);
    const wrong = await say(fellow, { code: 'AAAAAA' });
    expect([wrong.status, wrong.body.errors]).toEqual([422, [{ field: '/code', code: 'wrong_code' }]]);
    for (let tries = 1; tries < 10; tries += 1) await say(fellow, { code: 'AAAAAA' }, tries % 2);
    const limited = await say(fellow, { code });
    expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await say(other, { code })).body.status).toBe('attended');
  });

  it('given no place, then the code gives none', async () => {
    const code = await codeOf();
    world.clock.set(RUNS);
    expect((await say(fellow, { code })).body).toMatchObject({ status: 409, code: 'no_place' });
    expect((await say(coach, { code })).body).toMatchObject({ status: 409, code: 'hosting' });
    expect(await counts()).toEqual({ going: 0, waitlisted: 0 });
  });

  it('given they cannot come, then they say so, keep the place in the books, and may take it back', async () => {
    await join(fellow);
    expect((await say(fellow, { status: 'excused' })).body).toEqual({ userId: fellow.id, status: 'excused' });
    expect([await mine(fellow), await counts()]).toEqual(['excused', { going: 1, waitlisted: 0 }]);
    const agenda = await fellow.client.get(`/api/me/agenda?from=${NOW}&to=${OVER}`);
    expect([agenda.status, agenda.text.includes(path.split('/').at(-1)!)]).toEqual([200, false]);
    expect((await say(fellow, { status: 'going' })).body.status).toBe('going');
    await world.settled();
    const told = (await fellow.client.get('/api/me/inbox')).body.items as { kind: string; link: string }[];
    expect(
      told.filter(({ kind, link }) => kind === 'workshop.registered' && path.endsWith(link.slice(-24))),
    ).toHaveLength(1);
  });

  it('given others wait, then they leave instead', async () => {
    const third = await aMember(world, cohortId, 'fellow');
    for (const one of [fellow, other, third]) await join(one);
    expect((await say(fellow, { status: 'excused' })).body).toMatchObject({ status: 409, code: 'others_wait' });
    expect([await mine(third), await counts()]).toEqual(['waitlisted', { going: 2, waitlisted: 1 }]);
  });

  it.each([
    ['there', 'attended'],
    ['missed', 'absent'],
  ])('given they say of themselves that they were %s, without the code, then 403', async (_name, status) => {
    await join(fellow);
    world.clock.set(RUNS);
    expect((await say(fellow, { status })).status).toBe(403);
    expect((await say(fellow, { userId: fellow.id, status })).status).toBe(403);
    expect(await mine(fellow)).toBe('going');
  });

  it('given they speak of somebody else, then 403', async () => {
    await join(other);
    world.clock.set(RUNS);
    expect((await mark(fellow, other.id, 'excused')).status).toBe(403);
    expect(await mine(other)).toBe('going');
  });
});

describe('the list of the hosts', () => {
  it('given a host and staff mark at once, then each counts, others hear of it, and what was wrong is put right', async () => {
    await join(fellow);
    await join(other);
    world.clock.set(OVER);
    const marked = await Promise.all([mark(coach, fellow.id, 'attended'), mark(staff, other.id, 'absent')]);
    expect(marked.map(({ body }) => body.status)).toEqual(['attended', 'absent']);
    expect([await mine(fellow), await mine(other)]).toEqual(['attended', 'absent']);
    const seen = async (person: TestPerson) =>
      (await person.client.get(`${path}/registrations`)).body.items.map(({ userId }: { userId: string }) => userId);
    expect([await seen(coach), await seen(fellow)]).toEqual([[fellow.id, other.id], [fellow.id]]);
    expect((await mark(coach, other.id, 'attended')).body.status).toBe('attended');
    expect((await mark(coach, other.id, 'going')).body.status).toBe('going');
    expect(await counts()).toEqual({ going: 2, waitlisted: 0 });
  });

  it('given it is too early, then nobody was there yet', async () => {
    await join(fellow);
    expect((await mark(coach, fellow.id, 'attended')).body).toMatchObject({ status: 409, code: 'too_early' });
    expect((await mark(coach, fellow.id, 'excused')).body.status).toBe('excused');
  });

  it('given who came without a place, or from the line, and it was full, then each gets one, once, with the way they asked for', async () => {
    const [waits, walksIn] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'alumni')];
    for (const one of [fellow, other, waits]) await join(one);
    world.clock.set(RUNS);
    const marks = [waits, walksIn, walksIn, waits].map(({ id }, index) =>
      say(coach, { userId: id, status: 'attended' }, index % 2),
    );
    expect((await Promise.all(marks)).map(({ body }) => body.status)).toEqual(Array(4).fill('attended'));
    expect(await counts()).toEqual({ going: 4, waitlisted: 0 });
    const { items } = (await coach.client.get(`${path}/registrations`)).body;
    expect(items.map(({ userId, status }: any) => [userId, status])).toEqual([
      [fellow.id, 'going'],
      [other.id, 'going'],
      [waits.id, 'attended'],
      [walksIn.id, 'attended'],
    ]);
    await eventually(async () => expect(await mine(walksIn)).toBe('attended'));
  });

  it.each([
    ['absent', 'no_place'],
    ['excused', 'no_place'],
  ] as const)('given who never joined, then they are not %s', async (status, code) => {
    world.clock.set(RUNS);
    expect((await mark(coach, fellow.id, status)).body).toMatchObject({ status: 409, code });
  });

  it('given somebody of another cohort, or nobody, then 422 says so, and nothing is written', async () => {
    world.clock.set(RUNS);
    for (const userId of [outsider.id, '0123456789abcdef01234567', 'me']) {
      const answer = await mark(staff, userId, 'attended');
      expect([answer.status, answer.body.errors]).toEqual([422, [{ field: '/userId', code: 'not_a_member' }]]);
    }
    expect(await counts()).toEqual({ going: 0, waitlisted: 0 });
  });

  it('given another cohort or no login, then there is nothing', async () => {
    world.clock.set(RUNS);
    expect((await mark(outsider, fellow.id, 'attended')).status).toBe(404);
    expect((await clientOf(world.url).post(`${path}/attendance`, { code: 'AAAAAA' })).status).toBe(401);
  });
});

it.each([
  ['nothing', {}, '/status', 'required'],
  ['both', { code: 'ABC234', status: 'going' }, '/status', 'required'],
  ['the code of another', { code: 'ABC234', userId: 'x' }, '/userId', 'not_allowed'],
  ['a place in line', { userId: 'x', status: 'waitlisted' }, '/status', 'not_allowed'],
  ['an operator', { code: { $ne: '' } }, '/code', 'wrong_type'],
  ['an unknown field', { status: 'going', mode: 'online' }, '/mode', 'unknown_field'],
])('given %s is said, then 422 at its field', async (_name, body, field, code) => {
  const answer = await say(staff, body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
});

describe('marks that waited on a device', () => {
  const minutesBefore = (instant: string, minutes: number) =>
    new Date(Date.parse(instant) - minutes * 60_000).toISOString();
  const send = (person: TestPerson, marks: object[], sentAt: string, node = 0) =>
    person.client.on(world.nodes[node]!.url).post(`${path}/attendance/marks`, { sentAt, marks });

  it('given two hosts were without a network, then what was said last stands, whoever sends last; a wrong clock does no harm', async () => {
    for (const one of [fellow, other]) await join(one);
    world.clock.set(OVER);
    const late = minutesBefore(OVER, 5);
    const early = minutesBefore(OVER, 20);
    // The coach's clock is a year ahead.
    const ahead = (instant: string) => new Date(Date.parse(instant) + 365 * 86_400_000).toISOString();
    const fromCoach = [
      { userId: fellow.id, status: 'attended', at: ahead(late) },
      { userId: other.id, status: 'absent', at: ahead(early) },
    ];
    const fromStaff = [
      { userId: fellow.id, status: 'absent', at: early },
      { userId: other.id, status: 'attended', at: late },
    ];
    const [one, two] = await Promise.all([send(coach, fromCoach, ahead(OVER)), send(staff, fromStaff, OVER, 1)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect([await mine(fellow), await mine(other), await counts()]).toEqual([
      'attended',
      'attended',
      { going: 2, waitlisted: 0 },
    ]);
    const again = await send(staff, fromStaff, OVER);
    expect(again.body.items.map((item: { status: string }) => item.status)).toEqual(['attended', 'attended']);
  });

  it('given who gave the code after a mark was made, then they were there', async () => {
    await join(fellow);
    const code = await codeOf();
    world.clock.set(RUNS);
    await say(fellow, { code });
    world.clock.set(OVER);
    const marks = [{ userId: fellow.id, status: 'absent', at: minutesBefore(RUNS, 3) }];
    await send(coach, marks, OVER);
    expect(await mine(fellow)).toBe('attended');
  });

  it('given one that cannot be, then it keeps no other back and says why', async () => {
    await join(fellow);
    world.clock.set(RUNS);
    const answer = await send(
      coach,
      [
        { userId: other.id, status: 'absent', at: RUNS },
        { userId: outsider.id, status: 'attended', at: RUNS },
        { userId: 'nobody', status: 'attended', at: RUNS },
        { userId: fellow.id, status: 'attended', at: RUNS },
      ],
      RUNS,
    );
    expect(answer.body.items.map((item: any) => [item.status, item.refused])).toEqual([
      [null, 'no_place'],
      [null, 'not_a_member'],
      [null, 'not_a_member'],
      ['attended', null],
    ]);
  });

  it('given anybody else, then 403, 404, 401', async () => {
    const marks = [{ userId: fellow.id, status: 'attended', at: RUNS }];
    expect((await send(fellow, marks, RUNS)).status).toBe(403);
    expect((await send(outsider, marks, RUNS)).status).toBe(404);
    expect((await clientOf(world.url).post(`${path}/attendance/marks`, { sentAt: RUNS, marks })).status).toBe(401);
  });
});
