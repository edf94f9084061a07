import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { draftOf, seriesOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  [staff, fellow, other] = await Promise.all([
    aMember(world, cohortId, 'staff'),
    aMember(world, cohortId, 'fellow'),
    aMember(world, cohortId, 'fellow'),
  ]);
});

const list = () => `/api/cohorts/${cohortId}/workshops`;
const make = async (who: TestPerson, more: Record<string, unknown> = {}) =>
  await who.client.post(list(), draftOf(more));
const makeSeries = async (who: TestPerson, count: number, more: Record<string, unknown> = {}) =>
  await who.client.post(
    `/api/cohorts/${cohortId}/workshop-series`,
    seriesOf({ repeat: { unit: 'week', weekdays: [2, 4], count }, ...more }),
  );
const titles = async (who: TestPerson, query = '') =>
  ((await who.client.get(`${list()}?limit=200${query}`)).body.items as { title: string }[]).map(({ title }) => title);

describe('how much one may propose', () => {
  it.each(['fellow', 'coach'] as const)(
    'given a %s who makes drafts, many at once, then 20 are kept; a dropped one makes room for another',
    async (role) => {
      const person = await aMember(world, cohortId, role);
      for (let n = 0; n < 18; n += 1) expect((await make(person)).status).toBe(201);
      const rush = await Promise.all(Array.from({ length: 5 }, () => make(person)));
      expect(rush.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409]);
      const refused = await make(person);
      expect(refused.body).toMatchObject({ code: 'too_many_drafts', drafts: 20, dates: 60 });
      const [{ id }] = (await person.client.get(`${list()}?drafts=only&limit=1`)).body.items;
      expect(
        (await person.client.post(`${list()}/${id}/duplicate`, { startsAt: '2026-10-22T08:00:00.000Z' })).status,
      ).toBe(409);
      expect((await person.client.delete(`${list()}/${id}`)).status).toBe(204);
      expect((await make(person)).status).toBe(201);
      expect((await make(other)).status).toBe(201);
    },
  );

  it('given dates of series, then 60 wait at a time, made or added; what staff published waits no more', async () => {
    const made = await makeSeries(fellow, 40);
    expect(made.status).toBe(201);
    expect((await makeSeries(fellow, 21)).body.code).toBe('too_many_drafts');
    expect((await makeSeries(fellow, 19)).status).toBe(201);
    const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
    const { workshopId } = made.body.dates[0];
    const lengthen = async (count: number) =>
      await fellow.client.post(`${path}/lengthen`, { workshopId, edition: made.body.edition, until: null, count });
    expect((await lengthen(42)).body.code).toBe('too_many_drafts');
    expect((await lengthen(41)).status).toBe(200);
    expect((await makeSeries(fellow, 2)).body.code).toBe('too_many_drafts');
    expect((await make(fellow)).status).toBe(201);
    expect((await staff.client.post(`${path}/publish`)).status).toBe(200);
    expect((await makeSeries(fellow, 41)).status).toBe(201);
  });

  it('given words without end, when made or edited later, then they are refused, and nothing of it is kept', async () => {
    const description = 'é'.repeat(20_000);
    expect((await makeSeries(fellow, 60, { description })).body).toMatchObject({ code: 'drafts_too_large', mb: 2 });
    expect(await titles(fellow)).toEqual([]);
    const made = await makeSeries(fellow, 60);
    const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
    const [{ workshopId }] = made.body.dates;
    const edit = { scope: 'all', workshopId, edition: made.body.edition, description };
    expect((await fellow.client.patch(path, edit)).body.code).toBe('drafts_too_large');
    expect((await fellow.client.patch(`${list()}/${workshopId}`, { description })).status).toBe(200);
  });

  it('given staff who plan a whole programme, then there is room for it', async () => {
    const description = 'A longer text of what we do there. '.repeat(60);
    for (let n = 0; n < 25; n += 1) expect((await make(staff, { description })).status).toBe(201);
    for (let n = 0; n < 3; n += 1) expect((await makeSeries(staff, 50, { description })).status).toBe(201);
  });
});

describe('how much one may wish', () => {
  it('given 20 wishes that nobody joined, many written at once, then no other until one is dropped or joined', async () => {
    const base = `/api/cohorts/${cohortId}/wishes`;
    const wish = async (who: TestPerson, n: number) =>
      await who.client.post(base, { subject: `Subject ${n}`, side: 'want' });
    const made = [];
    for (let n = 0; n < 19; n += 1) made.push((await wish(fellow, n)).body.id as string);
    const rush = await Promise.all([20, 21, 22].map((n) => wish(fellow, n)));
    expect(rush.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await wish(fellow, 23)).body).toMatchObject({ code: 'too_many_wishes', most: 20 });
    expect((await other.client.put(`${base}/${made[0]}/sides/want`)).status).toBe(200);
    expect((await wish(fellow, 24)).status).toBe(201);
    expect((await wish(fellow, 25)).status).toBe(409);
    expect((await fellow.client.delete(`${base}/${made[1]}`)).status).toBe(204);
    expect((await wish(fellow, 26)).status).toBe(201);
    expect((await wish(other, 27)).status).toBe(201);
  });
});

describe('what others propose', () => {
  it('stands among drafts alone: for staff, and for whom it names as a host; its maker has it in both', async () => {
    await make(staff, { title: 'Of the programme', hosts: [other.id] });
    await make(fellow, { title: 'Proposed', hosts: [fellow.id, other.id] });
    for (const who of [staff, other]) {
      expect(await titles(who)).toEqual(['Of the programme']);
      expect((await titles(who, '&drafts=only')).sort()).toEqual(['Of the programme', 'Proposed']);
    }
    expect(await titles(fellow)).toEqual(['Proposed']);
    expect(await titles(fellow, '&drafts=only')).toEqual(['Proposed']);
    const stranger = await aMember(world, cohortId, 'fellow');
    expect(await titles(stranger)).toEqual([]);
    expect(await titles(stranger, '&drafts=only')).toEqual([]);
    const elsewhere = await aMember(world, await aCohort(world), 'staff');
    expect((await elsewhere.client.get(`${list()}?drafts=only`)).status).toBe(404);
  });
});

describe('how many workshops one makes in a day', () => {
  it('counts the rows, not the requests', async () => {
    const limited = await startWorld({ env: { RATE_LIMITS: 'on' } });
    try {
      const there = await aCohort(limited);
      const coach = await aMember(limited, there, 'coach');
      const path = `/api/cohorts/${there}/workshop-series`;
      const statuses: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        const made = await coach.client.post(path, seriesOf({ repeat: { unit: 'week', weekdays: [2, 4], count: 60 } }));
        statuses.push(made.status);
        if (made.status === 201) await coach.client.delete(`${path}/${made.body.id}`);
      }
      expect(statuses).toEqual([201, 201, 201, 201, 429]);
    } finally {
      await limited.stop();
    }
  });
});
