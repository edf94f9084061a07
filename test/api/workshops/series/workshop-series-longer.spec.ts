import { Types } from 'mongoose';
import { Outbox } from '../../../../src/infra/outbox/outbox.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';
import { aSeries } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const oneOf = (id: string) => `/api/cohorts/${cohortId}/workshops/${id}`;
const starts = (dates: { startsAt: string }[]) => dates.map(({ startsAt }) => startsAt.slice(5, 16));
const noticesOf = async (person: TestPerson, kind: string) =>
  ((await person.client.get('/api/me/inbox')).body.items as any[]).filter((one) => one.kind === kind);
const series = async (path: string) => (await staff.client.get(path)).body as { edition: number; dates: unknown[] };
/** Wednesdays at 09:00 in Paris: 14, 21 and 28 October 2026, the last after the autumn night. */
const wednesdays = (more: Record<string, unknown> = {}) =>
  aSeries(staff, cohortId, {
    startsAt: '2026-10-14T07:00:00.000Z',
    endsAt: '2026-10-14T08:00:00.000Z',
    repeat: { unit: 'week', weekdays: [3], count: 3 },
    ...more,
  });
const lengthen = (path: string, edition: number, workshopId: string, more: object, person = staff) =>
  person.client.post(`${path}/lengthen`, { workshopId, edition, ...more });
/** Until everybody was served. */
const served = (id: string) =>
  eventually(async () => {
    const row = await world.db.collection('workshop-series').findOne({ _id: new Types.ObjectId(id) });
    expect(row?.growth).toBeUndefined();
  });

describe('a series that goes on', () => {
  it('given three dates over the autumn night, then more at the same hour on the wall, with a holiday named and left out', async () => {
    const { path, dates } = await wednesdays();
    const body = { workshopId: dates[0], count: 6 };
    const preview = await staff.client.post(`${path}/lengthen/preview`, body);
    expect(preview.status).toBe(200);
    expect(
      preview.body.dates.map((one: any) => [one.date, one.startsAt.slice(11, 16), one.closed?.name ?? null]),
    ).toEqual([
      ['2026-11-04', '08:00', null],
      ['2026-11-11', '08:00', expect.stringMatching(/armistice/i)],
      ['2026-11-18', '08:00', null],
    ]);
    const { edition } = await series(path);
    const longer = await lengthen(path, edition, dates[0]!, { count: 6, except: ['2026-11-11'] });
    expect(longer.status).toBe(200);
    expect(starts(longer.body.dates)).toEqual([
      ...['10-14T07:00', '10-21T07:00', '10-28T08:00'],
      ...['11-04T08:00', '11-18T08:00'],
    ]);
    expect(longer.body).toMatchObject({ count: 5, repeat: { count: 6, until: null }, edition: edition + 1 });
    expect(longer.body.dates.map((one: any) => [one.index, one.status])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, 'published']),
    );
    expect((await staff.client.get(oneOf(dates[0]!))).body.series).toMatchObject({ index: 1, count: 5 });

    // What was left out stays so, and over the spring night the hour stays.
    const further = await lengthen(path, edition + 1, dates[1]!, { until: '2027-04-07' });
    const fresh = further.body.dates.slice(5) as { startsAt: string }[];
    expect([fresh[0]!.startsAt.slice(5, 10), fresh.at(-1)!.startsAt.slice(0, 16)]).toEqual([
      '11-25',
      '2027-04-07T07:00',
    ]);
    expect(fresh).toHaveLength(20);
    expect(further.body.repeat).toMatchObject({ count: null, until: '2027-04-07' });
  });

  it('given the first day was left out when it was made, then how often still counts from it', async () => {
    const { path, dates } = await wednesdays({ except: ['2026-10-14'] });
    const { edition } = await series(path);
    const longer = await lengthen(path, edition, dates[0]!, { count: 4 });
    expect(starts(longer.body.dates)).toEqual(['10-21T07:00', '10-28T08:00', '11-04T08:00']);
  });

  it('given all dates were moved to Thursday at ten, then the new ones are on Thursday at ten', async () => {
    const { path, dates } = await wednesdays();
    const moved = await staff.client.patch(path, {
      scope: 'all',
      workshopId: dates[0],
      edition: (await series(path)).edition,
      startsAt: '2026-10-15T08:00:00.000Z',
      endsAt: '2026-10-15T09:00:00.000Z',
    });
    const longer = await lengthen(path, moved.body.edition, dates[0]!, { count: 4 });
    expect(starts(longer.body.dates)).toEqual(['10-15T08:00', '10-22T08:00', '10-29T09:00', '11-05T09:00']);
  });

  it('given who is on all dates, on one, and on none, then places in their order, one notice each, and nothing', async () => {
    const { path, id, dates } = await wednesdays({ capacity: 2 });
    const [all, second, third, some, none] = await Promise.all(
      [1, 2, 3, 4, 5].map(() => aMember(world, cohortId, 'fellow')),
    );
    for (const person of [all, second, third]) await person!.client.put(`${path}/registration`, {});
    await some!.client.put(`${oneOf(dates[1]!)}/registration`, {});
    const longer = await lengthen(path, (await series(path)).edition, dates[2]!, { count: 5 });
    await served(id);
    const mine = async (person: TestPerson) =>
      (await person.client.get(path)).body.dates.slice(3).map((date: any) => date.mine?.status ?? null);
    expect(longer.body.dates).toHaveLength(5);
    expect(await mine(all!)).toEqual(['going', 'going']);
    expect(await mine(second!)).toEqual(['going', 'going']);
    expect(await mine(third!)).toEqual(['waitlisted', 'waitlisted']);
    expect([await mine(some!), await mine(none!)]).toEqual([
      [null, null],
      [null, null],
    ]);
    await eventually(async () => {
      const titles = (await noticesOf(all!, 'workshop.registered')).map(({ title }) => title);
      expect(titles).toEqual([
        'There are more dates. You are going: “Morning round”, 2 dates',
        'You are going: “Morning round”, 3 dates',
      ]);
      expect((await noticesOf(third!, 'workshop.registered'))[0]?.title).toContain(
        'There are more dates. You are on the waiting lists',
      );
      expect((await noticesOf(some!, 'workshop.added')).map(({ title }) => title)).toEqual([
        '“Morning round” goes on: 2 more dates',
      ]);
    });
    expect([await noticesOf(none!, 'workshop.added'), await noticesOf(all!, 'workshop.added')]).toEqual([[], []]);
  });

  it('given the process dies before anybody was served, then they are served all the same, and who left one meanwhile stays away', async () => {
    const { path, id, dates } = await wednesdays();
    const fellow = await aMember(world, cohortId, 'fellow');
    await fellow.client.put(`${path}/registration`, {});
    const { edition } = await series(path);
    const longer = await killedAfter(world, () => lengthen(path, edition, dates[0]!, { count: 5 }));
    const [first] = longer.body.dates.slice(3);
    await fellow.client.put(`${oneOf(first.workshopId as string)}/registration`, {});
    await fellow.client.delete(`${oneOf(first.workshopId as string)}/registration`);
    await followOutbox(world);
    const { body } = await fellow.client.get(path);
    expect(body.dates.slice(3).map((date: any) => date.mine?.status ?? null)).toEqual([null, 'going']);
    await served(id);
  });

  it('given it is lengthened again before anybody was served, then all that was added is served and told together', async () => {
    const { path, dates } = await wednesdays();
    const [all, some] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    await all.client.put(`${path}/registration`, {});
    await some.client.put(`${oneOf(dates[1]!)}/registration`, {});
    await followOutbox(world);
    await killedAfter(world, async () => {
      for (const count of [4, 5])
        expect((await lengthen(path, (await series(path)).edition, dates[0]!, { count })).status).toBe(200);
    });
    await followOutbox(world);
    expect((await noticesOf(all, 'workshop.registered')).map(({ title }) => title)).toEqual([
      'There are more dates. You are going: “Morning round”, 2 dates',
      'You are going: “Morning round”, 3 dates',
    ]);
    expect((await noticesOf(some, 'workshop.added')).map(({ title }) => title)).toEqual([
      '“Morning round” goes on: 2 more dates',
    ]);
  });

  it('given the process dies after it had served them, before they were told, then they are told, once', async () => {
    const { path, id, dates } = await wednesdays();
    const fellow = await aMember(world, cohortId, 'fellow');
    await fellow.client.put(`${oneOf(dates[1]!)}/registration`, {});
    await followOutbox(world);
    const { edition } = await series(path);
    await killedAfter(world, () => lengthen(path, edition, dates[2]!, { count: 5 }));
    await killedAfter(world, () => world.app.get(Outbox).turn());
    await served(id);
    expect(await noticesOf(fellow, 'workshop.added')).toEqual([]);
    await followOutbox(world);
    expect((await noticesOf(fellow, 'workshop.added')).map(({ title }) => title)).toEqual([
      '“Morning round” goes on: 2 more dates',
    ]);
  });

  it('given two who lengthen it at once on two nodes, then one does and the other hears that it is stale', async () => {
    const { path, dates } = await wednesdays();
    const { edition } = await series(path);
    const answers = await Promise.all(
      world.nodes.map(({ url }) =>
        staff.client.on(url).post(`${path}/lengthen`, { workshopId: dates[0], edition, count: 4 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'stale', edition: edition + 1 });
    expect((await series(path)).dates).toHaveLength(4);
  });

  it('given drafts, then the new ones are drafts, and nobody is told', async () => {
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, {
      ...{ title: 'Still a draft', startsAt: '2026-10-14T07:00:00.000Z', endsAt: '2026-10-14T08:00:00.000Z' },
      ...{ timeZone: 'Europe/Paris', capacity: 5, key: 'a-series-of-drafts' },
      repeat: { unit: 'week', weekdays: [3], count: 2 },
    });
    const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
    const longer = await lengthen(path, made.body.edition, made.body.dates[0].workshopId, { count: 3 });
    expect(longer.body.dates.map(({ status }: any) => status)).toEqual(['draft', 'draft', 'draft']);
    const row = await world.db
      .collection('workshop-series')
      .findOne({ _id: new Types.ObjectId(made.body.id as string) });
    expect(row?.growth).toBeUndefined();
  });

  it.each([
    ['no more dates than there are', { count: 3 }, '/count', 'not_longer'],
    ['a day before the last one', { until: '2026-10-20' }, '/until', 'not_longer'],
    ['more dates than a series may have', { until: '2029-01-01' }, '/until', 'too_many_dates'],
    ['neither a number nor a day', {}, '/until', 'required'],
    ['both', { count: 4, until: '2026-12-01' }, '/until', 'required'],
    ['each new day left out', { count: 4, except: ['2026-11-04'] }, '/except', 'no_date_left'],
  ])('given %s, then 422 names the field', async (_name, more, field, code) => {
    const { path, dates } = await wednesdays();
    const { status, body } = await lengthen(path, (await series(path)).edition, dates[0]!, more);
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, field, code]);
  });

  it('given a fellow, an outsider, nobody, a date that was called off or is none of it, then they are refused', async () => {
    const { path, dates } = await wednesdays();
    const { edition } = await series(path);
    const more = { count: 5 };
    const fellow = await aMember(world, cohortId, 'fellow');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await lengthen(path, edition, dates[0]!, more, fellow)).status).toBe(403);
    expect((await fellow.client.post(`${path}/lengthen/preview`, { workshopId: dates[0], ...more })).status).toBe(403);
    expect((await fellow.client.get(path)).body.abilities.lengthen).toBe(false);
    expect((await lengthen(path, edition, dates[0]!, more, outsider)).status).toBe(404);
    expect((await lengthen(path, edition, String(new Types.ObjectId()), more)).status).toBe(404);
    await staff.client.post(`${oneOf(dates[1]!)}/cancel`, { reason: 'Ill' });
    const off = await lengthen(path, (await series(path)).edition, dates[1]!, more);
    expect([off.status, off.body.code]).toEqual([409, 'cancelled']);
    const host = await aMember(world, cohortId, 'coach');
    await staff.client.patch(oneOf(dates[2]!), { hosts: [host.id] });
    expect((await host.client.get(path)).body.abilities.lengthen).toBe(true);
    expect((await lengthen(path, (await series(path)).edition, dates[2]!, more, host)).status).toBe(200);
  });
});
