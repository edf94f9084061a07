import { Types } from 'mongoose';
import { Notifier } from '../../../../src/notifications/notifier.js';
import { SeriesNotices } from '../../../../src/notifications/notices/series.notices.js';
import { WorkshopNotices } from '../../../../src/notifications/notices/workshop.notices.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { tick } from '../../../support/reminders/reminders.js';
import { aSeries, aWorkshop } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let others: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  fellow = await aMember(world, cohortId, 'fellow');
  others = await Promise.all([1, 2, 3].map(() => aMember(world, cohortId, 'fellow')));
});

const oneOf = (id: string) => `/api/cohorts/${cohortId}/workshops/${id}`;
const times = (body: any) => body.dates.map(({ startsAt }: any) => startsAt.slice(5, 16));
const noticesOf = async (person: TestPerson, kind: string) =>
  ((await person.client.get('/api/me/inbox')).body.items as any[]).filter((one) => one.kind === kind);
const rowsOf = (ids: string[]) =>
  world.db
    .collection('workshops')
    .find({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } })
    .sort({ recurrenceId: 1 })
    .toArray();

describe('joining a whole series', () => {
  it('given full and closed dates among them, then each date answers for itself, and one notice tells of all', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { capacity: 2 });
    await staff.client.patch(oneOf(dates[0]!), { capacity: 1 });
    await others[0]!.client.put(`${oneOf(dates[0]!)}/registration`, {});
    await staff.client.patch(oneOf(dates[1]!), { closesAt: '2026-10-13T09:00:00.000Z' });
    await staff.client.post(`${oneOf(dates[2]!)}/cancel`, { reason: 'Ill' });
    const answer = await fellow.client.put(`${path}/registration`, {});
    expect(answer.status).toBe(200);
    expect(answer.body.dates).toHaveLength(9);
    expect(answer.body.dates.slice(0, 3)).toMatchObject([
      { workshopId: dates[0], mine: { status: 'waitlisted', position: 1 }, refused: null },
      { workshopId: dates[1], mine: null, refused: 'registration_closed' },
      { workshopId: dates[3], mine: { status: 'going' }, refused: null },
    ]);
    expect((await fellow.client.put(`${path}/registration`, {})).body).toEqual(answer.body);
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.registered')).toHaveLength(1));
    expect((await noticesOf(fellow, 'workshop.registered'))[0]).toMatchObject({
      title: 'You are going: “Morning round”, 8 dates',
      body: 'On one of them you are on the waiting list.',
    });
    const mail = (await world.mail.to(fellow.email))[0]!;
    expect(mail.text?.match(/\(Paris\)/g)).toHaveLength(8);
    const left = await fellow.client.delete(`${path}/registration`);
    expect(left.body.dates.map(({ mine }: any) => mine)).toEqual(Array(8).fill(null));
    expect((await staff.client.get(oneOf(dates[3]!))).body.going).toBe(0);
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.left')).toHaveLength(1));
    await followOutbox(world);
    expect(await noticesOf(fellow, 'workshop.left')).toHaveLength(1);
    expect((await noticesOf(fellow, 'workshop.left'))[0]!.title).toBe('You left “Morning round”, 8 dates');
  });

  it('given they have something else on some dates, then these are not joined and it is said what, and with `despite` they are', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { title: 'Over others' });
    const { startsAt, endsAt } = (await staff.client.get(oneOf(dates[1]!))).body;
    const other = await aWorkshop(staff, cohortId, { title: 'There before', startsAt, endsAt });
    expect((await fellow.client.put(`${other.path}/registration`, {})).status).toBe(200);
    const { body } = await fellow.client.put(`${path}/registration`, {});
    expect(body.dates.map(({ refused }: any) => refused)).toEqual(
      dates.map((id) => (id === dates[1] ? 'clash' : null)),
    );
    expect(body.there).toMatchObject([{ kind: 'workshop', id: other.id, title: 'There before', startsAt }]);
    const again = (await fellow.client.put(`${path}/registration`, { despite: true })).body;
    expect(again.dates.map(({ mine }: any) => mine?.status)).toEqual(dates.map(() => 'going'));
    expect(again.there).toEqual([]);
  });

  describe('told of together', () => {
    const ofMine = (workshopId: string) => ({
      workshopId: new Types.ObjectId(workshopId),
      userId: new Types.ObjectId(fellow.id),
    });
    const actId = new Types.ObjectId();
    const write = (workshopId: string, change: object) =>
      world.db.collection('registrations').updateOne(ofMine(workshopId), change);
    /** As the act left it. */
    const byAct = (workshopId: string) => write(workshopId, { $set: { actId } });
    let dates: string[];
    beforeEach(async () => {
      ({ dates } = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 3 } }));
      for (const id of dates) await fellow.client.put(`${oneOf(id)}/registration`, {});
      await eventually(async () => expect(await noticesOf(fellow, 'workshop.registered')).toHaveLength(3));
    });
    const tellJoined = () => world.app.get(SeriesNotices).tellPlaces({ userIds: [fellow.id], actId: String(actId) });
    const toldTogether = async () =>
      (await noticesOf(fellow, 'workshop.registered')).slice(0, -3).map(({ title }) => title as string);

    it('given a place is offered on one of them and accepted meanwhile, then that is told by itself', async () => {
      const [one, two, offered] = dates as [string, string, string];
      await byAct(one);
      await byAct(two);
      await write(offered, { $set: { status: 'offered' } });
      const accepted = world.clock.now().getTime() + 1000;
      const notifier = world.app.get(Notifier);
      const notify = notifier.notify.bind(notifier);
      jest.spyOn(notifier, 'notify').mockImplementationOnce(async (notice) => {
        await write(offered, { $set: { status: 'going', since: new Date(accepted) } });
        await notify(notice);
      });
      await tellJoined();
      expect(await toldTogether()).toEqual(['You are going: “Morning round”, 2 dates']);
      const places = { workshopId: offered, at: accepted, people: { registered: [fellow.id] } };
      for (let times = 0; times < 2; times += 1) await world.app.get(WorkshopNotices).tellPlaces(places);
      expect((await toldTogether()).sort()).toEqual([
        'You are going: “Morning round”',
        'You are going: “Morning round”, 2 dates',
      ]);
    });

    it('given each date was told of by itself, then nobody hears of them again', async () => {
      await tellJoined();
      expect(await toldTogether()).toEqual([]);
    });
  });

  it('given who hosts one of the dates, then that one says so and the others are joined', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 3 } });
    await staff.client.patch(oneOf(dates[1]!), { hosts: [fellow.id] });
    const answer = await fellow.client.put(`${path}/registration`, {});
    expect(answer.body.dates.map(({ refused }: any) => refused)).toEqual([null, 'hosting', null]);
  });
});

describe('editing a series', () => {
  it('given 10:00 for all, then 10:00 in Paris on each date ahead, one notice, and no reminder at the old time', async () => {
    const { path, dates } = await aSeries(staff, cohortId);
    await fellow.client.put(`${path}/registration`, {});
    await staff.client.post(`${oneOf(dates[4]!)}/cancel`, { reason: 'Holiday' });
    await staff.client.patch(oneOf(dates[5]!), { title: 'Guest round', place: 'Room Chartreuse' });
    world.clock.set('2026-10-28T12:00:00.000Z');
    const { edition } = (await staff.client.get(path)).body;
    const seen = (await staff.client.get(oneOf(dates[2]!))).body;
    const answer = await staff.client.patch(path, {
      ...{ scope: 'all', workshopId: dates[2], edition, title: seen.title },
      startsAt: '2026-11-03T09:00:00.000Z',
      endsAt: '2026-11-03T10:00:00.000Z',
    });
    expect(answer.status).toBe(200);
    expect(times(answer.body).map((time: string) => time.slice(6))).toEqual([
      ...['07:00', '08:00', '09:00', '09:00', '08:00'],
      ...['09:00', '09:00', '09:00', '09:00', '09:00'],
    ]);
    expect(answer.body.dates[5]).toMatchObject({ title: 'Guest round', place: 'Room Chartreuse' });
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.moved')).toHaveLength(2));
    await tick(world);
    await tick(world);
    const moved = await noticesOf(fellow, 'workshop.moved');
    expect(moved.map(({ title }) => title)).toEqual([
      '“Morning round” changed: 7 dates',
      expect.stringContaining('“Guest round” changed: Tuesday 24 November'),
    ]);
    const ofSeries = (await world.mail.to(fellow.email)).filter(({ subject }) => subject?.includes('7 dates'));
    expect(ofSeries).toHaveLength(1);
    const due = await eventually(async () => {
      const rows = await world.db
        .collection('reminders')
        .find({ 'subject.id': new Types.ObjectId(dates[3]), userId: new Types.ObjectId(fellow.id), state: 'planned' })
        .toArray();
      const found = rows.map((row) => (row.dueAt as Date).toISOString());
      expect(found).toContain('2026-11-10T08:00:00.000Z');
      return found;
    });
    expect(due).not.toContain('2026-11-10T07:00:00.000Z');
  });

  it('given more places for this and the following, then the lines of those move up; the dates before are as they were', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { capacity: 1 });
    for (const person of others.slice(0, 2)) await person.client.put(`${path}/registration`, {});
    await staff.client.patch(path, { scope: 'following', workshopId: dates[6], edition: 1, capacity: 2 });
    const rows = await rowsOf(dates);
    expect(rows.map(({ going }) => going.onsite)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(rows.map(({ edition }) => edition ?? 1)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
    await eventually(async () => expect(await noticesOf(others[1]!, 'workshop.promoted')).toHaveLength(4));
  });

  it('given an edition that is over, a date that is not of it, or an hour that is past, then nothing is changed', async () => {
    const { path, dates } = await aSeries(staff, cohortId);
    await staff.client.patch(oneOf(dates[3]!), { title: 'By somebody else' });
    const edit = (more: object) =>
      staff.client.patch(path, { scope: 'all', workshopId: dates[0], edition: 2, ...more });
    const stale = await edit({ edition: 1, title: 'Too late' });
    expect([stale.status, stale.body.code, stale.body.edition]).toEqual([409, 'stale', 2]);
    expect((await edit({ workshopId: new Types.ObjectId().toString(), title: 'Where' })).status).toBe(404);
    const past = await edit({ startsAt: '2026-10-12T07:00:00.000Z', endsAt: '2026-10-12T08:00:00.000Z' });
    expect([past.status, past.body.errors[0].code]).toEqual([422, 'in_past']);
    world.clock.set('2027-03-01T12:00:00.000Z');
    expect((await edit({ title: 'After the end' })).body.code).toBe('over');
    const rows = await rowsOf(dates);
    expect(new Set(rows.map(({ title }) => title))).toEqual(new Set(['Morning round', 'By somebody else']));
    expect((await staff.client.get(path)).body.edition).toBe(2);
  });
});

describe('cancelling a series', () => {
  it('given this and the following, then they are called off with one notice, the drafts among them dropped, the others stay', async () => {
    const { path, dates } = await aSeries(staff, cohortId);
    await fellow.client.put(`${path}/registration`, {});
    const cancel = { scope: 'following', workshopId: dates[7], edition: 1, reason: 'The room is gone' };
    expect((await staff.client.post(`${path}/cancel`, { ...cancel, edition: 0 })).body.code).toBe('stale');
    const answer = await staff.client.post(`${path}/cancel`, cancel);
    expect(answer.body.dates.map(({ status }: any) => status)).toEqual([
      ...Array<string>(7).fill('published'),
      ...Array<string>(3).fill('cancelled'),
    ]);
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.cancelled')).toHaveLength(1));
    expect((await noticesOf(fellow, 'workshop.cancelled'))[0]).toMatchObject({
      title: 'Cancelled: “Morning round”, 3 dates',
      body: expect.stringContaining('“The room is gone”'),
    });
    await eventually(async () => {
      const rows = world.db.collection('reminders');
      const planned = { 'subject.id': new Types.ObjectId(dates[8]), state: 'planned' };
      expect(await rows.countDocuments(planned)).toBe(0);
    });
    const again = await staff.client.post(`${path}/cancel`, { ...cancel, edition: 2 });
    expect(again.body.code).toBe('over');
  });
});

describe('the channel of a series', () => {
  it('given ten dates, then there is one, for who goes to any of them, until the last date is over', async () => {
    const { path, dates } = await aSeries(staff, cohortId, { title: 'Round of the channel' });
    await fellow.client.put(`${path}/registration`, {});
    await others[0]!.client.put(`${oneOf(dates[9]!)}/registration`, {});
    const channels = () =>
      world.db.collection('channels').find({ cohortId: new Types.ObjectId(cohortId), name: 'round-of-the-channel' });
    const channel = await eventually(async () => {
      const [one, ...more] = await channels().toArray();
      expect(more).toEqual([]);
      const rows = await rowsOf(dates);
      expect(rows.map(({ channelId }) => String(channelId))).toEqual(Array(10).fill(String(one?._id)));
      return one!;
    });
    await eventually(async () => {
      for (const person of [fellow, others[0]!])
        expect((await person.client.get('/api/channels')).text).toContain(String(channel._id));
    });
    expect((await others[1]!.client.get('/api/channels')).text).not.toContain(String(channel._id));
  });
});
