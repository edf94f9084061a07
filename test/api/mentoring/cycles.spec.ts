import { Nights } from '../../../src/cohorts/nights/nights.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let staff: TestPerson;
let host: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/cycles`;
  coach = await aCoach(world, cohort, { horizonDays: 365 }, { name: 'Tomasz Wilk' });
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  host = await aMember(world, cohort, 'host');
});
afterAll(() => world.stop());

const aFellow = () => aMember(world, cohort, 'fellow');
const start = async (fellow: TestPerson, goal = 'Read the code of others\nand say why') => {
  const started = await fellow.client.post(base, { coachId: coach.id, goal });
  expect([started.status, started.body.code, started.body.errors]).toEqual([201, undefined, undefined]);
  return started.body;
};
const seen = async (person: TestPerson, id: string) => (await person.client.get(`${base}/${id}`)).body;

describe('a cycle', () => {
  it('given a fellow starts it, then sessions of the pair are numbered, and a cancelled one gives its number back', async () => {
    const fellow = await aFellow();
    const cycle = await start(fellow);
    expect(cycle).toMatchObject({
      coach: { id: coach.id, name: 'Tomasz Wilk' },
      fellow: { id: fellow.id },
      goal: 'Read the code of others\nand say why',
      state: 'open',
      of: 4,
      sessions: [],
      window: { begun: false },
      abilities: { bookNext: true, close: true, writeNote: false },
    });
    const first = await aSession(cohort, fellow, coach.id, '2026-10-20T07:00:00.000Z');
    const second = await aSession(cohort, fellow, coach.id, '2026-10-22T07:00:00.000Z');
    expect(second.cycle).toEqual({ id: cycle.id, number: 2, of: 4, goal: cycle.goal });
    expect(await seen(coach, cycle.id)).toMatchObject({
      sessions: [
        { id: first.id, number: 1 },
        { id: second.id, number: 2 },
      ],
      window: { from: '2026-10-20', until: '2026-11-20', begun: true },
      lapsesOn: '2026-11-28',
    });
    const path = `/api/cohorts/${cohort}/sessions/${first.id}/cancel`;
    expect((await fellow.client.post(path, { reason: 'Ill' })).body.cycle).toBeNull();
    const now = (await fellow.client.get(`/api/cohorts/${cohort}/sessions/${second.id}`)).body;
    expect(now.cycle.number).toBe(1);
  });

  it('given a coach starts it, then it is listed for both, and for staff', async () => {
    const fellow = await aFellow();
    const started = await coach.client.post(base, { fellowId: fellow.id, goal: 'Ship something' });
    expect(started.status).toBe(201);
    for (const person of [fellow, coach, staff]) {
      const { body } = await person.client.get(`${base}?state=open&userId=${fellow.id}`);
      expect(body.items.map((one: any) => one.id)).toContain(started.body.id);
    }
    expect((await fellow.client.get(`${base}?state=ended`)).body.items).toEqual([]);
  });

  it('given a session with others, or with another coach, then it counts in none', async () => {
    const [fellow, other] = [await aFellow(), await aCoach(world, cohort)];
    await start(fellow);
    const elsewhere = await aSession(cohort, fellow, other.id, '2026-10-21T12:00:00.000Z');
    expect(elsewhere.cycle).toBeNull();
  });

  it.each<[string, () => object, string, string]>([
    ['nobody', () => ({}), '/coachId', 'coach_or_fellow'],
    ['both', () => ({ coachId: coach.id, fellowId: coach.id }), '/coachId', 'coach_or_fellow'],
    ['a fellow as who coaches', () => ({ fellowId: coach.id }), '/coachId', 'required'],
    ['staff', () => ({ coachId: staff.id }), '/coachId', 'not_a_coach'],
    ['a stranger', () => ({ coachId: 'nobody' }), '/coachId', 'not_a_member'],
    ['three lines', () => ({ coachId: coach.id, goal: 'a\nb\nc' }), '/goal', 'too_many_lines'],
    ['no goal', () => ({ coachId: coach.id, goal: ' ' }), '/goal', 'too_small'],
  ])('given %s, then 422', async (_name, body, field, code) => {
    const fellow = await aFellow();
    const answer = await fellow.client.post(base, { goal: 'Ship', ...body() });
    expect([answer.status, answer.body.errors?.[0]]).toMatchObject([422, { field, code }]);
  });

  it('given one of the pair or staff ends it with a word, then a new one can be started', async () => {
    const fellow = await aFellow();
    const cycle = await start(fellow);
    const closed = await staff.client.post(`${base}/${cycle.id}/close`, { word: 'Moved to another team' });
    expect(closed.body).toMatchObject({
      state: 'closed',
      end: { by: { id: staff.id }, word: 'Moved to another team' },
    });
    const again = await fellow.client.post(`${base}/${cycle.id}/close`, { word: 'Done' });
    expect([again.status, again.body.code, again.body.now.state]).toEqual([409, 'stale', 'closed']);
    await start(fellow);
  });
});

describe('races', () => {
  it('given two start at once, on two processes, then one does, and the other is shown it', async () => {
    const fellow = await aFellow();
    const answers = await Promise.all([
      fellow.client.post(base, { coachId: coach.id, goal: 'One' }),
      fellow.client.on(world.nodes[1]!.url).post(base, { coachId: coach.id, goal: 'Two' }),
      coach.client.post(base, { fellowId: fellow.id, goal: 'Three' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const won = answers.find(({ status }) => status === 201)!.body.id;
    for (const { status, body } of answers)
      if (status === 409) expect([body.code, body.now.id]).toEqual(['cycle_open', won]);
  });

  it('given two, and then a fifth, are booked at once, then no number is doubled and four count', async () => {
    const fellow = await aFellow();
    const cycle = await start(fellow);
    const times = ['2026-11-02T08', '2026-11-03T08', '2026-11-04T08', '2026-11-05T08', '2026-11-06T08'];
    await Promise.all(times.map((time) => aSession(cohort, fellow, coach.id, `${time}:00:00.000Z`)));
    const { sessions, abilities } = await seen(fellow, cycle.id);
    expect(sessions.map((one: any) => one.number)).toEqual([1, 2, 3, 4]);
    expect(abilities.bookNext).toBe(false);
    const listed = (await fellow.client.get(`/api/cohorts/${cohort}/sessions`)).body.items;
    expect(listed.map((one: any) => one.cycle?.number ?? null)).toEqual([1, 2, 3, 4, null]);
  });
});

describe('who has to do with a cycle', () => {
  it('given another pair, 404; another cohort, the same 404 to the byte; no login, 401; a host, 403', async () => {
    const [fellow, another] = [await aFellow(), await aFellow()];
    const otherCoach = await aMember(world, cohort, 'coach');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    const { id } = await start(fellow);
    const acts: [string, object | null][] = [
      ['', null],
      ['/note', null],
      ['/close', { word: 'No' }],
      ['/note', { body: 'No', audience: 'staff' }],
    ];
    for (const [path, body] of acts) {
      const ask = (person: TestPerson, which = id, in_ = base) =>
        body ? person.client.post(`${in_}/${which}${path}`, body) : person.client.get(`${in_}/${which}${path}`);
      for (const person of [another, otherCoach]) {
        const [mine, unknown] = [await ask(person), await ask(person, '64b000000000000000000000')];
        expect([mine.status, mine.body]).toEqual([404, unknown.body]);
      }
      expect((await ask(host)).status).toBe(403);
      const [there, nowhere] = [await ask(outsider), await ask(outsider, '64b000000000000000000000')];
      expect([there.status, there.body]).toEqual([404, nowhere.body]);
      const nobody = clientOf(world.url);
      const unsigned = await (body ? nobody.post(`${base}/${id}${path}`, body) : nobody.get(`${base}/${id}${path}`));
      expect(unsigned.status).toBe(401);
    }
    expect((await staff.client.post(base, { coachId: coach.id, goal: 'x' })).status).toBe(403);
  });
});

describe('the end of a cycle', () => {
  it('given four were held, then the closing note of its coach ends it, and only its readers read it', async () => {
    const project = await aMember(world, cohort, 'fellow');
    const fellow = await aFellow();
    const made = await staff.client.post(`/api/cohorts/${cohort}/projects`, {
      ...{ name: 'Permits', agency: 'Prefecture', fellowIds: [fellow.id, project.id], hostIds: [host.id] },
      coachId: coach.id,
    });
    expect(made.status).toBe(201);
    const { id } = await start(fellow);
    const path = `${base}/${id}/note`;
    const days = ['2026-10-14', '2026-10-15', '2026-10-16', '2026-10-19'];
    const sessions = await Promise.all(days.map((day) => aSession(cohort, fellow, coach.id, `${day}T13:00:00.000Z`)));
    const note = { body: 'You read **more** than you write now.', audience: 'team_and_coach' };
    const early = await coach.client.post(path, note);
    expect([early.status, early.body.code, early.body.held]).toEqual([409, 'not_held_yet', 0]);
    world.clock.set('2026-10-19T15:00:00.000Z');
    for (const { id: sessionId } of sessions) {
      const done = await coach.client.post(`/api/cohorts/${cohort}/sessions/${sessionId}/complete`, {
        outcome: 'held',
      });
      expect(done.status).toBe(200);
    }
    expect((await fellow.client.post(path, note)).status).toBe(403);
    expect((await staff.client.post(path, note)).status).toBe(403);
    const { audiences } = (await coach.client.get(path)).body;
    const readersOf = (audience: string) =>
      audiences.find((one: any) => one.audience === audience).readers.map((one: any) => one.id);
    expect(new Set(readersOf('participants'))).toEqual(new Set([coach.id, fellow.id]));
    expect(new Set(readersOf('team_and_coach'))).toEqual(new Set([coach.id, fellow.id, project.id]));
    expect(readersOf('staff')).toContain(staff.id);
    expect(audiences.flatMap((one: any) => one.readers.map((reader: any) => reader.id))).not.toContain(host.id);

    const [one, two] = await Promise.all([coach.client.post(path, note), coach.client.post(path, note)]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    expect(await seen(fellow, id)).toMatchObject({ state: 'completed', held: 4, hasNote: true, canReadNote: true });
    expect((await project.client.get(path)).body.note).toMatchObject({ body: note.body, author: { id: coach.id } });
    expect(await seen(project, id)).toMatchObject({ canReadNote: true, sessions: [] });
    expect((await staff.client.get(path)).body).toEqual({ note: null, audiences: [] });
    expect((await host.client.get(path)).status).toBe(403);
  });

  it('given its month and a week are over, then it lapses, and one can be started anew', async () => {
    const fellow = await aFellow();
    const cycle = await start(fellow);
    world.clock.set(new Date(`${cycle.lapsesOn}T00:00:00Z`));
    await world.app.get(Nights).turn();
    expect(await seen(fellow, cycle.id)).toMatchObject({ state: 'lapsed', end: { by: null, word: null } });
    await start(fellow);
  });

  it('given its month and a week are over, and nobody has looked since, then one can be started all the same', async () => {
    const fellow = await aFellow();
    const cycle = await start(fellow);
    world.clock.set(new Date(`${cycle.lapsesOn}T00:00:00Z`));
    const anew = await start(fellow);
    expect(anew.id).not.toBe(cycle.id);
    expect(await seen(fellow, cycle.id)).toMatchObject({ state: 'lapsed' });
  });
});
