import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf, connect } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../../support/factories.js';
import { beforeItIsWritten } from '../../../support/meanwhile.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;
let host: TestPerson;
let staff: TestPerson;
const project = String(new Types.ObjectId());
const NOBODY = '64b000000000000000000000';
const measure = { kind: 'number', unit: 'visits', start: 2, target: 10 };

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/goals`;
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { projectId: project, name: 'Inès Carpentier' });
  teammate = await aMember(world, cohort, 'fellow', { projectId: project, name: 'Tomasz Wilk' });
  host = await aMember(world, cohort, 'host', { projectId: project });
  staff = await aMember(world, cohort, 'staff', { name: 'Nora Staff' });
});
// Of those that are open with one person there are 20 at most.
afterEach(() => world.db.collection('goals').updateMany({ pair: { $gte: '' } }, { $set: { open: false } }));
afterAll(() => world.stop());

const set = async (by: TestPerson, more: object = {}) => {
  const other = by === coach ? { fellowId: fellow.id } : { coachId: coach.id };
  const answer = await by.client.post(base, { ...other, title: 'Watch people at the counter', measure, ...more });
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return answer.body;
};
const mark = (by: TestPerson, id: string, more: object = {}) =>
  by.client.post(`${base}/${id}/course`, { on: '2026-10-05', value: 4, ...more });
const names = (readers: { name: string }[]) => readers.map(({ name }) => name).sort();
const today = () => world.clock.now().toISOString().slice(0, 10);

describe('a goal and its course', () => {
  it('given a fellow sets one, then both read it, both say where it stands, and its course goes by the day', async () => {
    const goal = await set(fellow, { why: 'We guess too much', until: '2026-12-18' });
    expect(goal).toMatchObject({
      ...{
        title: 'Watch people at the counter',
        why: 'We guess too much',
        measure,
        until: '2026-12-18',
        state: 'open',
      },
      ...{ coach: { id: coach.id }, fellow: { id: fellow.id }, authorId: fellow.id, standing: null, course: [] },
      audience: 'participants',
      abilities: { edit: true, changeMeasure: true, record: true, settle: true },
    });
    expect(names(goal.readers)).toEqual(['Hanna Lindqvist', 'Inès Carpentier']);
    const later = await mark(coach, goal.id, { on: today(), value: 8, words: 'Four in one week' });
    expect(later.status).toBe(201);
    const earlier = await mark(fellow, goal.id, { on: '2026-09-20', value: 4 });
    expect(earlier.body.course.map(({ value, words, by }: any) => [value, words, by.id])).toEqual([
      [4, '', fellow.id],
      [8, 'Four in one week', coach.id],
    ]);
    expect(earlier.body.standing).toEqual({ value: 8, on: today(), share: 0.75, isReached: false });
    expect(earlier.body.abilities.changeMeasure).toBe(false);
    expect((await coach.client.get(`${base}/${goal.id}`)).body.standing.value).toBe(8);
  });

  it('given a coach sets one of yes or no, then 0 and 1 are recorded, and nothing else', async () => {
    const goal = await set(coach, { measure: { kind: 'yes_no' } });
    const wrong = await mark(fellow, goal.id, { value: 2 });
    expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { field: '/value', code: 'yes_or_no' }]);
    expect((await mark(fellow, goal.id, { value: 1 })).body.standing).toMatchObject({ share: 1, isReached: true });
  });

  it('given one wrote a mark, then they take it back, and nobody else does', async () => {
    const goal = await set(fellow);
    const [first] = (await mark(coach, goal.id)).body.course;
    const path = `${base}/${goal.id}/course/${first.id}`;
    expect((await fellow.client.delete(path)).status).toBe(403);
    expect((await fellow.client.get(`${base}/${goal.id}`)).body.course).toHaveLength(1);
    expect((await coach.client.delete(path)).body).toMatchObject({ course: [], standing: null });
    expect((await coach.client.delete(path)).status).toBe(404);
  });

  it.each<[string, object, string, string]>([
    ['nobody', { coachId: undefined }, '/coachId', 'required'],
    ['a stranger', { coachId: NOBODY }, '/coachId', 'not_a_member'],
    ['no title', { title: ' ' }, '/title', 'too_small'],
    ['a target that is the start', { measure: { ...measure, target: 2 } }, '/measure/target', 'same_as_start'],
  ])('given %s, then 422', async (_name, more, field, code) => {
    const answer = await fellow.client.post(base, { coachId: coach.id, title: 'x', measure, ...more });
    expect([answer.status, answer.body.errors?.[0]]).toMatchObject([422, { field, code }]);
  });

  it('given a goal with another fellow, then 422, and staff set none', async () => {
    const answer = await fellow.client.post(base, { coachId: teammate.id, title: 'x', measure });
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, 'not_a_coach']);
    expect((await staff.client.post(base, { coachId: coach.id, title: 'x', measure })).status).toBe(403);
  });

  it.each([
    ['in_future', '2027-10-01'],
    ['too_early', '2024-10-01'],
  ])('given a day that is %s, then 422', async (code, on) => {
    const answer = await mark(fellow, (await set(fellow)).id, { on });
    expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field: '/on', code }]);
  });
});

describe('the readers of a goal', () => {
  it('given one of each audience, then its readers read it, and nobody else, whatever their role', async () => {
    const adminFellow = await aPerson(world, { isAdmin: true });
    await join(world, cohort, adminFellow.id, 'fellow');
    const everybody = {
      ...{ coach, fellow, teammate, host, staff, adminFellow },
      otherCoach: await aMember(world, cohort, 'coach'),
      late: staff,
    };
    const readers: Record<string, string[]> = {
      me: ['fellow'],
      participants: ['coach', 'fellow'],
      team_and_coach: ['coach', 'fellow', 'teammate'],
      staff: ['fellow', 'late', 'staff'],
    };
    const { body } = await fellow.client.get(`${base}/readers/${coach.id}`);
    const made: Record<string, string> = {};
    for (const audience of Object.keys(readers)) {
      const title = `Only for ${audience}, nobody else`;
      const goal = await set(fellow, { audience, title });
      made[audience] = goal.id;
      const named = body.audiences.find((one: any) => one.audience === audience).readers;
      expect(names(goal.readers)).toEqual(names(named));
    }
    everybody.late = await aMember(world, cohort, 'staff');
    readers.staff = ['fellow', 'staff'];
    for (const [audience, who] of Object.entries(readers)) {
      const [listed, read]: [string[], string[]] = [[], []];
      for (const [name, person] of Object.entries(everybody)) {
        const list = await person.client.get(`${base}?limit=200`);
        expect(list.status).toBe(200);
        if (list.text.includes(`Only for ${audience}, nobody else`)) listed.push(name);
        const one = await person.client.get(`${base}/${made[audience]!}`);
        if (one.status === 200) read.push(name);
        else expect([one.status, one.body]).toEqual([404, (await person.client.get(`${base}/${NOBODY}`)).body]);
      }
      expect([listed.sort(), read.sort()]).toEqual([who, who]);
    }
  });

  it('given who only reads it, then they neither record nor change nor end it; who does not, 404; no login, 401', async () => {
    const goal = await set(fellow, { audience: 'team_and_coach' });
    const { course } = (await mark(fellow, goal.id)).body;
    const outsider = await aMember(world, await aCohort(world), 'coach');
    const acts = (person: Pick<TestPerson, 'client'>) => [
      mark(person as TestPerson, goal.id),
      person.client.patch(`${base}/${goal.id}`, { state: 'dropped' }),
      person.client.patch(`${base}/${goal.id}`, { title: 'Mine' }),
      person.client.delete(`${base}/${goal.id}/course/${course[0].id}`),
    ];
    const statuses = async (person: Pick<TestPerson, 'client'>) =>
      (await Promise.all(acts(person))).map(({ status }) => status);
    expect(await statuses(teammate)).toEqual([403, 403, 403, 403]);
    expect(await statuses(staff)).toEqual([404, 404, 404, 404]);
    expect(await statuses(host)).toEqual([404, 404, 404, 404]);
    expect(await statuses(outsider)).toEqual([404, 404, 404, 404]);
    expect(await statuses({ client: clientOf(world.url) })).toEqual([401, 401, 401, 401]);
    for (const path of [base, `${base}/${goal.id}`, `${base}/readers/${coach.id}`]) {
      expect((await clientOf(world.url).get(path)).status).toBe(401);
      expect((await outsider.client.get(path)).status).toBe(404);
    }
    expect((await fellow.client.get(`${base}/${goal.id}`)).body).toMatchObject({ state: 'open', revision: 2 });
  });

  it('given a change of audience, then it only narrows, and only by its author', async () => {
    const goal = await set(coach, { audience: 'team_and_coach' });
    const change = (person: TestPerson, body: object) => person.client.patch(`${base}/${goal.id}`, body);
    expect((await change(fellow, { audience: 'participants' })).status).toBe(403);
    expect(names((await change(coach, { audience: 'participants' })).body.readers)).toHaveLength(2);
    expect(await change(coach, { audience: 'staff' })).toMatchObject({ status: 409, body: { code: 'audience_grows' } });
    expect(names((await change(coach, { audience: 'me' })).body.readers)).toEqual(['Hanna Lindqvist']);
    expect((await fellow.client.get(`${base}/${goal.id}`)).status).toBe(404);
    expect((await mark(fellow, goal.id)).status).toBe(404);
  });

  it('given a session, then the open goals of its pair stand in it, for who reads them; who does not see it, 404', async () => {
    const [ines, karim] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const titled = async (by: TestPerson, title: string, more: object = {}) => {
      const body = { coachId: coach.id, title, measure, ...more };
      return (await by.client.post(base, body)).body;
    };
    await titled(ines, 'Of the two');
    await titled(ines, 'Of her alone', { audience: 'me' });
    await titled(karim, 'Of another pair');
    const over = await titled(ines, 'Reached');
    await ines.client.patch(`${base}/${over.id}`, { state: 'reached' });
    const session = await aSession(cohort, ines, coach.id, '2026-10-20T12:00:00Z');
    const path = `/api/cohorts/${cohort}/sessions/${session.id}/goals`;
    const titles = async (person: TestPerson) =>
      (await person.client.get(path)).body.items.map(({ title }: any) => title);
    expect(await titles(ines)).toEqual(['Of the two', 'Of her alone']);
    expect(await titles(coach)).toEqual(['Of the two']);
    expect(await titles(staff)).toEqual([]);
    for (const person of [karim, host]) expect((await person.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  });

  it('given who left the cohort, then they read it no more; who stays goes on', async () => {
    const [ines, leaver] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'coach')];
    const { body: goal } = await ines.client.post(base, { coachId: leaver.id, title: 'Ours', measure });
    expect((await leaver.client.get(`${base}/${goal.id}`)).status).toBe(200);
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${leaver.id}`)).status).toBeLessThan(300);
    expect((await leaver.client.get(`${base}/${goal.id}`)).status).toBe(404);
    expect((await mark(leaver, goal.id)).status).toBe(404);
    expect((await mark(ines, goal.id)).status).toBe(201);
  });

  it('given a change, then its readers hear of it live, and nobody else', async () => {
    const [mine, theirs, others] = await Promise.all(
      [fellow, coach, staff].map((one) => connect(world.nodes[1]!.url, one.token)),
    );
    const goal = await set(fellow);
    await mark(coach, goal.id);
    const heard = (live: { events: any[] }) =>
      live.events.filter(({ event }) => event === 'goal.changed').map(({ payload }) => payload);
    const told = [1, 2].map((revision) => ({ cohortId: cohort, goalId: goal.id, revision }));
    for (const live of [mine!, theirs!]) await eventually(() => expect(heard(live)).toEqual(told));
    expect(heard(others!)).toEqual([]);
  });
});

describe('the end of a goal', () => {
  it('given one of the two says it is reached, then nothing is recorded, until it is opened again', async () => {
    const goal = await set(fellow);
    const ended = await coach.client.patch(`${base}/${goal.id}`, { state: 'reached', revision: 1 });
    expect(ended.body).toMatchObject({ state: 'reached', endedAt: world.clock.now().toISOString() });
    const late = await mark(fellow, goal.id);
    expect([late.status, late.body.code]).toEqual([409, 'goal_ended']);
    const [open, over] = await Promise.all(
      ['open', 'ended'].map((state) => fellow.client.get(`${base}?state=${state}&userId=${coach.id}&limit=200`)),
    );
    expect(open!.text).not.toContain(goal.id);
    expect(over!.text).toContain(goal.id);
    await fellow.client.patch(`${base}/${goal.id}`, { state: 'open' });
    expect((await mark(fellow, goal.id)).body).toMatchObject({ state: 'open', endedAt: null });
  });

  it('given it is recorded where it stands, then its words may change and its measure not', async () => {
    const goal = await set(fellow);
    const change = (body: object) => fellow.client.patch(`${base}/${goal.id}`, body);
    expect((await change({ measure: { ...measure, target: 12 } })).body.measure.target).toBe(12);
    await mark(coach, goal.id);
    expect(await change({ measure })).toMatchObject({ status: 409, body: { code: 'has_course' } });
    expect((await change({ title: 'Watch them', why: '', until: null })).body).toMatchObject({ title: 'Watch them' });
    expect((await coach.client.patch(`${base}/${goal.id}`, { title: 'Mine' })).status).toBe(403);
  });

  it('given the cohort is closed, then none is set, and what is there is read', async () => {
    const closed = await aCohort(world);
    const [one, two] = [await aMember(world, closed, 'fellow'), await aMember(world, closed, 'coach')];
    const path = `/api/cohorts/${closed}/goals`;
    const goal = (await one.client.post(path, { coachId: two.id, title: 'Before', measure })).body;
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(closed) }, { $set: { state: 'closed' } });
    const late = await one.client.post(path, { coachId: two.id, title: 'After', measure });
    expect([late.status, late.body.code]).toEqual([409, 'cohort_closed']);
    expect((await two.client.get(`${path}/${goal.id}`)).status).toBe(200);
  });
});

describe('races', () => {
  it('given the same is sent again, also at once, then it is kept once', async () => {
    const clientId = 'goal-sent-again';
    const sent = await Promise.all([set(fellow, { clientId }), set(fellow, { clientId }), set(fellow, { clientId })]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    const again = { clientId: 'mark-sent-again', value: 5 };
    const marks = await Promise.all([1, 2, 3].map(() => mark(fellow, sent[0].id, again)));
    expect(marks.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await fellow.client.get(`${base}/${sent[0].id}`)).body.course).toHaveLength(1);
  });

  it('given many record at once, on two processes, then none is lost', async () => {
    const goal = await set(fellow);
    const other = coach.client.on(world.nodes[1]!.url);
    const values = [1, 2, 3, 4, 5, 6];
    await Promise.all(
      values.map((value) =>
        (value % 2 ? fellow.client : other).post(`${base}/${goal.id}/course`, { on: '2026-10-05', value }),
      ),
    );
    const { course, revision } = (await fellow.client.get(`${base}/${goal.id}`)).body;
    expect([course.map(({ value }: any) => value).sort(), revision]).toEqual([values, 7]);
  });

  it('given two change it at once, then one does, and the other is shown it', async () => {
    const goal = await set(fellow);
    const change = (title: string) => fellow.client.patch(`${base}/${goal.id}`, { title, revision: 1 });
    const answers = await Promise.all([change('One'), change('Two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect([lost.body.code, lost.body.now.revision]).toEqual(['stale', 2]);
  });

  it('given more than 20 with one person, also set at once, then 409; with another, and of the other, they may', async () => {
    const [ines, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'coach')];
    const post = (coachId: string, title: string, node = 0) =>
      ines.client.on(world.nodes[node]!.url).post(base, { coachId, title, measure });
    for (let at = 1; at < 20; at += 1) expect((await post(coach.id, `Goal ${at}`)).status).toBe(201);
    const answers = await Promise.all([0, 1, 0].map((node) => post(coach.id, 'The twentieth', node)));
    expect(answers.map(({ status, body }) => String(body.code ?? status)).sort()).toEqual([
      ...['201', 'too_many_goals', 'too_many_goals'],
    ]);
    // Nor by opening one again.
    const [first] = (await ines.client.get(`${base}?limit=1`)).body.items;
    await ines.client.patch(`${base}/${first.id}`, { state: 'dropped' });
    expect((await post(coach.id, 'In its place')).status).toBe(201);
    const again = await ines.client.patch(`${base}/${first.id}`, { state: 'open' });
    expect(again).toMatchObject({ status: 409, body: { code: 'too_many_goals' } });
    expect((await post(other.id, 'With another')).status).toBe(201);
    const theirs = { fellowId: ines.id, title: 'Of the coach', measure };
    expect((await coach.client.post(base, theirs)).status).toBe(201);
  });

  it('given 200 marks, then no more', async () => {
    const goal = await set(fellow);
    const row = { on: '2026-10-01', value: 3, words: '', byId: new Types.ObjectId(fellow.id), createdAt: new Date() };
    const course = Array.from({ length: 199 }, () => ({ id: new Types.ObjectId(), ...row }));
    await world.db.collection('goals').updateOne({ _id: new Types.ObjectId(goal.id) }, { $set: { course } });
    const answers = await Promise.all([mark(fellow, goal.id), mark(coach, goal.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await mark(coach, goal.id)).body.code).toBe('course_full');
  });
});

it('given a fellow is taken out of the cohort as they set a goal, then it is not set', async () => {
  const leaver = await aMember(world, cohort, 'fellow');
  const came = beforeItIsWritten(world, async () => {
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${leaver.id}`)).status).toBeLessThan(300);
  });
  const answer = await leaver.client.post(base, { coachId: coach.id, title: 'Too late', measure });
  expect([came(), answer.status]).toEqual([true, 404]);
  expect((await coach.client.get(`${base}?userId=${leaver.id}`)).body.items).toEqual([]);
});

describe('a goal that goes on with another coach', () => {
  const goOn = (by: TestPerson, goal: { id: string; revision: number }, coachId: string) =>
    by.client.put(`${base}/${goal.id}/coach`, { coachId, revision: goal.revision });
  let next: TestPerson;
  beforeAll(async () => {
    next = await aCoach(world, cohort, {}, { name: 'Marc Delorme' });
  });

  it('given its fellow says so, then the new coach reads and records it, and the one before reads it no more', async () => {
    const goal = await set(coach, { audience: 'team_and_coach' });
    const marked = await mark(coach, goal.id, { words: 'Said before' });
    const live = await connect(world.nodes[1]!.url, coach.token);
    const moved = await goOn(fellow, marked.body, next.id);
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({ coach: { id: next.id }, authorId: fellow.id, abilities: { edit: true } });
    expect(names(moved.body.readers)).toEqual(['Inès Carpentier', 'Marc Delorme', 'Tomasz Wilk']);
    expect((await coach.client.get(`${base}/${goal.id}`)).status).toBe(404);
    const heard = { cohortId: cohort, goalId: goal.id, revision: moved.body.revision };
    await eventually(() => expect(live.events).toContainEqual(expect.objectContaining({ payload: heard })));
    const seen = (await next.client.get(`${base}/${goal.id}`)).body;
    expect(seen.course).toMatchObject([{ words: 'Said before', by: { id: coach.id } }]);
    expect((await mark(next, goal.id, { value: 7 })).body.course).toHaveLength(2);
    const session = await aSession(cohort, fellow, next.id, '2026-10-20T12:00:00Z');
    const inSession = await next.client.get(`/api/cohorts/${cohort}/sessions/${session.id}/goals`);
    expect(inSession.body.items.map(({ id }: any) => id)).toEqual([goal.id]);
    expect((await goOn(fellow, seen, next.id)).body.coach.id).toBe(next.id);
  });

  it('given anybody else, a stale view, somebody who is no coach, or a goal that is over, then it stays', async () => {
    const goal = await set(fellow, { audience: 'team_and_coach' });
    const statuses = [];
    for (const one of [coach, next, teammate, host, staff]) statuses.push((await goOn(one, goal, next.id)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    const stranger = await aMember(world, await aCohort(world), 'fellow');
    expect((await goOn(stranger, goal, next.id)).status).toBe(404);
    expect((await goOn({ ...fellow, client: clientOf(world.url) }, goal, next.id)).status).toBe(401);
    for (const [id, code] of [
      [teammate.id, 'not_a_coach'],
      [NOBODY, 'not_a_member'],
    ] as const) {
      const answer = await goOn(fellow, goal, id);
      expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field: '/coachId', code }]);
    }
    const marked = await mark(fellow, goal.id);
    expect((await goOn(fellow, goal, next.id)).body).toMatchObject({ code: 'stale', now: { course: [{ value: 4 }] } });
    const ended = await fellow.client.patch(`${base}/${goal.id}`, { state: 'dropped', revision: marked.body.revision });
    expect((await goOn(fellow, ended.body, next.id)).status).toBe(403);
    expect((await coach.client.get(`${base}/${goal.id}`)).body.coach.id).toBe(coach.id);
  });

  it('given it is for oneself alone, then the new coach does not read it either', async () => {
    const goal = await set(fellow, { audience: 'me' });
    expect(names((await goOn(fellow, goal, next.id)).body.readers)).toEqual(['Inès Carpentier']);
    expect((await next.client.get(`${base}/${goal.id}`)).status).toBe(404);
  });
});
