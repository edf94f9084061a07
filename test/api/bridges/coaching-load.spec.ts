import { parse } from 'csv-parse/sync';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { eventually } from '../../support/eventually.js';
import { countQueries } from '../../support/queries.js';

/** With those that find out who asks, and on which days the cohort is closed. */
const BOARD_QUERIES = 3;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let quiet: TestPerson;
beforeAll(async () => {
  world = await startWorld({ now: '2026-09-01T08:00:00.000Z' });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort, { maxPerWeek: 5 }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  quiet = await aMember(world, cohort, 'fellow', { name: 'Karim Benali' });
});
afterAll(() => world.stop());

const load = (person: TestPerson) => person.client.get(`/api/cohorts/${cohort}/coaching-load`);

it('given sessions held, missed and cancelled late, then staff see contact by week, who waits and load against caps', async () => {
  const held = await aSession(cohort, fellow, coach.id, '2026-10-05T07:00:00Z');
  const late = await aSession(cohort, fellow, coach.id, '2026-10-06T07:00:00Z');
  await aSession(cohort, fellow, coach.id, '2026-10-15T07:00:00Z');
  world.clock.set('2026-10-05T08:00:00Z');
  await coach.client.post(`/api/cohorts/${cohort}/sessions/${held.id}/complete`, { outcome: 'held' });
  world.clock.set('2026-10-06T07:01:00Z');
  await fellow.client.post(`/api/cohorts/${cohort}/sessions/${late.id}/cancel`, { reason: 'Overslept' });
  world.clock.set('2026-10-13T09:45:00Z');
  const { body, status } = await load(staff);
  expect(status).toBe(200);
  expect(body.weeks).toHaveLength(12);
  expect(body.weeks.at(-1)).toBe('2026-10-12');
  const [first, second] = body.fellows;
  expect(first).toMatchObject({ person: { id: quiet.id }, days: 42, unserved: true, lastSessionAt: null });
  expect(second).toMatchObject({
    person: { id: fellow.id },
    unserved: false,
    days: 8,
    lastSessionAt: '2026-10-05T07:00:00.000Z',
    nextSessionAt: '2026-10-15T07:00:00.000Z',
  });
  expect(second.sessions).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  expect(body.coaches).toEqual([
    {
      person: expect.objectContaining({ id: coach.id }),
      thisWeek: 1,
      nextWeek: 0,
      maxPerWeek: 5,
      held: 1,
      noShow: 0,
      cancelledLate: 1,
    },
  ]);
});

it('given staff who want a table, then a line for each person, in their language', async () => {
  const answer = await staff.client.get(`/api/cohorts/${cohort}/coaching-load/table.csv`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const rows: string[][] = parse(answer.text, { bom: true });
  expect(rows.map((row) => row.slice(0, 2))).toEqual([
    ['Role', 'Name'],
    ['Fellow', 'Karim Benali'],
    ['Fellow', 'Inès Carpentier'],
    ['Coach', 'Hanna Lindqvist'],
  ]);
  await staff.client.patch('/api/me', { locale: 'fr' });
  const french = await staff.client.get(`/api/cohorts/${cohort}/coaching-load/table.csv`);
  expect(french.text.split('\r\n', 1)[0]).toMatch(/^\ufeff?Rôle;Nom;/);
});

it('given a cohort of any size, then the board asks as many queries', async () => {
  // Once those are over that follow what was done before.
  const asksAsManyAs = (count: number) =>
    eventually(async () => {
      const queries = countQueries(world.db);
      expect((await load(staff)).status).toBe(200);
      expect(queries()).toBe(count);
    });
  await asksAsManyAs(BOARD_QUERIES);
  const more = await Promise.all([1, 2, 3, 4, 5].map(() => aMember(world, cohort, 'fellow')));
  const coaches = await Promise.all([1, 2, 3].map(() => aCoach(world, cohort)));
  for (const [index, person] of more.entries())
    await aSession(cohort, person, coaches[index % 3]!.id, `2026-10-${[14, 15, 16, 19, 20][index]}T12:00:00Z`);
  await asksAsManyAs(BOARD_QUERIES);
});

it('given another role, cohort or nobody, then nothing', async () => {
  for (const path of ['', '/table.csv']) {
    const of = (client: TestPerson['client']) => client.get(`/api/cohorts/${cohort}/coaching-load${path}`);
    for (const person of [coach, fellow]) expect((await of(person.client)).status).toBe(403);
    expect((await of((await aMember(world, await aCohort(world), 'staff')).client)).status).toBe(404);
    expect((await of(clientOf(world.url))).status).toBe(401);
  }
});
