import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { liveUntil, remindOnlyOf, remindersTo, rowsIn, rowsOf } from '../../../support/reminders/reminders.js';
import { aWorkshop } from '../../../support/rooms/workshops.js';

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

describe('a workshop', () => {
  const joined = async (path: string, ...people: TestPerson[]) => {
    for (const person of people) expect((await person.client.put(`${path}/registration`, {})).status).toBe(200);
  };

  it.each([
    [
      'autumn',
      '2026-10-12T09:00:00.000Z',
      '2026-10-25T09:00:00.000Z',
      ['2026-10-19T06:00', '2026-10-24T09:00', '2026-10-25T08:00', '2026-10-25T08:50'],
      'Sunday 25 October at 10:00 (Paris)',
      'dimanche 25 octobre à 06:00 (Cayenne)',
    ],
    [
      'spring',
      '2027-03-15T09:00:00.000Z',
      '2027-03-28T08:00:00.000Z',
      ['2027-03-22T07:00', '2027-03-27T08:00', '2027-03-28T07:00', '2027-03-28T07:50'],
      'Sunday 28 March at 10:00 (Paris)',
      'dimanche 28 mars à 05:00 (Cayenne)',
    ],
  ])(
    'given the %s night on which Paris turns its clocks, then all is right in each one’s zone',
    async (_, now, startsAt, due, inParis, inCayenne) => {
      world.clock.set(now);
      const endsAt = new Date(Date.parse(startsAt) + 7_200_000).toISOString();
      const { path, id } = await aWorkshop(staff, cohort, {
        title: 'Data walk',
        startsAt,
        endsAt,
        link: 'https://meet.example/walk',
      });
      const [paris, cayenne] = [
        await aMember(world, cohort, 'fellow', { timeZone: 'Europe/Paris' }),
        await aMember(world, cohort, 'fellow', { timeZone: 'America/Cayenne', locale: 'fr' }),
      ];
      await joined(path, paris, cayenne);
      await rowsIn(world, id, 'planned', 8);
      await liveUntil(world, startsAt);
      const rows = await rowsOf(world, id);
      const ofParis = rows.filter((row) => String(row.userId) === paris.id);
      expect(ofParis.map((row) => row.dueAt.toISOString().slice(0, 16))).toEqual(due);
      expect(rows.every((row) => row.state === 'sent')).toBe(true);
      // Nobody in Cayenne is woken at 05:00 for what is a day away.
      const dayBefore = rows.find((row) => String(row.userId) === cayenne.id && row.kind === 'workshop.24h');
      expect(dayBefore!.dueAt.toISOString().slice(11, 16)).toBe('11:00');
      for (const row of rows) expect(row.sentAt).toEqual(row.dueAt);
      expect(remindersTo(world, paris.email).map((mail) => mail.subject)).toEqual(
        Array(4).fill(`“Data walk”: ${inParis}`),
      );
      const french = remindersTo(world, cayenne.email);
      expect(french.map((mail) => mail.subject)).toEqual(Array(4).fill(`«\u00a0Data walk\u00a0»\u00a0: ${inCayenne}`));
      expect(french.filter((mail) => mail.text?.includes('https://meet.example/walk'))).toHaveLength(1);
    },
  );
});
