import { type TestWorld, startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../support/factories.js';
import { liveUntil, remindOnlyOf, remindersTo } from '../support/reminders.js';
import { aWorkshop } from '../support/workshops.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let fellow: TestPerson;
let host: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  await remindOnlyOf(staff, cohort, 'letter');
  fellow = await aMember(world, cohort, 'fellow');
  host = await aMember(world, cohort, 'host', { locale: 'fr' });
});
afterAll(() => world.stop());

const rowsTo = async (person: TestPerson) => (await person.client.get('/api/me/reminders?limit=5')).body.items as any[];
const subjects = (person: TestPerson) => remindersTo(world, person.email).map(({ subject }) => subject);

it('given a week with a workshop, then its letter on Monday at nine, once; to hosts one for the month, after the weekend it falls on', async () => {
  await aWorkshop(staff, cohort, { startsAt: '2026-11-04T08:00:00.000Z', endsAt: '2026-11-04T10:00:00.000Z' });
  await eventually(async () => {
    expect((await rowsTo(fellow)).slice(0, 2).map(({ kind, dueAt }) => `${kind} ${dueAt}`)).toEqual([
      'letter.weekly 2026-10-19T07:00:00.000Z',
      'letter.weekly 2026-10-26T08:00:00.000Z',
    ]);
    expect((await rowsTo(host)).find(({ kind }) => kind === 'letter.monthly').dueAt).toBe('2026-11-02T07:00:00.000Z');
  });
  // Nothing is planned in the first weeks, and that somebody asked is no letter: nothing is sent.
  const question = { title: 'Who has worked with old registers?', body: 'I look for them.', tags: [] };
  expect((await fellow.client.post(`/api/cohorts/${cohort}/topics`, question)).status).toBe(201);
  await liveUntil(world, '2026-10-27T00:00:00.000Z');
  expect([subjects(fellow), subjects(host)]).toEqual([[], []]);

  await liveUntil(world, '2026-11-02T09:00:00.000Z');
  await eventually(() => expect(subjects(fellow)).toEqual(['Cohort 7: this week']));
  const { text } = remindersTo(world, fellow.email)[0]!;
  expect(text).toContain('One workshop is planned.');
  expect(text).toContain('Wednesday 4 November at 09:00 (Paris): Impact assessment, by hand');
  await eventually(() =>
    expect(subjects(host).sort()).toEqual(['Cohort 7\u00a0: ce mois-ci', 'Cohort 7\u00a0: cette semaine']),
  );
  // This host has no project yet.
  const month = remindersTo(world, host.email).find(({ subject }) => subject?.includes('ce mois-ci'))!;
  expect(month.text).toContain('vous êtes hôte dans la promotion');
  expect(month.text).toContain('Ouvrir les défis');
  expect(month.text).not.toMatch(/votre défi|accueillez/);
  const dropped = await world.db
    .collection('reminders')
    .find({ _id: { $exists: true }, state: 'dropped', because: 'empty' })
    .toArray();
  expect(new Set(dropped.map(({ kind }) => kind))).toEqual(new Set(['letter.weekly']));
});

it('given staff look at the rules, then both are there, with a preview on the real cohort in both languages', async () => {
  const base = `/api/cohorts/${cohort}/reminders/ladder`;
  const { rungs } = (await staff.client.get(base)).body;
  expect(rungs.filter(({ subject }: any) => subject === 'letter').map(({ kind, on }: any) => [kind, on])).toEqual([
    ['letter.weekly', true],
    ['letter.monthly', true],
  ]);
  const preview = await staff.client.post(`${base}/preview`, { kind: 'letter.weekly', text: null });
  expect(preview.body.en.title).toBe('Cohort 7: this week');
  expect(preview.body.fr.title).toBe('Cohort 7\u00a0: cette semaine');
  const own = { en: 'Have a good week, {cohort}.', fr: 'Bonne semaine, {cohort}.' };
  expect((await staff.client.post(`${base}/preview`, { kind: 'letter.weekly', text: own })).body.fr.body).toBe(
    'Bonne semaine, Cohort 7.',
  );
});
