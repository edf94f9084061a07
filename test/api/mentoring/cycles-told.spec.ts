import { type TestWorld, startWorld } from '../../support/app.js';
import { connect } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { forgetAll, liveUntil, remindersTo, rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/cycles`;
  coach = await aCoach(world, cohort, { horizonDays: 365 }, { name: 'Tomasz Wilk' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(() => world.stop());

const start = async () => {
  const started = await fellow.client.post(base, { coachId: coach.id, goal: 'Read the code of others\nand say why' });
  expect(started.status).toBe(201);
  return started.body as { id: string; lapsesOn: string };
};
const inboxOf = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox?limit=200')).body.items as {
    kind: string;
    title: string;
    body: string;
    why: string;
    link: string;
  }[];
const told = async (person: TestPerson, kind: string, count = 1) =>
  await eventually(async () => {
    const notices = (await inboxOf(person)).filter((one) => one.kind === kind);
    expect(notices).toHaveLength(count);
    return notices;
  });
const hold = async (days: string[]) => {
  const sessions = await Promise.all(days.map((day) => aSession(cohort, fellow, coach.id, `${day}T13:00:00.000Z`)));
  world.clock.set(`${days.at(-1)!}T15:00:00.000Z`);
  for (const { id } of sessions) {
    const path = `/api/cohorts/${cohort}/sessions/${id}/complete`;
    expect((await coach.client.post(path, { outcome: 'held' })).status).toBe(200);
  }
};
const FOUR = ['2026-10-14', '2026-10-15', '2026-10-16', '2026-10-19'];

describe('what the two of a cycle are told', () => {
  it('given one starts it, then the other hears, once, in their language and by email, and the page looks again', async () => {
    await coach.client.patch('/api/me', { locale: 'fr' });
    const live = await connect(world.nodes[1]!.url, coach.token);
    const { id } = await start();
    await eventually(() =>
      expect(live.events).toContainEqual({
        event: 'cycle.changed',
        payload: { cohortId: cohort, cycleId: id, revision: 1 },
      }),
    );
    const [notice] = await told(coach, 'cycle.started');
    expect(notice).toMatchObject({
      title:
        'Inès Carpentier commence avec vous un cycle de quatre séances\u00a0: Read the code of others · and say why',
      why: 'cycle',
      link: `/c/${cohort}/coaching/cycles/${id}`,
    });
    const mail = await eventually(() => {
      const found = world.mail.mails.find((one) => one.subject?.startsWith('Inès Carpentier commence'));
      expect(found).toBeDefined();
      return found!;
    });
    expect([mail.to].flat()[0]!.value[0]!.address).toBe(coach.email);
    expect(mail.text).toContain('Ouvrir le cycle');
    expect(mail.headers.get('list-unsubscribe-post') ?? mail.headers.get('list')).toBeDefined();
    await told(fellow, 'cycle.started', 0);
    live.close();
  });

  it('given the first session moves, then both hear on which day it ends now; of bookings they hear as of sessions', async () => {
    await start();
    const { id } = await aSession(cohort, fellow, coach.id, '2026-10-20T07:00:00.000Z');
    await aSession(cohort, fellow, coach.id, '2026-10-29T08:00:00.000Z');
    await world.settled();
    await told(fellow, 'cycle.moved', 0);
    const moved = await fellow.client.post(`/api/cohorts/${cohort}/sessions/${id}/reschedule`, {
      startsAt: '2026-10-22T07:00:00.000Z',
      revision: 1,
    });
    expect([moved.status, moved.body.code]).toEqual([200, undefined]);
    const [hers] = await told(fellow, 'cycle.moved');
    expect(hers!.title).toBe('Your cycle with Tomasz Wilk now ends on Sunday 22 November');
    await told(coach, 'cycle.moved');
  });

  it('given one ends it with a word, then the other hears the word', async () => {
    const { id } = await start();
    await coach.client.post(`${base}/${id}/close`, { word: 'You do not need me for it' });
    const [notice] = await told(fellow, 'cycle.ended');
    expect(notice!.title).toBe('Tomasz Wilk ended your cycle: Read the code of others · and say why');
    expect(notice!.body).toBe('No session was held. “You do not need me for it”');
    await told(coach, 'cycle.ended', 0);
  });

  it('given it lapses because one of them left, then the other hears, and who left does not', async () => {
    await start();
    const staff = await aMember(world, cohort, 'staff');
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${coach.id}`)).status).toBeLessThan(300);
    await world.settled();
    const [notice] = await told(fellow, 'cycle.ended');
    expect(notice!.title).toMatch(/^Your cycle with Tomasz Wilk has lapsed/);
    expect((await inboxOf(coach)).map(({ kind }) => kind)).not.toContain('cycle.ended');
  });
});

describe('a closing note', () => {
  it('given it is for the two, then the fellow hears of it, not of an end beside it, and nobody else does', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const { id } = await start();
    await hold(FOUR);
    const note = { body: 'You read **more** than you write now.', audience: 'participants' };
    expect((await coach.client.post(`${base}/${id}/note`, note)).status).toBe(201);
    const [notice] = await told(fellow, 'cycle.note');
    expect([notice!.title, notice!.why]).toEqual(['Tomasz Wilk wrote the closing note of your cycle', 'note_reader']);
    expect(JSON.stringify(await inboxOf(fellow))).not.toContain('You read');
    for (const [person, kind] of [
      [fellow, 'cycle.ended'],
      [coach, 'cycle.note'],
      [coach, 'cycle.ended'],
      [staff, 'cycle.note'],
    ] as const)
      await told(person, kind, 0);
  });

  it('given it is for staff, then staff hear of it, and the fellow only that the cycle is complete', async () => {
    const staff = await aMember(world, cohort, 'staff');
    const { id } = await start();
    await hold(FOUR);
    const note = { body: 'Needs a mentor in law.', audience: 'staff' };
    expect((await coach.client.post(`${base}/${id}/note`, note)).status).toBe(201);
    const [theirs] = await told(staff, 'cycle.note');
    expect(theirs!.title).toBe('Tomasz Wilk wrote the closing note of the cycle with Inès Carpentier');
    const [hers] = await told(fellow, 'cycle.ended');
    expect(hers!.title).toMatch(/^Your cycle with Tomasz Wilk is complete/);
    await told(fellow, 'cycle.note', 0);
  });
});

describe('the week before a cycle ends', () => {
  it('given sessions are missing, then both are reminded once, by email too, and never of one that has them all', async () => {
    const { id } = await start();
    await aSession(cohort, fellow, coach.id, '2026-10-20T07:00:00.000Z');
    await eventually(async () => {
      const rows = (await rowsOf(world, id)).filter((row) => row.state === 'planned');
      expect(rows.map((row) => [row.kind, row.dueAt.toISOString()])).toEqual(
        Array(2).fill(['cycle.7d', '2026-11-13T08:00:00.000Z']),
      );
    });
    await liveUntil(world, '2026-11-13T08:30:00.000Z');
    const [hers] = await told(fellow, 'cycle.reminder');
    expect(hers!.title).toBe('3 sessions are missing in your cycle with Tomasz Wilk, which ends on Friday 20 November');
    await told(coach, 'cycle.reminder');
    await eventually(() =>
      expect(remindersTo(world, fellow.email).filter((mail) => mail.subject?.includes('are missing'))).toHaveLength(1),
    );
    // One more is booked after it: nobody is reminded again.
    await aSession(cohort, fellow, coach.id, '2026-11-16T08:00:00.000Z');
    await liveUntil(world, '2026-11-17T08:30:00.000Z');
    await told(fellow, 'cycle.reminder');
  });

  it('given the fourth is booked meanwhile, or the cycle ends, then nobody is', async () => {
    const { id } = await start();
    await rowsIn(world, id, 'planned', 2);
    for (const day of FOUR) await aSession(cohort, fellow, coach.id, `${day}T13:00:00.000Z`);
    await world.settled();
    await eventually(async () =>
      expect((await rowsOf(world, id)).filter(({ state }) => state === 'planned')).toEqual([]),
    );
    const other = await aMember(world, cohort, 'fellow');
    const second = (await other.client.post(base, { coachId: coach.id, goal: 'Ship' })).body.id as string;
    await rowsIn(world, second, 'planned', 2);
    await other.client.post(`${base}/${second}/close`, { word: 'Shipped' });
    await rowsIn(world, second, 'dropped', 2);
  });

  it('given the process dies right after it was ended, then a turn drops its reminders, and the other hears of it', async () => {
    const { id } = await start();
    await rowsIn(world, id, 'planned', 2);
    world.clock.advance(60_000);
    const closed = await killedAfter(world, () => coach.client.post(`${base}/${id}/close`, { word: 'Done' }));
    expect(closed.status).toBeLessThan(300);
    await rowsIn(world, id, 'planned', 2);
    await tick(world);
    await rowsIn(world, id, 'dropped', 2);
    await followOutbox(world);
    await told(fellow, 'cycle.ended');
  });
});
