import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { aSeries, aWorkshop, draftOf, seriesOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let from: string;
let to: string;
let staff: TestPerson;
let coach: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

beforeEach(async () => {
  world.clock.set(NOW);
  [from, to] = [await aCohort(world), await aCohort(world)];
  const days = { startsOn: '2027-09-01', endsOn: '2028-06-30' };
  await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(to) }, { $set: days });
  staff = await aMember(world, from, 'staff');
  await join(world, to, staff.id, 'staff');
  coach = await aMember(world, from, 'coach');
  outsider = await aMember(world, to, 'staff');
});

const pathOf = (act: '' | '/preview' = '') => `/api/cohorts/${to}/workshops/copy${act}`;
const body = (more: object = {}) => ({ fromCohortId: from, locale: 'fr', ...more });
const preview = (more: object = {}) => staff.client.post(pathOf('/preview'), body(more));
const copy = (more: object = {}) => staff.client.post(pathOf(), body(more));
const rowsIn = (cohortId: string) =>
  world.db
    .collection('workshops')
    .find({ cohortId: new Types.ObjectId(cohortId) })
    .sort({ startsAt: 1 })
    .toArray();
const short = (answer: { body: any }) =>
  answer.body.items.map((one: any) =>
    `${one.title}: ${one.to.startsAt.slice(0, 16)} ${one.fate} ${one.closed?.name ?? ''}`.trim(),
  );
const at = (startsAt: string, title: string, more: object = {}) => ({
  ...{ title, startsAt, endsAt: new Date(Date.parse(startsAt) + 7_200_000).toISOString() },
  ...more,
});

describe('the programme of another cohort', () => {
  it('given it is looked at, then old and new dates stand in a table with holidays by name, and nothing is kept', async () => {
    await aWorkshop(staff, from, at('2026-10-15T08:00:00.000Z', 'Autumn'));
    await aWorkshop(staff, from, at('2026-11-12T09:00:00.000Z', 'Armistice'));
    await aWorkshop(staff, from, at('2027-03-30T08:00:00.000Z', 'Spring'));
    const gone = await aWorkshop(staff, from, at('2026-12-01T09:00:00.000Z', 'Called off'));
    await staff.client.post(`${gone.path}/cancel`, { reason: 'No room' });
    const fellow = await aMember(world, from, 'fellow');
    await fellow.client.post(`/api/cohorts/${from}/workshops`, draftOf({ title: 'Proposed' }));
    const answer = await preview();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ weeks: 52, made: 0 });
    // Each at ten in Paris, before the clocks change and after.
    expect(short(answer)).toEqual([
      'Autumn: 2027-10-14T08:00 copy',
      'Armistice: 2027-11-18T09:00 copy Armistice 1918',
      'Spring: 2028-03-28T08:00 copy',
    ]);
    expect(short(await preview({ onClosed: 'leave_out', locale: 'en' }))[1]).toBe(
      'Armistice: 2027-11-11T09:00 closed Armistice Day',
    );
    expect(short(await preview({ onClosed: 'keep' }))[1]).toBe('Armistice: 2027-11-11T09:00 copy Armistice 1918');
    expect(await rowsIn(to)).toEqual([]);
  });

  it('given it is copied, then drafts stand in the new cohort with who is a member there, and nothing of who came', async () => {
    const both = await aMember(world, from, 'coach');
    await join(world, to, both.id, 'coach');
    const fellow = await aMember(world, from, 'fellow');
    const first = await aWorkshop(staff, from, {
      ...at('2026-10-15T08:00:00.000Z', 'Autumn', { hosts: [coach.id, both.id], link: 'https://meet.example/x' }),
      opensAt: '2026-10-14T16:00:00.000Z',
    });
    await fellow.client.put(`${first.path}/registration`, {});
    const answer = await copy();
    expect([answer.status, answer.body.made]).toEqual([200, 1]);
    const [item] = answer.body.items;
    expect(item).toMatchObject({ id: first.id, fate: 'copied', hostsLeft: 1, outside: false });
    const made = (await outsider.client.get(`/api/cohorts/${to}/workshops/${item.workshopId}`)).body;
    expect(made).toMatchObject({
      title: 'Autumn',
      status: 'draft',
      hosts: [both.id],
      link: 'https://meet.example/x',
      opensAt: '2027-10-13T16:00:00.000Z',
      going: 0,
      channelId: null,
    });
    expect((await fellow.client.get(`/api/cohorts/${to}/workshops/${item.workshopId}`)).status).toBe(404);
  });

  it('given it is copied again, at once by two or after one was dropped, then none is there twice', async () => {
    const { id } = await aWorkshop(staff, from, at('2026-10-15T08:00:00.000Z', 'Autumn'));
    await aSeries(staff, from);
    const answers = await Promise.all([copy(), copy(), copy()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, answer) => sum + Number(answer.body.made), 0)).toBe(11);
    expect(await rowsIn(to)).toHaveLength(11);
    const again = await copy();
    expect(again.body.made).toBe(0);
    expect(new Set(again.body.items.map((one: any) => one.fate))).toEqual(new Set(['copied']));
    const dropped = again.body.items.find((one: any) => one.id === id).workshopId;
    await staff.client.delete(`/api/cohorts/${to}/workshops/${dropped}`);
    await aWorkshop(staff, from, at('2026-10-16T08:00:00.000Z', 'Later thought'));
    expect((await copy()).body.made).toBe(2);
    expect(await rowsIn(to)).toHaveLength(12);
  });

  it('given a series, then it is a series there: in parts, in its numbers, around a holiday, and edited as one', async () => {
    // Thursdays from 22 October on: in 2027 the fourth is Armistice Day, where the series stands a week later already.
    const first = { startsAt: '2026-10-22T07:00:00.000Z', endsAt: '2026-10-22T08:00:00.000Z' };
    const made = await staff.client.post(
      `/api/cohorts/${from}/workshop-series`,
      seriesOf({ ...first, repeat: { unit: 'week', weekdays: [4], until: '2026-11-26' } }),
    );
    const ids: string[] = made.body.dates.map(({ workshopId }: any) => workshopId);
    expect(short(await preview()).map((line: string) => line.slice(15))).toEqual([
      '2027-10-21T07:00 copy',
      '2027-10-28T07:00 copy',
      '2027-11-04T08:00 copy',
      '2027-11-18T08:00 taken Armistice 1918',
      '2027-11-18T08:00 copy',
      '2027-11-25T08:00 copy',
    ]);
    expect((await copy({ only: ids.slice(0, 2) })).body).toMatchObject({ made: 2, items: { length: 2 } });
    expect((await copy()).body.made).toBe(3);
    const rows = await rowsIn(to);
    expect(new Set(rows.map(({ seriesId }) => String(seriesId))).size).toBe(1);
    const series = await staff.client.get(`/api/cohorts/${to}/workshop-series/${String(rows[0]!.seriesId)}`);
    expect(series.body).toMatchObject({ count: 6, repeat: { until: '2027-11-25', weekdays: [4] } });
    expect(series.body.dates.map(({ index }: any) => index)).toEqual([1, 2, 3, 5, 6]);
    const edit = { scope: 'all', workshopId: series.body.dates[0].workshopId, edition: 1, title: 'Renamed' };
    const edited = await staff.client.patch(`/api/cohorts/${to}/workshop-series/${series.body.id}`, edit);
    expect(new Set(edited.body.dates.map(({ title }: any) => title))).toEqual(new Set(['Renamed']));
    expect((await staff.client.get(`/api/cohorts/${from}/workshops/${ids[0]}`)).body.title).toBe('Morning round');
  });

  it('given dates that would be past, then they are left out and say so', async () => {
    const { id } = await aWorkshop(staff, from, at('2026-10-15T08:00:00.000Z', 'Autumn'));
    world.clock.set('2027-11-01T08:00:00.000Z');
    const answer = await copy();
    expect([answer.body.made, answer.body.items[0].id, answer.body.items[0].fate]).toEqual([0, id, 'past']);
  });
});

describe('who may copy a programme', () => {
  it('given who is not staff of both, no login or no such cohort, then it is refused, alike for all that one may not see', async () => {
    const coachHere = await aMember(world, to, 'coach');
    const fellowThere = await aMember(world, to, 'staff');
    await join(world, from, fellowThere.id, 'fellow');
    const admin = await aPerson(world, { isAdmin: true });
    await join(world, to, admin.id, 'staff');
    for (const path of [pathOf(), pathOf('/preview')]) {
      const ask = (client: TestPerson['client'], more: object = {}) => client.post(path, body(more));
      expect((await ask(clientOf(world.url))).status).toBe(401);
      expect((await ask(coach.client)).status).toBe(404);
      expect((await ask(coachHere.client)).status).toBe(403);
      expect((await ask(fellowThere.client)).status).toBe(403);
      expect((await ask(admin.client)).status).toBe(404);
      const unseen = [{}, { fromCohortId: new Types.ObjectId().toString() }, { fromCohortId: 'nothing' }];
      const answers = await Promise.all(unseen.map((more) => ask(outsider.client, more)));
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    }
    expect(await rowsIn(to)).toEqual([]);
  });

  it('given a body that cannot be, then 422 at the field; given a closed cohort, then 409', async () => {
    const wrong = [{ fromCohortId: to }, { locale: 'de' }, { onClosed: 'ask' }, { only: 'all' }];
    const answers = await Promise.all(wrong.map((more) => copy(more)));
    expect(answers.map(({ status, body: { errors } }) => [status, errors[0].field])).toEqual([
      [422, '/fromCohortId'],
      [422, '/locale'],
      [422, '/onClosed'],
      [422, '/only'],
    ]);
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(to) }, { $set: { state: 'closed' } });
    expect([(await copy()).body.code, (await preview()).body.code]).toEqual(['cohort_closed', 'cohort_closed']);
  });
});
