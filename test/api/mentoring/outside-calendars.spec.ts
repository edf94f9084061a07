import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Types } from 'mongoose';
import type { OutsideCalendar } from '../../../src/contracts/mentoring/outside-calendars.js';
import { OutsideCalendarReader } from '../../../src/mentoring/outside/outside-calendar-reader.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { busyByIcal, event, icsWith, manyEvents } from '../../support/servers/outside-calendar.js';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;
let staff: TestPerson;
/** What the server elsewhere answers at each path, and what it was asked. */
const pages = new Map<string, RequestListener>();
const asked: { path: string; headers: Record<string, unknown> }[] = [];
const elsewhere = createServer((request, response) => {
  asked.push({ path: request.url ?? '', headers: request.headers });
  (pages.get(request.url ?? '') ?? ((_, to) => to.writeHead(404).end()))(request, response);
});
let base: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  world = await startWorld({ nodes: 2, env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  for (const node of world.nodes) Object.assign(node.app.get(OutsideCalendarReader).limits, { timeoutMs: 1500 });
  cohort = await aCohort(world);
  fellow = await aMember(world, cohort, 'fellow');
  staff = await aMember(world, cohort, 'staff');
});
afterAll(async () => {
  await world.stop();
  elsewhere.closeAllConnections();
  elsewhere.close();
});

const pathOf = (more = '', place = cohort) => `/api/cohorts/${place}/coaches/me/outside-calendars${more}`;
const calendars = async (coach: TestPerson) => (await coach.client.get(pathOf())).body.items as OutsideCalendar[];
let paths = 0;
const serve = (answer: RequestListener | string) => {
  const path = `/secret-${(paths += 1)}.ics`;
  pages.set(path, typeof answer === 'string' ? (_, to) => to.end(answer) : answer);
  return path;
};
const add = async (coach: TestPerson, answer: RequestListener | string, more = {}) => {
  const path = serve(answer);
  const made = await coach.client.post(pathOf(), { address: base + path, ...more });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return { path, id: (made.body as OutsideCalendar).id };
};
const tried = async (coach: TestPerson, id: string, since: string | null = null) => {
  let found: OutsideCalendar | undefined;
  await eventually(async () => {
    found = (await calendars(coach)).find((one) => one.id === id);
    expect(found?.triedAt).not.toBe(since);
  });
  return found!;
};
/** Moves the clock by a quarter of an hour and has it read. */
const later = async (coach: TestPerson, id: string, minutes = 15) => {
  const { triedAt } = (await calendars(coach)).find((one) => one.id === id)!;
  world.clock.advance(minutes * 60_000);
  await coach.client.post(pathOf(`/${id}/read`));
  return await tried(coach, id, triedAt);
};
const slots = async (coach: TestPerson, query: string, place = cohort, who = fellow) =>
  (await who.client.get(`/api/cohorts/${place}/slots?${query}&coachId=${coach.id}&explain=1`)).body;
const WEDNESDAY = 'from=2026-10-13T22:00:00Z&to=2026-10-14T22:00:00Z';
const PARIS = ';TZID=Europe/Paris:';
const morning = event('UID:1@x', 'SUMMARY:Dentist', `DTSTART${PARIS}20261014T100000`, `DTEND${PARIS}20261014T103000`);
const starts = (list: { startsAt: string }[]) => list.map((slot) => slot.startsAt.slice(11, 16));

describe('a calendar elsewhere', () => {
  it('given 2,000 entries with recurrences in three zones, then exactly the right slots are blocked', async () => {
    const coach = await aCoach(world, cohort, { bufferMinutes: 0, slotMinutes: 30 });
    const text = icsWith(manyEvents(2000));
    const before = await slots(coach, 'from=2026-10-13T10:00:00Z&to=2026-12-12T10:00:00Z');
    // On the public holidays of these weeks there are no slots anyhow.
    const onWorkingDays = (list: { reason: string }[]): any[] => list.filter(({ reason }) => reason !== 'closed_day');
    expect(onWorkingDays(before.hidden)).toEqual([]);
    const { id } = await add(coach, text);
    const found = await tried(coach, id);
    const now = world.clock.now().getTime();
    const next = { from: now, to: now + 60 * 86_400_000 };
    const busy = busyByIcal(text, next, 'Europe/Paris');
    expect(found).toMatchObject({
      state: 'read',
      name: 'My agenda',
      problem: null,
      unreadable: 0,
      busyTimes: busy.length,
    });
    const after = await slots(coach, 'from=2026-10-13T10:00:00Z&to=2026-12-12T10:00:00Z');
    const isBusy = (slot: { startsAt: string; endsAt: string }) =>
      busy.some((one) => one.from < Date.parse(slot.endsAt) && Date.parse(slot.startsAt) < one.to);
    const [right, wrong] = [before.slots.filter((one: any) => !isBusy(one)), before.slots.filter(isBusy)];
    expect(after.slots).toEqual(right);
    expect([right.length > 50, wrong.length > 50]).toEqual([true, true]);
    expect(onWorkingDays(after.hidden).map((one) => [one.startsAt, one.reason])).toEqual(
      wrong.map((one: any) => [one.startsAt, 'busy']),
    );
    expect(JSON.stringify(await world.db.collection('outside-busy').find().toArray())).not.toContain('Private');
  });

  it('given a zone whose rule never comes to an end, then it is too much, and nobody waits for it', async () => {
    const limits = world.nodes.map((node) => node.app.get(OutsideCalendarReader).limits);
    const before = limits.map(({ workMs }) => workMs);
    for (const one of limits) one.workMs = 1500;
    const coach = await aCoach(world, cohort);
    const rule = ['DTSTART:19700101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0000', 'RRULE:FREQ=SECONDLY'];
    const zone = ['BEGIN:VTIMEZONE', 'TZID:No/Where', 'BEGIN:STANDARD', ...rule, 'END:STANDARD', 'END:VTIMEZONE'];
    const one = event('UID:1@x', 'DTSTART;TZID=No/Where:20261014T100000', 'DURATION:PT1H');
    const { id } = await add(coach, icsWith([one]).replace('BEGIN:VEVENT', `${zone.join('\r\n')}\r\nBEGIN:VEVENT`));
    expect(await tried(coach, id)).toMatchObject({ problem: 'too_much', busyTimes: 0 });
    for (const [index, one] of limits.entries()) one.workMs = before[index]!;
  });

  it('given a busy time, then a booking into it is refused with the next three, and none of them is busy', async () => {
    const coach = await aCoach(world, cohort);
    const { id } = await add(coach, icsWith([morning]));
    await tried(coach, id);
    const me = await aMember(world, cohort, 'fellow');
    const book = (startsAt: string) =>
      me.client.post(`/api/cohorts/${cohort}/sessions`, { coachId: coach.id, startsAt, minutes: 45, need: 'Help' });
    const refused = await book('2026-10-14T08:00:00Z');
    expect([refused.status, refused.body.code]).toEqual([409, 'slot_taken']);
    expect(starts(refused.body.next)).toEqual(['09:00', '12:00', '13:00']);
    expect((await book('2026-10-14T07:15:00Z')).body.code).toBe('slot_taken');
    const session = (await book(refused.body.next[0].startsAt)).body;
    const moved = await me.client.post(`/api/cohorts/${cohort}/sessions/${session.id}/reschedule`, {
      startsAt: '2026-10-14T08:00:00Z',
    });
    expect([moved.status, moved.body.code]).toEqual([409, 'slot_taken']);
    const { hidden } = await slots(coach, WEDNESDAY);
    const asked = hidden.find((one: any) => one.startsAt.includes('T08:00'));
    // How long their day at the dentist is, is theirs.
    expect([asked.reason, asked.until]).toEqual(['busy', undefined]);
    expect(JSON.stringify(hidden)).not.toContain('Dentist');
  });

  it('given a coach of two cohorts, then it counts in both, and no more once it is removed', async () => {
    const other = await aCohort(world);
    const there = await aMember(world, other, 'fellow');
    const coach = await aCoach(world, cohort);
    await join(world, other, coach.id, 'coach');
    await coach.client.put(`/api/cohorts/${other}/coaches/${coach.id}/availability`, HOURS);
    const { id } = await add(coach, icsWith([morning]));
    await tried(coach, id);
    expect(starts((await slots(coach, WEDNESDAY, other, there)).slots)).not.toContain('08:00');
    expect((await coach.client.delete(pathOf(`/${id}`, other))).status).toBe(204);
    expect(starts((await slots(coach, WEDNESDAY)).slots)).toContain('08:00');
    expect(await calendars(coach)).toEqual([]);
    expect(await world.db.collection('outside-busy').countDocuments({ userId: new Types.ObjectId(coach.id) })).toBe(0);
  });

  it('given nothing new, then it says so in few bytes; something new, then it takes the place of all there was', async () => {
    const coach = await aCoach(world, cohort);
    let text = icsWith([morning]);
    let etag = '"1"';
    const { id, path } = await add(coach, (request, response) => {
      response.setHeader('etag', etag).setHeader('last-modified', 'Tue, 13 Oct 2026 08:00:00 GMT');
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.end(text);
    });
    await tried(coach, id);
    const first = await later(coach, id);
    expect(first).toMatchObject({ state: 'read', busyTimes: 1, readAt: first.triedAt });
    const requests = asked.filter((one) => one.path === path);
    expect(requests.map((one) => one.headers['if-none-match'])).toEqual([undefined, '"1"']);
    expect(requests[1]!.headers).toMatchObject({ 'if-modified-since': 'Tue, 13 Oct 2026 08:00:00 GMT' });
    etag = '"2"';
    text = icsWith([event('UID:2@x', `DTSTART${PARIS}20261014T110000`, 'DURATION:PT1H')]);
    await later(coach, id);
    expect(starts((await slots(coach, WEDNESDAY)).slots)).toEqual(['07:00', '08:00', '12:00', '13:00', '14:00']);
    // Once hours are open further ahead, all of it is needed again.
    await coach.client.put(`/api/cohorts/${cohort}/coaches/${coach.id}/availability`, { ...HOURS, horizonDays: 200 });
    await eventually(() => expect(asked.filter((one) => one.path === path)).toHaveLength(4));
    expect(asked.filter((one) => one.path === path)[3]!.headers['if-none-match']).toBeUndefined();
  });

  it('given a quarter of an hour, then a worker reads it again by itself', async () => {
    const coach = await aCoach(world, cohort);
    const { id, path } = await add(coach, icsWith([morning]));
    const { triedAt } = await tried(coach, id);
    world.clock.advance(15 * 60_000);
    await tried(coach, id, triedAt);
    expect(asked.filter((one) => one.path === path)).toHaveLength(2);
  });
});

describe('the calendar of who coaches no more', () => {
  const left = async ({ id }: TestPerson) => {
    const userId = new Types.ObjectId(id);
    const rows = ['outside-calendars', 'outside-busy'].map((name) =>
      world.db.collection(name).countDocuments({ userId }),
    );
    return await Promise.all(rows);
  };
  const member = (coach: TestPerson, place = cohort) => `/api/cohorts/${place}/members/${coach.id}`;

  it.each([
    ['takes another role', (path: string) => staff.client.patch(path, { role: 'staff' })],
    ['leaves', (path: string) => staff.client.delete(path)],
  ])('given a coach %s, then its address and its busy times go', async (_name, act) => {
    const coach = await aCoach(world, cohort);
    const { id } = await add(coach, icsWith([morning]));
    await tried(coach, id);
    expect(await left(coach)).toEqual([1, 1]);
    const answer = await act(member(coach));
    expect([answer.status < 300, answer.body?.code]).toEqual([true, undefined]);
    await eventually(async () => expect(await left(coach)).toEqual([0, 0]));
  });

  it('given they coach elsewhere, then it stays and counts there', async () => {
    const other = await aCohort(world);
    const there = await aMember(world, other, 'fellow');
    const coach = await aCoach(world, cohort);
    await join(world, other, coach.id, 'coach');
    await coach.client.put(`/api/cohorts/${other}/coaches/${coach.id}/availability`, HOURS);
    const { id, path } = await add(coach, icsWith([morning]));
    await tried(coach, id);
    expect((await staff.client.delete(member(coach))).status).toBe(204);
    // That they left has it looked at again.
    await eventually(() => expect(asked.filter((one) => one.path === path)).toHaveLength(2));
    expect(starts((await slots(coach, WEDNESDAY, other, there)).slots)).not.toContain('08:00');
    expect((await coach.client.delete(pathOf(`/${id}`, other))).status).toBe(204);
  });

  it('given it is added as they stop, then it goes once it is to be read, and nobody reads it', async () => {
    const coach = await aCoach(world, cohort);
    expect((await staff.client.patch(member(coach), { role: 'staff' })).status).toBe(200);
    const path = serve(icsWith([morning]));
    const row = { _id: new Types.ObjectId(), userId: new Types.ObjectId(coach.id), address: base + path };
    const now = world.clock.now();
    await world.db.collection('outside-calendars').insertOne({ ...row, addedAt: now, wakeAt: now, fails: 0 });
    await world.nodes[0]!.app.get(OutsideCalendarReader).soon(row._id);
    await eventually(async () => expect(await left(coach)).toEqual([0, 0]));
    expect(asked.filter((one) => one.path === path)).toEqual([]);
  });
});

describe('a calendar that cannot be read', () => {
  const drops = (_: unknown, to: Parameters<RequestListener>[1]) => {
    const timer = setInterval(() => to.write('x'), 50);
    to.on('close', () => clearInterval(timer));
  };
  it.each<[string, RequestListener | string, object]>([
    ['slow', drops, { problem: 'timeout' }],
    ['silent', () => undefined, { problem: 'timeout' }],
    ['huge', (_, to) => to.end('x'.repeat(5 * 1024 * 1024 + 1)), { problem: 'too_large' }],
    ['malformed', icsWith([morning]).slice(0, -30), { problem: 'malformed' }],
    ['a page', '<!doctype html><h1>Sign in</h1>', { problem: 'not_a_calendar' }],
    ['gone', (_, to) => to.writeHead(404).end(), { problem: 'not_found', status: 404 }],
    ['for others', (_, to) => to.writeHead(403).end(), { problem: 'refused', status: 403 }],
    ['broken', (_, to) => to.writeHead(500).end(), { problem: 'status', status: 500 }],
    ['cut off', (_, to) => to.destroy(), { problem: 'unreachable' }],
    [
      'sent inside',
      (_, to) => to.writeHead(302, { location: 'https://169.254.169.254/' }).end(),
      { problem: 'redirects_inside' },
    ],
    [
      'sent inside plainly',
      (_, to) => to.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      { problem: 'redirects_inside' },
    ],
    [
      'sent in a circle',
      (from, to) => to.writeHead(302, { location: from.url }).end(),
      { problem: 'too_many_redirects' },
    ],
  ])(
    'given one that is %s, then it says so, does no harm, and what it said last counts',
    async (_name, answer, expected) => {
      const coach = await aCoach(world, cohort);
      const { id, path } = await add(coach, icsWith([morning]));
      const good = await tried(coach, id);
      pages.set(path, typeof answer === 'string' ? (_, to) => to.end(answer) : answer);
      const bad = await later(coach, id);
      expect(bad).toMatchObject({
        ...expected,
        state: 'failing',
        readAt: good.readAt,
        problemSince: bad.triedAt,
        busyTimes: 1,
      });
      expect(starts((await slots(coach, WEDNESDAY)).slots)).not.toContain('08:00');
      expect((await fellow.client.get(`/api/cohorts/${cohort}`)).status).toBe(200);
      pages.set(path, (_, to) => to.end(icsWith([])));
      expect(await later(coach, id, 60)).toMatchObject({
        state: 'read',
        problem: null,
        problemSince: null,
        busyTimes: 0,
      });
    },
  );

  it('given one that never could be read, then nothing is blocked', async () => {
    const coach = await aCoach(world, cohort);
    const { id } = await add(coach, 'nothing');
    expect(await tried(coach, id)).toMatchObject({
      state: 'failing',
      readAt: null,
      problem: 'not_a_calendar',
      busyTimes: 0,
    });
    const { body } = await coach.client.post(pathOf(), { address: 'https://127.0.0.2/a.ics' });
    expect(await tried(coach, body.id)).toMatchObject({ problem: 'inside', name: '127.0.0.2' });
    expect((await slots(coach, WEDNESDAY)).slots.length).toBeGreaterThan(0);
  });
});

describe('who may', () => {
  it('given another coach, staff, a fellow, another cohort or nobody, then not; a calendar of another is not found', async () => {
    const coach = await aCoach(world, cohort);
    const { id, path } = await add(coach, icsWith([morning]), { name: 'Family' });
    const other = await aMember(world, cohort, 'coach');
    const stranger = await aMember(world, await aCohort(world), 'coach');
    expect(await calendars(other)).toEqual([]);
    expect((await coach.client.get(pathOf())).body.items[0]).toMatchObject({
      id,
      name: 'Family',
      address: base + path,
    });
    for (const act of [
      (who: TestPerson) => who.client.delete(pathOf(`/${id}`)),
      (who: TestPerson) => who.client.post(pathOf(`/${id}/read`)),
    ]) {
      expect((await act(other)).status).toBe(404);
      expect((await act(staff)).status).toBe(403);
      expect((await act(fellow)).status).toBe(403);
      expect((await act(stranger)).status).toBe(404);
    }
    for (const who of [staff, fellow]) expect((await who.client.get(pathOf())).status).toBe(403);
    expect((await clientOf(world.url).get(pathOf())).status).toBe(401);
    const seen = await staff.client.get(`/api/cohorts/${cohort}/coaches/${coach.id}/availability`);
    expect(seen.text).not.toContain('secret-');
    expect((await coach.client.get(pathOf())).body.items).toHaveLength(1);
  });

  it.each([
    [{ address: 'http://example.org/a.ics' }, '/address', 'https_needed'],
    [{ address: 'ftp://example.org/a.ics' }, '/address', 'wrong_format'],
    [{ address: 'my calendar' }, '/address', 'wrong_format'],
    [{ address: '' }, '/address', 'too_small'],
    [{}, '/address', 'required'],
    [{ address: 'https://example.org/a.ics', secret: 1 }, '/secret', 'unknown_field'],
  ])('given %j, then 422 names the field', async (wrong, field, code) => {
    const coach = await aCoach(world, cohort);
    const answer = await coach.client.post(pathOf(), wrong);
    expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field, code }]);
  });

  it('given the same address twice, or a sixth, then it is refused; webcal is read by https', async () => {
    const coach = await aCoach(world, cohort);
    const made = await coach.client.post(pathOf(), { address: 'webcal://127.0.0.2/1.ics#x' });
    expect([made.status, made.body.address]).toEqual([201, 'https://127.0.0.2/1.ics']);
    const again = await coach.client.post(pathOf(), { address: 'https://127.0.0.2/1.ics' });
    expect([again.status, again.body.errors[0]]).toMatchObject([422, { field: '/address', code: 'known' }]);
    for (let index = 2; index <= 5; index += 1) {
      expect((await coach.client.post(pathOf(), { address: `https://127.0.0.2/${index}.ics` })).status).toBe(201);
    }
    const sixth = await coach.client.post(pathOf(), { address: 'https://127.0.0.2/6.ics' });
    expect([sixth.status, sixth.body.code]).toEqual([409, 'too_many_calendars']);
  });

  it('given eight that are added at once on two processes, then five are kept', async () => {
    const coach = await aCoach(world, cohort);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        coach.client
          .on(world.nodes[index % 2]!.url)
          .post(pathOf(), { address: `https://127.0.0.2/at-once-${index}.ics` }),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      ...Array.from({ length: 5 }, () => [201, undefined]),
      ...Array.from({ length: 3 }, () => [409, 'too_many_calendars']),
    ]);
    expect(await calendars(coach)).toHaveLength(5);
  });

  it('given a booked session, then its own echo in a calendar elsewhere does not stand in its way', async () => {
    const coach = await aCoach(world, cohort);
    const session = await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-21T07:00:00Z');
    const echo = event(`UID:session-${session.id}@cordee.test`, 'DTSTART:20261021T070000Z', 'DURATION:PT45M');
    const { id } = await add(coach, icsWith([echo]));
    expect(await tried(coach, id)).toMatchObject({ state: 'read', busyTimes: 0 });
  });
});
