import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { liveUntil, remindOnlyOf, remindersTo } from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

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

it('given staff have the monthly letter sent some days before, then it counts what has been, and not what comes', async () => {
  const there = await aCohort(world);
  const [lead, joiner] = [await aMember(world, there, 'staff'), await aMember(world, there, 'fellow')];
  const agent = await aMember(world, there, 'host');
  const project = { name: 'Open forms', agency: 'Prefecture', fellowIds: [joiner.id], hostIds: [agent.id] };
  expect((await lead.client.post(`/api/cohorts/${there}/projects`, project)).status).toBe(201);
  await remindOnlyOf(lead, there, 'letter');
  const path = `/api/cohorts/${there}/reminders/ladder`;
  const { revision, rungs } = (await lead.client.get(path)).body;
  const earlier = rungs
    .filter(({ kind }: any) => kind === 'letter.monthly')
    .map(({ kind, channels, text }: any) => ({ kind, channels, text, on: true, count: 4 }));
  expect((await lead.client.put(path, { revision, rungs: earlier })).status).toBe(200);
  world.clock.set('2026-11-20T09:00:00.000Z');
  for (const day of ['2026-11-24', '2026-11-29']) {
    const at = { startsAt: `${day}T09:00:00.000Z`, endsAt: `${day}T10:00:00.000Z` };
    const workshop = await aWorkshop(lead, there, at);
    expect((await joiner.client.put(`${workshop.path}/registration`, {})).status).toBeLessThan(300);
  }
  await liveUntil(world, '2026-11-28T12:00:00.000Z');
  await eventually(() => expect(subjects(agent).filter((subject) => subject?.includes('month'))).toHaveLength(1));
  const letter = remindersTo(world, agent.email).find(({ subject }) => subject?.includes('month'))!;
  expect(letter.text).toContain('went to one workshop');
});
