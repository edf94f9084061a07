import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aSeries, seriesOf } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let outsider: TestPerson;
let list: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  fellow = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world), 'staff');
  list = `/api/cohorts/${cohortId}/workshop-series`;
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const workshops = `/workshops`;
const oneOf = (id: string) => `/api/cohorts/${cohortId}${workshops}/${id}`;
const starts = (body: any): string[] => body.dates.map((date: { startsAt: string }) => date.startsAt.slice(5, 16));
const countOf = () => world.db.collection('workshops').countDocuments({ cohortId: new Types.ObjectId(cohortId) });

describe('planning a series', () => {
  const preview = {
    startsAt: '2026-10-14T08:00:00.000Z',
    endsAt: '2026-10-14T09:00:00.000Z',
    timeZone: 'Europe/Paris',
  };

  it('given a rule, then the preview says which dates it makes and which are holidays, and keeps nothing', async () => {
    const repeat = { unit: 'week', weekdays: [3], until: '2026-11-11' };
    const answer = await fellow.client.post(`${list}/preview`, { ...preview, repeat, locale: 'fr' });
    expect(answer.status).toBe(200);
    expect(answer.body.dates.map(({ date, closed }: any) => `${date} ${closed?.name ?? ''}`.trim())).toEqual([
      '2026-10-14',
      '2026-10-21',
      '2026-10-28',
      '2026-11-04',
      '2026-11-11 Armistice 1918',
    ]);
    expect(answer.body.dates[2].startsAt).toBe('2026-10-28T09:00:00.000Z');
    expect(await countOf()).toBe(0);
  });

  it.each([
    ['no end', { unit: 'week', weekdays: [3] }, '/repeat/until', 'required'],
    ['two ends', { unit: 'week', weekdays: [3], until: '2026-12-01', count: 3 }, '/repeat/until', 'required'],
    ['a month without which', { unit: 'month', weekdays: [3], count: 3 }, '/repeat/ordinal', 'required'],
    ['too many', { unit: 'week', weekdays: [1, 2, 3, 4, 5], until: '2027-06-30' }, '/repeat/until', 'too_many_dates'],
    ['an end before the start', { unit: 'week', weekdays: [3], until: '2026-10-01' }, '/repeat/until', 'before_start'],
  ])('given %s, then 422 at the field', async (_, repeat, field, code) => {
    const answer = await staff.client.post(`${list}/preview`, { ...preview, repeat });
    expect([answer.status, answer.body.errors[0].field, answer.body.errors[0].code]).toEqual([422, field, code]);
  });
});

describe('making a series', () => {
  it('given a double click, then one series of drafts is made, all dates of it, with their own places', async () => {
    const body = seriesOf({ except: ['2026-11-03'] });
    const answers = await Promise.all([1, 2, 3].map(() => staff.client.post(list, body)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const series = answers[0]!.body;
    expect(series).toMatchObject({ count: 9, edition: 1, abilities: { edit: true, publish: true, discard: true } });
    expect(starts(series).slice(0, 3)).toEqual(['10-20T07:00', '10-27T08:00', '11-10T08:00']);
    expect(await countOf()).toBe(9);
    const second = (await staff.client.get(oneOf(series.dates[1].workshopId))).body;
    expect(second).toMatchObject({ status: 'draft', capacity: 20, series: { id: series.id, index: 2, count: 9 } });
    expect(series.dates[1].recurrenceId).toBe(second.startsAt);
    expect((await fellow.client.get(`${list}/${series.id}`)).status).toBe(404);
    expect((await staff.client.delete(`${list}/${series.id}`)).status).toBe(204);
    expect(await countOf()).toBe(0);
  });

  it('given a date in the past, no date left or a stranger as host, then 422 and nothing is made', async () => {
    const past = seriesOf({ startsAt: '2026-10-06T07:00:00.000Z', endsAt: '2026-10-06T08:00:00.000Z' });
    const none = seriesOf({ repeat: { unit: 'week', weekdays: [2], count: 2 }, except: ['2026-10-20', '2026-10-27'] });
    const answers = await Promise.all(
      [past, none, seriesOf({ hosts: [outsider.id] })].map((body) => staff.client.post(list, body)),
    );
    expect(answers.map(({ status, body }) => [status, body.errors[0].field, body.errors[0].code])).toEqual([
      [422, '/startsAt', 'in_past'],
      [422, '/except', 'no_date_left'],
      [422, '/hosts/0', 'not_a_member'],
    ]);
    expect(await countOf()).toBe(0);
  });

  it('given a fellow, then it is a proposal that staff publish whole; given opening days, then each date has its own', async () => {
    const body = seriesOf({ repeat: { unit: 'week', weekdays: [2], count: 3 }, opensAt: '2026-10-18T10:00:00.000Z' });
    const { id, abilities, dates } = (await fellow.client.post(list, body)).body;
    expect(abilities).toMatchObject({ edit: true, publish: false });
    expect((await fellow.client.post(`${list}/${id}/publish`)).status).toBe(403);
    const published = await staff.client.post(`${list}/${id}/publish`);
    expect(published.body.dates.map(({ status }: any) => status)).toEqual(['published', 'published', 'published']);
    expect((await staff.client.post(`${list}/${id}/publish`)).body.code).toBe('already_published');
    expect((await staff.client.get(oneOf(dates[1].workshopId))).body.opensAt).toBe('2026-10-25T11:00:00.000Z');
  });
});

describe('who may do what with a series', () => {
  it('given another cohort, no login, another role or an unknown id, then it is refused as anywhere', async () => {
    const { path, dates } = await aSeries(staff, cohortId);
    const edit = { scope: 'all', workshopId: dates[0], edition: 1, title: 'Mine' };
    const cancel = { scope: 'all', workshopId: dates[0], edition: 1, reason: 'Because' };
    const acts = (person: Pick<TestPerson, 'client'>, to: string) => [
      person.client.get(to),
      person.client.patch(to, edit),
      person.client.post(`${to}/cancel`, cancel),
      person.client.post(`${to}/publish`),
      person.client.delete(to),
      person.client.put(`${to}/registration`, {}),
      person.client.delete(`${to}/registration`),
    ];
    const statuses = async (answers: Promise<{ status: number }>[]) =>
      (await Promise.all(answers)).map(({ status }) => status);
    expect(await statuses(acts(outsider, path))).toEqual(Array(7).fill(404));
    expect(await statuses(acts({ client: clientOf(world.url) }, path))).toEqual(Array(7).fill(401));
    const foreign = path.replace(cohortId, await aCohort(world));
    expect(await statuses(acts(staff, foreign))).toEqual(Array(7).fill(404));
    const unknown = await staff.client.get(`${list}/${new Types.ObjectId().toString()}`);
    expect(unknown.status).toBe(404);
    expect((await outsider.client.get(path)).text).toBe(unknown.text);
    expect(await statuses(acts(fellow, path).slice(1, 5))).toEqual([403, 403, 403, 403]);
    expect(await statuses(acts(coach, path).slice(1, 5))).toEqual([403, 403, 403, 403]);
  });

  it('given a coach who hosts some dates only, then the whole is not theirs to edit, but what follows may be', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 4 } });
    const { edition } = (
      await staff.client.patch(path, { scope: 'following', workshopId: dates[2], edition: 1, hosts: [coach.id] })
    ).body;
    const edit = (scope: string, from: string) =>
      coach.client.patch(path, { scope, workshopId: from, edition, title: 'With a coach' });
    expect((await edit('all', dates[2]!)).status).toBe(403);
    const following = await edit('following', dates[2]!);
    expect(following.body.dates.map(({ title }: any) => title)).toEqual([
      'Morning round',
      'Morning round',
      'With a coach',
      'With a coach',
    ]);
  });
});
