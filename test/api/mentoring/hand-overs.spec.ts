import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { readIcs } from '../../support/ics.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let peer: TestPerson;
let fellow: TestPerson;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist', craft: 'designer' });
  peer = await aCoach(
    world,
    cohort,
    { minNoticeHours: 200, horizonDays: 1 },
    { name: 'Maud Perrin', craft: 'designer' },
  );
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
});
afterAll(() => world.stop());

const AT = '2026-10-14T07:00:00Z';
const pathOf = (session: { id: string }) => `/api/cohorts/${cohort}/sessions/${session.id}`;
const titles = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items.map((one: any) => one.title as string);
const feedOf = async (person: TestPerson) => {
  const { body } = await person.client.post('/api/me/calendar-feed');
  return readIcs(await (await fetch(new URL(new URL(body.url as string).pathname, world.url))).text()).events;
};
const lastEntry = async (person: TestPerson, count: number) => {
  const mail = (await world.mail.to(person.email, count)).at(-1)!;
  return readIcs(mail.attachments.find((one) => one.contentType === 'text/calendar')!.content.toString());
};

describe('who is free to take a session over', () => {
  it('given coaches of both crafts, one booked then and one without hours, then the free ones, the same craft first', async () => {
    const other = await aCoach(world, cohort, {}, { name: 'Ali Benali', craft: 'developer' });
    const booked = await aCoach(world, cohort, {}, { name: 'Tomasz Wilk', craft: 'designer' });
    await aMember(world, cohort, 'coach', { name: 'Zoé Ferrand', craft: 'designer' });
    const session = await aSession(cohort, fellow, coach.id, AT);
    await aSession(cohort, await aMember(world, cohort, 'fellow'), booked.id, '2026-10-14T07:30:00Z');
    const { status, body } = await coach.client.get(`${pathOf(session)}/free-coaches`);
    expect(status).toBe(200);
    expect(body.items.map((one: any) => [one.person.name, one.isOfTheCraft])).toEqual([
      ['Maud Perrin', true],
      ['Ali Benali', false],
    ]);
    expect(body.items.map((one: any) => one.person.id)).toEqual([peer.id, other.id]);
  });
});

describe('handing a session over', () => {
  it('given it goes over, then page, agenda, feed, claims, mails and notices of all follow', async () => {
    const session = await aSession(cohort, fellow, coach.id, AT);
    await fellow.client.post(`${pathOf(session)}/actions`, { text: 'Bring the letters', ownerId: coach.id });
    await world.mail.to(coach.email, 1);
    const done = await coach.client.post(`${pathOf(session)}/hand-over`, { coachId: peer.id, revision: 1 });
    expect([done.status, done.body.code, done.body.errors]).toEqual([200, undefined, undefined]);
    expect(done.body).toMatchObject({ coachId: peer.id, startsAt: session.startsAt, revision: 2, status: 'scheduled' });

    const page = (await peer.client.get(pathOf(session))).body;
    expect(page.abilities).toMatchObject({ reschedule: true, handOver: true, addNote: true });
    expect(page.history.at(-1)).toMatchObject({
      act: 'handed_over',
      fromCoach: { name: 'Hanna Lindqvist' },
      toCoach: { name: 'Maud Perrin' },
    });
    expect((await coach.client.get(pathOf(session))).status).toBe(404);
    const [action] = (await peer.client.get(`${pathOf(session)}/actions`)).body.items;
    expect(action).toMatchObject({ ownerId: peer.id });
    const acted = await peer.client.patch(`${pathOf(session)}/actions/${action.id}`, { state: 'done' });
    expect(acted.status).toBe(200);

    const agenda = async (person: TestPerson) =>
      (await person.client.get('/api/me/agenda?from=2026-10-14T00:00:00Z&to=2026-10-15T00:00:00Z')).body.items.length;
    expect([await agenda(coach), await agenda(peer), await agenda(fellow)]).toEqual([0, 1, 1]);
    expect(await feedOf(coach)).toHaveLength(0);
    expect(await feedOf(peer)).toMatchObject([{ sequence: 1, status: 'CONFIRMED' }]);

    await eventually(async () => {
      expect(await titles(coach)).toContainEqual(
        expect.stringMatching(/^Maud Perrin takes over your session with Inès/),
      );
      expect(await titles(peer)).toContainEqual(expect.stringMatching(/^You take over the session of Hanna Lindqvist/));
      expect(await titles(fellow)).toContainEqual(expect.stringMatching(/^Your session goes on with Maud Perrin/));
    });
    const [before, now] = [await lastEntry(coach, 2), await lastEntry(peer, 1)];
    const wordsOf = ({ events: [event] }: typeof before) => [
      ...[event!.property('location'), event!.property('url'), event!.title, event!.description],
    ];
    // Who had it reads no more of what it is by now: the others meet in a new room.
    const sessionPage = `http://cordee.test/c/${cohort}/coaching/sessions/${session.id}`;
    expect(wordsOf(before)).toEqual([null, sessionPage, 'Coaching session', sessionPage]);
    expect(wordsOf(now)).toEqual([page.link, page.link, expect.stringContaining('Inès'), expect.any(String)]);
    expect([before.method, before.events[0]!.sequence, before.events[0]!.status]).toEqual(['CANCEL', 1, 'CANCELLED']);
    expect([now.method, now.events[0]!.sequence, now.events[0]!.uid]).toEqual(['REQUEST', 1, before.events[0]!.uid]);

    // The old coach's time is free again, the new one's is taken.
    const second = await aMember(world, cohort, 'fellow');
    await aSession(cohort, second, coach.id, AT);
    const third = await aMember(world, cohort, 'fellow');
    const clash = await third.client.post(`/api/cohorts/${cohort}/sessions`, {
      coachId: peer.id,
      startsAt: AT,
      minutes: 45,
      need: 'At the same time.',
    });
    expect(clash.status).not.toBe(201);
  });

  it('given the chosen one is full that day, taken, no coach or there already, then it says so and nothing changes', async () => {
    const full = await aCoach(world, cohort, { maxPerDay: 1 });
    await aSession(cohort, await aMember(world, cohort, 'fellow'), full.id, '2026-10-14T09:00:00Z');
    const session = await aSession(cohort, fellow, coach.id, AT);
    const to = async (coachId: string) => {
      const { status, body } = await staff.client.post(`${pathOf(session)}/hand-over`, { coachId });
      return [status, body.code, body.errors?.[0]];
    };
    expect(await to(full.id)).toEqual([409, 'day_cap', undefined]);
    expect(await to(fellow.id)).toEqual([422, 'invalid', { field: '/coachId', code: 'not_a_coach' }]);
    expect(await to(coach.id)).toEqual([422, 'invalid', { field: '/coachId', code: 'twice' }]);
    const late = await aCoach(world, cohort, { weekly: [{ weekday: 3, start: '14:00', end: '17:00' }] });
    expect(await to(late.id)).toEqual([422, 'invalid', { field: '/coachId', code: 'outside_hours' }]);
    expect((await fellow.client.get(pathOf(session))).body).toMatchObject({ coachId: coach.id, revision: 1 });
  });

  it('given two coaches, then the second hands over their own place, and the first stays', async () => {
    const second = await aCoach(world, cohort);
    const session = await aSession(cohort, fellow, coach.id, AT, { secondCoachId: second.id });
    const done = await second.client.post(`${pathOf(session)}/hand-over`, { coachId: peer.id });
    expect(done.body).toMatchObject({ coachId: coach.id, secondCoachId: peer.id });
    const again = await staff.client.post(`${pathOf(session)}/hand-over`, {
      coachId: second.id,
      fromCoachId: coach.id,
    });
    expect(again.body).toMatchObject({ coachId: second.id, secondCoachId: peer.id, revision: 3 });
  });
});

describe('a session of two coaches', () => {
  const hours = (weekday: number) => ({ weekly: [{ weekday, start: '08:00', end: '12:00' }] });

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ])(
    'given the %s has other hours by now, then the %s can hand over all the same, and the other keeps their place',
    async (which) => {
      const second = await aCoach(world, cohort);
      const session = await aSession(cohort, fellow, coach.id, AT, { secondCoachId: second.id });
      const [stays, goes] = which === 'first' ? [coach, second] : [second, coach];
      const own = `/api/cohorts/${cohort}/coaches/${stays.id}/availability`;
      const saved = (await stays.client.get(own)).body;
      expect((await stays.client.put(own, { ...saved, ...hours(5) })).status).toBe(200);
      const rows = world.db.collection('sessions');
      const ofStaying = async () => {
        const row = await rows.findOne({ _id: new Types.ObjectId(session.id as string) });
        return (row!.claims as string[]).filter((claim) => claim.includes(stays.id)).sort();
      };
      const before = await ofStaying();
      const done = await goes.client.post(`${pathOf(session)}/hand-over`, { coachId: peer.id });
      expect([done.status, done.body.code, done.body.errors]).toEqual([200, undefined, undefined]);
      expect([done.body.coachId, done.body.secondCoachId].sort()).toEqual([stays.id, peer.id].sort());
      expect(await ofStaying()).toEqual(before);
    },
  );
});

describe('who may hand a session over', () => {
  it('given others, then 403 for a fellow and another coach, 404 as unknown for another cohort, 401 without a login', async () => {
    const session = await aSession(cohort, fellow, coach.id, AT);
    const elsewhere = await aCohort(world);
    const stranger = await aCoach(world, elsewhere);
    const unknown = `/api/cohorts/${cohort}/sessions/${'0'.repeat(24)}`;
    const body = { coachId: peer.id };
    for (const act of ['hand-over', 'free-coaches']) {
      const ask = (person: TestPerson, path = pathOf(session)) =>
        act === 'hand-over' ? person.client.post(`${path}/${act}`, body) : person.client.get(`${path}/${act}`);
      expect((await ask(fellow)).status).toBe(403);
      expect((await ask(peer)).status).toBe(403);
      const [there, nowhere] = [await ask(stranger), await ask(stranger, unknown)];
      expect([there.status, nowhere.status]).toEqual([404, 404]);
      expect(there.text).toBe(nowhere.text);
      const wrongRoom = `/api/cohorts/${elsewhere}/sessions/${session.id}`;
      expect((await ask(stranger, wrongRoom)).status).toBe(404);
      const nobody = clientOf(world.url);
      const path = `${pathOf(session)}/${act}`;
      expect((await (act === 'hand-over' ? nobody.post(path, body) : nobody.get(path))).status).toBe(401);
    }
    expect((await fellow.client.get(pathOf(session))).body.revision).toBe(1);
  });
});

describe('what a coach hears of a session that they handed over', () => {
  const acts = (who: TestPerson, session: { id: string }, seen: object) => {
    const path = pathOf(session);
    return Promise.all([
      who.client.post(`${path}/complete`, { outcome: 'held', ...seen }),
      who.client.post(`${path}/cancel`, { reason: 'x', ...seen }),
      who.client.post(`${path}/reschedule`, { startsAt: '2026-10-15T07:00:00Z', ...seen }),
      who.client.post(`${path}/hand-over`, { coachId: peer.id, ...seen }),
    ]);
  };
  const said = (answers: { status: number; body: any }[]) =>
    answers.map(({ status, body }) => [status, body.code, body.now?.coachId]);
  const nothing = [...[1, 2, 3].map(() => [404, 'not_found', undefined]), [403, 'forbidden', undefined]];

  it('given they act on the one that they had before them, then that it went over; without saying so nothing, and nothing of what came after', async () => {
    const session = await aSession(cohort, fellow, coach.id, AT);
    expect((await coach.client.post(`${pathOf(session)}/hand-over`, { coachId: peer.id })).status).toBe(200);
    const stale = [409, 'stale', peer.id];
    expect(said(await acts(coach, session, { revision: 1 }))).toEqual([stale, stale, stale, stale]);
    expect(said(await acts(coach, session, {}))).toEqual(nothing);
    expect(said(await acts(coach, session, { revision: 2 }))).toEqual(nothing);
    expect((await coach.client.get(`${pathOf(session)}/free-coaches`)).status).toBe(403);

    expect((await fellow.client.post(`${pathOf(session)}/cancel`, { reason: 'Ill today' })).status).toBe(200);
    for (const seen of [{ revision: 1 }, { revision: 2 }, { revision: 3 }, {}])
      expect(said(await acts(coach, session, seen))).toEqual(nothing);
  });
});

describe('the notes of earlier sessions', () => {
  it('given a hand-over, then the new coach reads none of them until the fellow says so, and none once it is taken back', async () => {
    const earlier = await aSession(cohort, fellow, coach.id, '2026-10-13T12:00:00Z');
    const note = async (person: TestPerson, body: string, audience: string) =>
      expect((await person.client.post(`${pathOf(earlier)}/notes`, { body, audience })).status).toBe(201);
    await note(coach, 'Of the two of us', 'participants');
    await note(coach, 'Mine alone', 'me');
    await note(coach, 'For the team', 'staff');
    await note(fellow, 'Of the fellow alone', 'me');
    world.clock.set('2026-10-13T13:00:00Z');
    const session = await aSession(cohort, fellow, coach.id, AT);
    await staff.client.post(`${pathOf(session)}/hand-over`, { coachId: peer.id });
    const read = async () =>
      (await peer.client.get(`${pathOf(session)}/notes`)).body.items.map((one: any) => one.body as string);
    const shares = `${pathOf(session)}/note-shares`;
    expect(await read()).toEqual([]);
    expect((await fellow.client.get(shares)).body.items).toMatchObject([
      { from: { id: coach.id }, to: { id: peer.id }, notes: 1, isShared: false },
    ]);
    const allow = { fromCoachId: coach.id, shared: true };
    expect((await peer.client.put(shares, allow)).status).toBe(403);
    expect((await staff.client.put(shares, allow)).status).toBe(403);
    expect((await coach.client.put(shares, allow)).status).toBe(404);
    expect(await read()).toEqual([]);
    for (let time = 0; time < 2; time += 1) {
      expect((await fellow.client.put(shares, allow)).body.items).toMatchObject([{ notes: 1, isShared: true }]);
    }
    expect(await read()).toEqual(['Of the two of us']);
    await fellow.client.put(shares, { ...allow, shared: false });
    expect(await read()).toEqual([]);
    const own = (await fellow.client.get(`${pathOf(session)}/notes`)).body.items.map((one: any) => one.body);
    expect(own.sort()).toEqual(['Of the fellow alone', 'Of the two of us']);
    world.clock.set('2026-10-13T09:45:00.000Z');
  });

  describe('that were shared with a coach who is in no session with the fellow any more', () => {
    let earlier: { id: string };
    let third: TestPerson;
    beforeEach(async () => {
      third = await aCoach(world, cohort, {}, { name: 'Tomasz Wilk' });
      earlier = await aSession(cohort, fellow, coach.id, '2026-10-13T12:00:00Z');
      const note = { body: 'Of the two of us', audience: 'participants' };
      expect((await coach.client.post(`${pathOf(earlier)}/notes`, note)).status).toBe(201);
      world.clock.set('2026-10-13T13:00:00Z');
    });
    afterEach(() => world.clock.set('2026-10-13T09:45:00.000Z'));

    const ok = async (answer: Promise<{ status: number; body: any }>): Promise<any> => {
      const { status, body } = await answer;
      expect([status < 300, body?.code, body?.errors]).toEqual([true, undefined, undefined]);
      return body;
    };
    const give = async (session: { id: string }, to: TestPerson) =>
      await ok(staff.client.post(`${pathOf(session)}/hand-over`, { coachId: to.id }));
    const allow = async (session: { id: string }, body: object) =>
      await ok(fellow.client.put(`${pathOf(session)}/note-shares`, { fromCoachId: coach.id, ...body }));
    const sharesOf = (body: any) =>
      body.items.map(({ from, to, isShared }: any) => [from.name, to.name, isShared].join(' '));
    const reads = async (person: TestPerson) => {
      const { status, body } = await person.client.get(`${pathOf(earlier)}/notes`);
      return status === 200 && body.items.some((one: any) => one.body === 'Of the two of us');
    };

    it('given it went on, then who gave it up reads them no more; who reads them by right, does', async () => {
      const session = await aSession(cohort, fellow, coach.id, AT);
      await give(session, peer);
      await allow(session, { shared: true });
      expect(await reads(peer)).toBe(true);
      await give(session, third);
      expect([await reads(peer), await reads(third), await reads(coach), await reads(fellow)]).toEqual([
        ...[false, false, true, true],
      ]);
      const { items } = await ok(fellow.client.get(`${pathOf(session)}/note-shares`));
      expect(sharesOf({ items })).toEqual(['Hanna Lindqvist Tomasz Wilk false']);
      expect(sharesOf(await allow(session, { toCoachId: third.id, shared: true }))).toEqual([
        'Hanna Lindqvist Tomasz Wilk true',
      ]);
      const refused = await fellow.client.put(`${pathOf(session)}/note-shares`, {
        ...{ fromCoachId: coach.id, toCoachId: peer.id, shared: true },
      });
      expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/toCoachId', code: 'not_in_session' }]]);
      expect([await reads(peer), await reads(third)]).toEqual([false, true]);
    });

    it('given they meet in another session, then they read on, are named there as let in, and the fellow takes them out by name or all at once', async () => {
      const [one, other] = [
        await aSession(cohort, fellow, coach.id, AT),
        await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00Z'),
      ];
      for (const session of [one, other]) await give(session, peer);
      await allow(one, { shared: true });
      await give(one, third);
      expect([await reads(peer), await reads(third)]).toEqual([true, false]);
      await allow(one, { shared: true });
      const { items } = await ok(fellow.client.get(`${pathOf(one)}/note-shares`));
      const both = ['Hanna Lindqvist Maud Perrin true', 'Hanna Lindqvist Tomasz Wilk true'];
      expect(sharesOf({ items }).sort()).toEqual(both);
      // Nobody else lists them or takes them out.
      expect((await peer.client.get(`${pathOf(other)}/note-shares`)).status).toBe(403);
      expect(
        (await third.client.put(`${pathOf(one)}/note-shares`, { fromCoachId: coach.id, shared: false })).status,
      ).toBe(403);
      await allow(one, { toCoachId: peer.id, shared: false });
      expect([await reads(peer), await reads(third)]).toEqual([false, true]);
      await allow(other, { shared: true });
      expect([await reads(peer), await reads(third)]).toEqual([true, true]);
      await allow(one, { shared: false });
      expect([await reads(peer), await reads(third), await reads(coach)]).toEqual([false, false, true]);
    });

    it('given sharing and handing over at once, then who is out by the end reads nothing', async () => {
      const session = await aSession(cohort, fellow, coach.id, AT);
      await give(session, peer);
      await Promise.all([
        fellow.client.put(`${pathOf(session)}/note-shares`, { fromCoachId: coach.id, shared: true }),
        staff.client.post(`${pathOf(session)}/hand-over`, { coachId: third.id }),
      ]);
      expect((await ok(fellow.client.get(pathOf(session)))).coachId).toBe(third.id);
      expect(await reads(peer)).toBe(false);
    });

    it('given they left the cohort, then they read none of them once they are back', async () => {
      const session = await aSession(cohort, fellow, coach.id, AT);
      await give(session, peer);
      await allow(session, { shared: true });
      expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${peer.id}`)).status).toBe(204);
      await followOutbox(world);
      await join(world, cohort, peer.id, 'coach');
      expect(await reads(peer)).toBe(false);
    });
  });
});
