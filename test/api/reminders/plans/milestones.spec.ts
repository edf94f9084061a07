import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { liveUntil, remindOnlyOf, remindersTo, rowsIn, rowsOf } from '../../../support/reminders/reminders.js';

/** What comes before something that is planned; all else has its own tests. */
const ABOUT = ['workshop', 'session', 'milestone'] as const;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  await remindOnlyOf(staff, cohort, ...ABOUT);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

describe('a milestone', () => {
  it('given it is made and moved, then everybody at 09:00 of the cohort, who can sleep on it in their own morning', async () => {
    const own = await aCohort(world);
    const lead = await aMember(world, own, 'staff', { locale: 'fr' });
    await remindOnlyOf(lead, own, ...ABOUT);
    const far = await aMember(world, own, 'fellow', { timeZone: 'America/Cayenne' });
    const former = await aMember(world, own, 'alumni');
    const made = (await lead.client.post(`/api/cohorts/${own}/milestones`, { title: 'Read-out', on: '2026-10-30' }))
      .body;
    await rowsIn(world, made.id, 'planned', 6);
    const path = `/api/cohorts/${own}/milestones/${made.id}`;
    expect((await lead.client.patch(path, { on: '2026-11-03' })).status).toBe(200);
    await eventually(async () => {
      const rows = await rowsOf(world, made.id);
      expect(rows.filter((row) => row.state === 'dropped').map((row) => row.because)).toEqual(Array(6).fill('moved'));
    });
    const planned = await rowsIn(world, made.id, 'planned', 6);
    const times = (person: TestPerson) =>
      planned.filter((row) => String(row.userId) === person.id).map((row) => row.dueAt.toISOString().slice(0, 16));
    expect(times(lead)).toEqual(['2026-10-20T07:00', '2026-11-02T07:00', '2026-11-03T08:00']);
    expect(times(far)).toEqual(['2026-10-20T11:00', '2026-11-02T11:00', '2026-11-03T11:00']);
    await liveUntil(world, '2026-11-04T00:00:00.000Z');
    const mails = remindersTo(world, lead.email);
    expect(mails.map((mail) => mail.subject)).toEqual([
      'Dans 14 jours\u00a0: Read-out',
      'Demain\u00a0: Read-out',
      'Aujourd’hui\u00a0: Read-out',
    ]);
    expect(mails[0]!.text).toContain('mardi 3 novembre');
    expect(remindersTo(world, former.email)).toEqual([]);
  });
});
