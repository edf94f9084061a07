import { Types } from 'mongoose';
import { weekAt } from '../../../src/mentoring/outside/weeks.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Answer, clientOf } from '../../support/client.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join as joinCohort } from '../../support/factories.js';
import { personLink } from '../../support/rooms/person-links.js';
import { sized } from '../../support/size.js';
import { aWorkshop, draftOf } from '../../support/rooms/workshops.js';

const HOUR = 3_600_000;
/** Of each of two kinds: fifty things at once. */
const MANY = 25;
/** Who move up take a few steps each. */
const MOVING_UP = sized(10, 25);

let world: TestWorld;
let cohort: string;
let staff: TestPerson;

beforeAll(async () => (world = await startWorld({ nodes: 2 })));
// A cohort for each: what is published is told to everybody in it, and hundreds come here.
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());

const base = () => `/api/cohorts/${cohort}`;
const url = (index: number) => world.nodes[index % 2]!.url;
/** Each test has people of its own, so that all of them can use one day, on which coaches of tests are there from 07:00 to 10:00 UTC. */
const ON = '2026-10-15';
const times = (on: string, from = '08:00', to = '09:00') => ({
  startsAt: `${on}T${from}:00.000Z`,
  endsAt: `${on}T${to}:00.000Z`,
});
const fellow = () => aMember(world, cohort, 'fellow');
const book = (person: TestPerson, coachId: string, startsAt: string, more: object = {}, node = 0) =>
  person.client.on(url(node)).post(`${base()}/sessions`, {
    coachId,
    startsAt,
    minutes: 45,
    need: 'What is there already?',
    despite: false,
    ...more,
  });
const join = (person: TestPerson, path: string, more: object = {}, node = 0) =>
  person.client.on(url(node)).put(`${path}/registration`, { despite: false, ...more });
/** A draft of a workshop, as a path. */
const draft = async (more: object) => {
  const made = await staff.client.post(`${base()}/workshops`, draftOf({ ...more }));
  expect(made.status).toBe(201);
  return `${base()}/workshops/${made.body.id as string}`;
};
const codeOf = ({ status, body }: Answer) => [status, body?.code];

/** Something in a calendar that a person keeps elsewhere. */
const elsewhere = async (person: TestPerson, on: string) => {
  const [from, to] = [Date.parse(`${on}T08:00:00Z`), Date.parse(`${on}T09:00:00Z`)];
  const week = weekAt(from);
  await world.db.collection('outside-busy').insertOne({
    calendarId: new Types.ObjectId(),
    userId: new Types.ObjectId(person.id),
    week,
    busy: [from / 60_000, to / 60_000],
  });
};

/** What somebody has at 08:00 of a day, by what it is. */
const HAVE = {
  session: async (person: TestPerson, on: string, role: string) => {
    const { startsAt } = times(on);
    if (role === 'coach') await aSession(cohort, await fellow(), person.id, startsAt);
    else await aSession(cohort, person, (await aCoach(world, cohort)).id, startsAt);
  },
  hosting: async (person: TestPerson, on: string) => {
    await aWorkshop(staff, cohort, { title: 'Hosted by them', hosts: [person.id], ...times(on) });
  },
  going: async (person: TestPerson, on: string) => {
    const { path } = await aWorkshop(staff, cohort, { title: 'They go there', ...times(on) });
    expect((await join(person, path)).status).toBe(200);
  },
  outside: elsewhere,
};
type Had = keyof typeof HAVE;

/** What is planned for that person at 08:30 of the day, tried with and without `despite`. */
const PLANS = {
  'coach, book': async (person: TestPerson, on: string) => {
    const other = await fellow();
    return (more: object) => book(other, person.id, `${on}T08:30:00.000Z`, more);
  },
  'coach, move': async (person: TestPerson, on: string) => {
    const other = await fellow();
    const { id } = await aSession(cohort, other, person.id, `${on}T12:00:00.000Z`);
    return (more: object) =>
      other.client.post(`${base()}/sessions/${id}/reschedule`, { startsAt: `${on}T08:30:00.000Z`, ...more });
  },
  'second coach, book': async (person: TestPerson, on: string) => {
    const [other, first] = await Promise.all([fellow(), aCoach(world, cohort)]);
    return (more: object) => book(other, first.id, `${on}T08:30:00.000Z`, { secondCoachId: person.id, ...more });
  },
  'second coach, move': async (person: TestPerson, on: string) => {
    const [other, first] = await Promise.all([fellow(), aCoach(world, cohort)]);
    const { body } = await book(other, first.id, `${on}T12:00:00.000Z`, { secondCoachId: person.id });
    return (more: object) =>
      other.client.post(`${base()}/sessions/${body.id}/reschedule`, { startsAt: `${on}T08:30:00.000Z`, ...more });
  },
  'fellow, book': async (person: TestPerson, on: string) => {
    const coach = await aCoach(world, cohort);
    return (more: object) => book(person, coach.id, `${on}T08:30:00.000Z`, more);
  },
  'fellow, move': async (person: TestPerson, on: string) => {
    const coach = await aCoach(world, cohort);
    const { id } = await aSession(cohort, person, coach.id, `${on}T12:00:00.000Z`);
    return (more: object) =>
      person.client.post(`${base()}/sessions/${id}/reschedule`, { startsAt: `${on}T08:30:00.000Z`, ...more });
  },
  'host, publish': async (person: TestPerson, on: string) => {
    const path = await draft({ hosts: [person.id], ...times(on, '08:30', '10:00') });
    return (more: object) => staff.client.post(`${path}/publish`, more);
  },
  'host, move': async (person: TestPerson, on: string) => {
    const { path } = await aWorkshop(staff, cohort, { hosts: [person.id], ...times(on, '14:00', '15:00') });
    return (more: object) => staff.client.patch(path, { ...times(on, '08:30', '10:00'), ...more });
  },
  'host, named': async (person: TestPerson, on: string) => {
    const { path } = await aWorkshop(staff, cohort, times(on, '08:30', '10:00'));
    return (more: object) => staff.client.patch(path, { hosts: [person.id], ...more });
  },
  'attendee, join': async (person: TestPerson, on: string) => {
    const { path } = await aWorkshop(staff, cohort, times(on, '08:30', '10:00'));
    return (more: object) => join(person, path, more);
  },
  'attendee, switch': async (person: TestPerson, on: string) => {
    const places = { capacity: 1, onlineCapacity: 1 };
    const { path } = await aWorkshop(staff, cohort, { ...places, ...times(on, '08:30', '10:00') });
    await join(await fellow(), path);
    // Told of what they have as they came into the line, and asked again where they would have a place.
    expect((await join(person, path, { despite: true })).body.status).toBe('waitlisted');
    return (more: object) => join(person, path, { mode: 'online', ...more });
  },
};
type Plan = keyof typeof PLANS;

/**
 * Of each plan the code without a word and with `despite`, over one of the things that a person can have: which verdict each pair has is a
 * table of its own (src/calendar/clash.spec.ts), and here each act and each thing is seen to ask it.
 */
const NO = (code: string): [string, string] => [code, code];
const ASK: [string, string] = ['clash', 'done'];
const TABLE: [Plan, 'coach' | 'fellow', Had, [string, string]][] = [
  ['coach, book', 'coach', 'outside', NO('slot_taken')],
  ['coach, move', 'coach', 'going', NO('slot_taken')],
  ['second coach, book', 'coach', 'hosting', NO('slot_taken')],
  ['second coach, move', 'coach', 'session', NO('slot_taken')],
  ['fellow, book', 'fellow', 'going', ASK],
  ['fellow, move', 'fellow', 'session', NO('you_are_busy')],
  ['host, publish', 'coach', 'session', NO('host_busy')],
  ['host, publish', 'fellow', 'outside', ASK],
  ['host, move', 'coach', 'going', ASK],
  ['host, named', 'coach', 'hosting', NO('host_busy')],
  ['attendee, join', 'coach', 'hosting', ASK],
  ['attendee, join', 'fellow', 'session', ASK],
  ['attendee, switch', 'fellow', 'outside', ASK],
];

describe('two things at once', () => {
  it.each(TABLE)('given %s of a %s over %s, then %j', async (plan, role, had, codes) => {
    const person = role === 'coach' ? await aCoach(world, cohort) : await fellow();
    await HAVE[had](person, ON, role);
    const act = await PLANS[plan](person, ON);
    const answer = await act({ despite: false });
    const again = await act({ despite: true });
    const done = again.status < 300 ? 'done' : again.body.code;
    expect([answer.status, answer.body.code, done]).toEqual([409, ...codes]);
    const [there] = answer.body.there;
    // When it begins is said to who may know it; others learn that there is something in the time that they asked for.
    const isOwn = plan.startsWith('fellow') || plan.startsWith('attendee');
    const begins = there.kind === 'busy' && !isOwn ? '08:30' : '08:00';
    expect(there).toMatchObject({ userId: person.id, startsAt: `${ON}T${begins}:00.000Z` });
  });

  it('given what others have, then it is named to who may know it, and to nobody else', async () => {
    const on = ON;
    const [coach, busy, other] = await Promise.all([aCoach(world, cohort), fellow(), fellow()]);
    await HAVE.session(coach, on, 'coach');
    const asFellow = (await book(other, coach.id, `${on}T08:30:00.000Z`)).body.there[0];
    const planned = { startsAt: `${on}T08:30:00.000Z`, endsAt: `${on}T09:15:00.000Z` };
    expect(asFellow).toMatchObject({ kind: 'busy', id: null, cohortId: null, title: null, ...planned });
    const path = await draft({ hosts: [coach.id], ...times(on, '08:30', '10:00') });
    const asStaff = (await staff.client.post(`${path}/publish`)).body.there[0];
    expect(asStaff).toMatchObject({ kind: 'session', id: expect.any(String), cohortId: cohort });
    await HAVE.going(busy, on);
    const second = await aWorkshop(staff, cohort, { title: 'Another', ...times(on) });
    const own = (await join(busy, second.path)).body.there[0];
    expect(own).toMatchObject({ kind: 'workshop', hosting: false, title: 'They go there' });
    const elsewhere = await aCohort(world);
    const [abroad, coachThere] = await Promise.all([aMember(world, elsewhere, 'staff'), aCoach(world, elsewhere)]);
    const foreign = await aWorkshop(abroad, elsewhere, { title: 'Of another cohort', ...times(on) });
    await world.db.collection('memberships').insertOne({
      ...(await world.db.collection('memberships').findOne({ userId: new Types.ObjectId(other.id) })),
      _id: new Types.ObjectId(),
      cohortId: new Types.ObjectId(elsewhere),
    });
    expect((await join(other, foreign.path)).status).toBe(200);
    // Two things of theirs that staff here may not know: one is said of them, with the hours that were asked for.
    await HAVE.outside(other, on);
    const wide = times(on, '07:00', '12:00');
    const named = await draft({ hosts: [other.id], ...wide });
    const hidden = (await staff.client.post(`${named}/publish`, { despite: false })).body.there;
    expect(hidden).toEqual([
      {
        userId: other.id,
        name: other.name,
        kind: 'busy',
        hosting: false,
        id: null,
        cohortId: null,
        title: null,
        ...wide,
      },
    ]);
    expect(coachThere.id).toBeDefined();
  });

  it('given the link of a mail, then whoever holds it hears that there is something, be it the person’s own, and not what', async () => {
    const [person, first, coach] = await Promise.all([fellow(), fellow(), aCoach(world, cohort)]);
    await HAVE.going(person, ON);
    const links = { session: 'session-links', place: 'places' } as const;
    const byLink = (kind: keyof typeof links, id: string, act: string, body: object) => {
      const token = personLink(world, kind, person, id);
      return clientOf(url(0)).post(`/api/${links[kind]}/${token}/${act}`, body);
    };
    const session = await aSession(cohort, person, coach.id, `${ON}T12:00:00.000Z`);
    const moved = await byLink('session', session.id, 'move', { startsAt: `${ON}T08:30:00.000Z`, despite: false });

    const { path, id } = await aWorkshop(staff, cohort, {
      capacity: 1,
      offerMinutes: 60,
      ...times(ON, '08:30', '10:00'),
    });
    await join(first, path);
    expect((await join(person, path, { despite: true })).body.status).toBe('waitlisted');
    await first.client.delete(`${path}/registration`);
    const taken = await byLink('place', id, 'accept', { despite: false });
    for (const answer of [moved, taken]) {
      expect(codeOf(answer)).toEqual([409, 'clash']);
      expect(answer.body.there).toMatchObject([
        { kind: 'busy', id: null, title: null, startsAt: `${ON}T08:30:00.000Z` },
      ]);
      expect(answer.text).not.toContain('They go there');
    }
    expect((await byLink('place', id, 'accept', { despite: true })).body.mine.status).toBe('going');
  });

  it('given who waits in line, then they get the place over what they have, and their agenda says so', async () => {
    const on = ON;
    const [first, second, coach] = await Promise.all([fellow(), fellow(), aCoach(world, cohort)]);
    const { path, id } = await aWorkshop(staff, cohort, { capacity: 1, ...times(on) });
    await join(first, path);
    expect((await join(second, path)).body.status).toBe('waitlisted');
    const session = await aSession(cohort, second, coach.id, `${on}T08:30:00.000Z`);
    await first.client.delete(`${path}/registration`);
    await eventually(async () => {
      const { items } = (await second.client.get('/api/me/inbox')).body;
      const told = items.find(({ kind }: { kind: string }) => kind === 'workshop.promoted');
      expect(told?.body).toContain('you also have a coaching session');
    });
    const query = `from=${on}T00:00:00Z&to=${on}T23:00:00Z`;
    const agenda = (await second.client.get(`/api/me/agenda?${query}`)).body;
    const overlaps = agenda.items.map(({ id, overlaps }: { id: string; overlaps: { id: string }[] }) => [
      id,
      overlaps.map((one) => one.id),
    ]);
    expect(Object.fromEntries(overlaps)).toMatchObject({ [id]: [session.id], [session.id]: [id] });
  });

  it('given a place that a host keeps for them, then they hear what they have then, and who has nothing then does not', async () => {
    const [busy, free, coach] = await Promise.all([fellow(), fellow(), aCoach(world, cohort)]);
    const { path } = await aWorkshop(staff, cohort, { capacity: 2, reserved: 2, ...times(ON) });
    await aSession(cohort, busy, coach.id, `${ON}T08:30:00.000Z`);
    for (const person of [busy, free])
      expect((await staff.client.put(`${path}/registrations/${person.id}`)).status).toBe(200);
    const toldTo = async (person: TestPerson): Promise<string> => {
      const { items } = (await person.client.get('/api/me/inbox')).body;
      return items.find(({ title }: { title: string }) => title.includes('has registered you'))?.body ?? '';
    };
    await eventually(async () => {
      expect(await toldTo(busy)).toContain(
        '. At that time you also have a coaching session. If you cannot come, leave',
      );
      expect(await toldTo(free)).toContain('. If you cannot come, leave');
    });
    expect(await toldTo(free)).not.toContain('you also have');
  });

  it('given one books the same in another tab, then it is said that they have it, and others are told nothing of that', async () => {
    const [coach, person, other] = await Promise.all([aCoach(world, cohort), fellow(), fellow()]);
    const startsAt = `${ON}T08:00:00.000Z`;
    const { id } = await aSession(cohort, person, coach.id, startsAt);
    const again = await book(person, coach.id, startsAt);
    expect([...codeOf(again), again.body.sessionId]).toEqual([409, 'slot_taken', id]);
    const late = await book(other, coach.id, startsAt);
    expect([...codeOf(late), late.body.sessionId]).toEqual([409, 'slot_taken', undefined]);
    // The programme team books for the two of them; a session of another cohort is not theirs to read.
    const elsewhere = await aCohort(world);
    await Promise.all([
      joinCohort(world, elsewhere, coach.id, 'coach'),
      joinCohort(world, elsewhere, person.id, 'fellow'),
    ]);
    const foreign = await aMember(world, elsewhere, 'staff');
    const bookFor = (team: TestPerson, cohortId: string) =>
      team.client.post(`/api/cohorts/${cohortId}/sessions`, {
        ...{ coachId: coach.id, participants: [person.id], startsAt, minutes: 45, need: 'The same?' },
      });
    await coach.client.put(`/api/cohorts/${elsewhere}/coaches/${coach.id}/availability`, HOURS);
    const [here, there] = [await bookFor(staff, cohort), await bookFor(foreign, elsewhere)];
    expect([...codeOf(here), here.body.sessionId]).toEqual([409, 'slot_taken', id]);
    expect([...codeOf(there), there.body.sessionId]).toEqual([409, 'slot_taken', undefined]);
  });

  it('given a workshop that is called off, dropped or given to others, then the time of its hosts is free', async () => {
    const on = ON;
    const [coach, other] = await Promise.all([aCoach(world, cohort), fellow()]);
    const { path } = await aWorkshop(staff, cohort, { hosts: [coach.id], ...times(on) });
    expect(codeOf(await book(other, coach.id, `${on}T08:15:00.000Z`))).toEqual([409, 'slot_taken']);
    expect((await staff.client.patch(path, { hosts: [] })).status).toBe(200);
    await aSession(cohort, other, coach.id, `${on}T08:15:00.000Z`);
    expect(codeOf(await staff.client.patch(path, { hosts: [coach.id] }))).toEqual([409, 'host_busy']);
    const late = await aWorkshop(staff, cohort, { hosts: [coach.id], ...times(on, '12:00', '13:00') });
    expect((await staff.client.post(`${late.path}/cancel`, { reason: 'Nobody has the key.' })).status).toBe(200);
    await aSession(cohort, await fellow(), coach.id, `${on}T12:00:00.000Z`);
  });

  it('given a series, then publishing, moving and lengthening it ask for all of its dates, and dates may follow each other', async () => {
    const coach = await aCoach(world, cohort, { horizonDays: 90 });
    const path = `${base()}/workshop-series`;
    const made = await staff.client.post(path, {
      ...draftOf({ hosts: [coach.id], startsAt: '2026-12-01T08:00:00.000Z', endsAt: '2026-12-01T09:00:00.000Z' }),
      key: 'a-series-of-clashes',
      repeat: { unit: 'week', weekdays: [2, 3], count: 4 },
    });
    const series = `${path}/${made.body.id as string}`;
    const other = await fellow();
    const session = await aSession(cohort, other, coach.id, '2026-12-08T08:00:00.000Z');
    expect(codeOf(await staff.client.post(`${series}/publish`))).toEqual([409, 'host_busy']);
    await other.client.post(`${base()}/sessions/${session.id as string}/cancel`, { reason: 'Later' });
    expect((await staff.client.post(`${series}/publish`)).status).toBe(200);
    const [first] = (await staff.client.get(series)).body.dates;
    const act = { scope: 'all', workshopId: first.workshopId };
    const editionNow = async () => (await staff.client.get(series)).body.edition as number;
    // Each Tuesday goes to where the Wednesday was.
    const later = { startsAt: '2026-12-02T08:00:00.000Z', endsAt: '2026-12-02T09:00:00.000Z' };
    const moved = await staff.client.patch(series, { ...act, edition: await editionNow(), ...later });
    expect(codeOf(moved)).toEqual([200, undefined]);
    await aSession(cohort, await fellow(), coach.id, '2026-12-16T08:00:00.000Z');
    const longer = { workshopId: first.workshopId, edition: await editionNow(), count: 6 };
    expect(codeOf(await staff.client.post(`${series}/lengthen`, longer))).toEqual([409, 'host_busy']);
  });
});

describe('two things at once, on two nodes', () => {
  it('given bookings and publications for one coach at once, then nothing lies over anything', async () => {
    const on = ON;
    const coach = await aCoach(world, cohort, { bufferMinutes: 0 });
    const fellows = await Promise.all(Array.from({ length: MANY }, fellow));
    const drafts = await Promise.all(
      Array.from({ length: MANY }, (_, index) => {
        const from = Date.parse(`${on}T07:00:00Z`) + (index % 5) * (HOUR / 2);
        const startsAt = new Date(from).toISOString();
        return draft({ hosts: [coach.id], startsAt, endsAt: new Date(from + HOUR).toISOString() });
      }),
    );
    const answers = await Promise.all([
      ...fellows.map((person, index) => {
        const from = Date.parse(`${on}T07:15:00Z`) + (index % 5) * (HOUR / 2);
        return book(person, coach.id, new Date(from).toISOString(), {}, index);
      }),
      ...drafts.map((path, index) => staff.client.on(url(index)).post(`${path}/publish`)),
    ]);
    const codes = new Set(answers.map((answer) => codeOf(answer).join(' ')));
    const allowed = ['201 ', '200 ', '409 slot_taken', '409 host_busy'];
    expect([...codes].filter((code) => !allowed.includes(code))).toEqual([]);
    const id = new Types.ObjectId(coach.id);
    const rows = [
      ...(await world.db.collection('sessions').find({ people: id, status: 'scheduled' }).toArray()),
      ...(await world.db.collection('workshops').find({ hosts: id, status: 'published' }).toArray()),
    ].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    expect(rows.length).toBe(answers.filter(({ status }) => status < 300).length);
    expect(rows.length).toBeGreaterThan(1);
    for (const [index, next] of rows.slice(1).entries())
      expect(next.startsAt.getTime()).toBeGreaterThanOrEqual(rows[index]!.endsAt.getTime());
  });

  it('given many who join and book at once, in two tabs on two nodes, then nobody gets both without being asked', async () => {
    const on = ON;
    const { path } = await aWorkshop(staff, cohort, { capacity: 50, ...times(on) });
    const [fellows, coaches] = await Promise.all([
      Promise.all(Array.from({ length: MANY }, fellow)),
      Promise.all(Array.from({ length: MANY }, () => aCoach(world, cohort))),
    ]);
    const pairs = await Promise.all(
      fellows.map((person, index) =>
        Promise.all([
          join(person, path, {}, index),
          book(person, coaches[index]!.id, `${on}T08:30:00.000Z`, {}, index + 1),
        ]),
      ),
    );
    for (const pair of pairs)
      expect(pair.map(({ status, body }) => (status < 300 ? 'done' : body.code)).sort()).toEqual(['clash', 'done']);
  });

  it('given places that open and as many bookings of those who move up at once, then who has both was asked or is told', async () => {
    const on = ON;
    const { path, id } = await aWorkshop(staff, cohort, { capacity: MOVING_UP, ...times(on) });
    const [first, waiting, coaches] = await Promise.all([
      Promise.all(Array.from({ length: MOVING_UP }, fellow)),
      Promise.all(Array.from({ length: MOVING_UP }, fellow)),
      Promise.all(Array.from({ length: MOVING_UP }, () => aCoach(world, cohort))),
    ]);
    await Promise.all(first.map((person) => join(person, path)));
    await Promise.all(waiting.map((person) => join(person, path)));
    const booked = Promise.all(
      waiting.map((person, index) => book(person, coaches[index]!.id, `${on}T08:30:00.000Z`, {}, index)),
    );
    await Promise.all(first.map((person, index) => person.client.on(url(index)).delete(`${path}/registration`)));
    for (const answer of await booked)
      expect([
        [201, undefined],
        [409, 'clash'],
      ]).toContainEqual(codeOf(answer));
    expect((await staff.client.get(path)).body.going).toBe(MOVING_UP);
    expect(id).toBeDefined();
  });
});
