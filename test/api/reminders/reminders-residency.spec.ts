import type { TestWorld } from '../../support/app.js';
import { startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aMember, aPerson } from '../../support/factories.js';
import { type SentReminder, Residency } from '../../support/reminders/residency.js';
import { remindOnlyOf } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

const PARIS = 'Europe/Paris';
const CAYENNE = 'America/Cayenne';

let world: TestWorld;
beforeAll(async () => (world = await startWorld({ now: '2026-08-10T08:00:00.000Z' })));
afterAll(() => world.stop());

type Name = 'staff' | 'coach' | 'jonas' | 'ines' | 'late';
let people: Record<Name, TestPerson>;
let cohort: string;
let base: string;
/** Who, what, and when on their own clock. */
const expected: string[] = [];
/** On the wall of whoever is told. */
const expect_ = (who: Name, what: string, ...times: string[]) =>
  expected.push(...times.map((time) => `${who} | ${what} | ${time}`));

async function done(answer: Promise<{ status: number; text: string; body: any }>): Promise<any> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(`refused with ${status}: ${text}`);
  return body;
}

async function theWorkshop(title: string, startsAt: string, ...going: Name[]): Promise<string> {
  const more = {
    title,
    startsAt,
    endsAt: hoursAfter(startsAt, 2),
    hosts: title === 'Kick-off' ? [people.coach.id] : [],
  };
  const { path } = await aWorkshop(people.staff, cohort, { link: MEETING, ...more });
  for (const name of going) await done(people[name].client.put(`${path}/registration`, {}));
  return path;
}

/** A milestone's three reminders: at 09:00 in Paris; who sleeps then is told in their own morning. */
function expectMilestone(title: string, on: string, from = '2026-08-10 10:00'): void {
  const before = (days: number) => new Date(Date.parse(on) - days * 86_400_000).toISOString().slice(0, 10);
  const rungs = [
    [`In 14 days: ${title}`, before(14)],
    [`In 3 days: ${title}`, before(3)],
    [`Today: ${title}`, on],
  ] as const;
  for (const [what, day] of rungs) {
    for (const who of ['staff', 'coach', 'jonas', 'ines', 'late'] as const) {
      // Inès comes home on 1 June; the late one joins on 20 April.
      const time = `${day} ${who === 'ines' && day < '2027-06-01' ? '08:00' : '09:00'}`;
      if (time > (who === 'late' ? '2027-04-20 12:00' : from)) expect_(who, what, time);
    }
  }
}

describe('ten months of a residency in Paris', () => {
  it('given workshops, sessions and milestones that are moved, left and cancelled, then every reminder once, at its hour, and no other', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    // A country without holidays: those have tests of their own.
    const made = { name: 'Cohort 7', startsOn: '2026-09-01', timeZone: PARIS, months: 10, country: 'XX' };
    cohort = (await done(admin.client.post('/api/cohorts', made))).id;
    base = `/api/cohorts/${cohort}`;
    const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '09:00', end: '18:00' }));
    people = {
      staff: await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' }),
      coach: await aCoach(world, cohort, { weekly: everyDay, horizonDays: 365 }, { name: 'Hanna Lindqvist' }),
      jonas: await aMember(world, cohort, 'fellow', { name: 'Jonas Albrecht' }),
      ines: await aMember(world, cohort, 'fellow', { name: 'Inès Roulle', timeZone: CAYENNE }),
      late: await aPerson(world, { name: 'Paul Ozanne' }),
    };
    const { staff, coach, jonas, ines } = people;
    // The nights on which clocks turn lie in weekends: nobody here wants those quiet.
    for (const { client } of Object.values(people)) {
      const { kinds, quietHours } = await done(client.get('/api/me/preferences'));
      await done(client.put('/api/me/preferences', { kinds, quietHours, quietWeekend: false }));
    }
    await remindOnlyOf(staff, cohort, 'workshop', 'session', 'milestone');
    const residency = new Residency(world);
    const milestones = await done(staff.client.get(`${base}/milestones?limit=200`));
    expect(milestones.items).toHaveLength(12);
    const { milestones: names } = (await import('../../../src/notifications/words/words.en.js')).en;
    for (const { titleKey, on } of milestones.items) expectMilestone(names[titleKey]!, on);
    const milestone = (title: string, on: string) => done(staff.client.post(`${base}/milestones`, { title, on }));

    // September: the first workshop, with a host, and milestones a fortnight after the nights on which clocks turn.
    await residency.until('2026-08-20T08:00:00.000Z');
    await theWorkshop('Kick-off', '2026-09-08T08:00:00.000Z', 'jonas', 'ines');
    const kickOff = '“Kick-off”: Tuesday 8 September at';
    expect_(
      'jonas',
      `${kickOff} 10:00 (Paris)`,
      '2026-09-01 10:00',
      '2026-09-07 10:00',
      '2026-09-08 09:00',
      '2026-09-08 09:50',
    );
    expect_(
      'ines',
      `${kickOff} 05:00 (Cayenne)`,
      '2026-09-01 08:00',
      '2026-09-07 08:00',
      '2026-09-08 04:00',
      '2026-09-08 04:50',
    );
    expect_('coach', `${kickOff} 10:00 (Paris)`, '2026-09-08 09:00', '2026-09-08 09:50');
    await milestone('Read-out of autumn', '2026-11-08');
    await milestone('Read-out of spring', '2027-04-11');
    expectMilestone('Read-out of autumn', '2026-11-08');
    expectMilestone('Read-out of spring', '2027-04-11');

    // October: the night of the 25th lasts an hour longer. A day before is 24 hours, a week before is the same time on the wall.
    await residency.until('2026-10-12T08:00:00.000Z');
    await theWorkshop('Walk of autumn', '2026-10-25T09:00:00.000Z', 'jonas', 'ines');
    const autumn = '“Walk of autumn”: Sunday 25 October at';
    expect_(
      'jonas',
      `${autumn} 10:00 (Paris)`,
      '2026-10-18 10:00',
      '2026-10-24 11:00',
      '2026-10-25 09:00',
      '2026-10-25 09:50',
    );
    expect_(
      'ines',
      `${autumn} 06:00 (Cayenne)`,
      '2026-10-18 08:00',
      '2026-10-24 08:00',
      '2026-10-25 05:00',
      '2026-10-25 05:50',
    );
    await aSession(cohort, jonas, coach.id, '2026-10-25T14:00:00.000Z');
    await aSession(cohort, jonas, coach.id, '2026-10-26T08:00:00.000Z');
    bothOf('Sunday 25 October at 15:00 (Paris)', '2026-10-24 16:00', '2026-10-25 14:00');
    bothOf('Monday 26 October at 09:00 (Paris)', '2026-10-25 09:00', '2026-10-26 08:00');

    // November, December: a workshop is moved before its first reminder, and again after it.
    await residency.until('2026-11-10T08:00:00.000Z');
    const moved = await theWorkshop('Prototype in a day', '2026-12-03T13:00:00.000Z', 'jonas', 'ines');
    const moveTo = (startsAt: string) => done(staff.client.patch(moved, { startsAt, endsAt: hoursAfter(startsAt, 2) }));
    await residency.until('2026-11-20T08:00:00.000Z');
    await moveTo('2026-12-10T13:00:00.000Z');
    await residency.until('2026-12-05T08:00:00.000Z');
    await moveTo('2026-12-17T13:00:00.000Z');
    const [second, third] = ['Thursday 10 December at', 'Thursday 17 December at'].map(
      (day) => `“Prototype in a day”: ${day}`,
    );
    expect_('jonas', `${second!} 14:00 (Paris)`, '2026-12-03 14:00');
    expect_('ines', `${second!} 10:00 (Cayenne)`, '2026-12-03 10:00');
    expect_(
      'jonas',
      `${third!} 14:00 (Paris)`,
      '2026-12-10 14:00',
      '2026-12-16 14:00',
      '2026-12-17 13:00',
      '2026-12-17 13:50',
    );
    expect_(
      'ines',
      `${third!} 10:00 (Cayenne)`,
      '2026-12-10 10:00',
      '2026-12-16 10:00',
      '2026-12-17 09:00',
      '2026-12-17 09:50',
    );

    // January: a session is moved three times and then cancelled, a workshop is cancelled; both after their first reminder.
    await residency.until('2027-01-05T08:00:00.000Z');
    const flooded = await theWorkshop('Law for builders', '2027-01-14T09:00:00.000Z', 'jonas');
    const session = await aSession(cohort, jonas, coach.id, '2027-01-20T09:00:00.000Z');
    const to = (person: TestPerson, startsAt: string) =>
      done(person.client.post(`${base}/sessions/${session.id}/reschedule`, { startsAt }));
    await residency.until('2027-01-06T08:00:00.000Z');
    await to(jonas, '2027-01-21T09:00:00.000Z');
    await residency.until('2027-01-07T12:00:00.000Z');
    await to(coach, '2027-01-22T09:00:00.000Z');
    await residency.until('2027-01-08T08:00:00.000Z');
    await to(jonas, '2027-01-19T09:00:00.000Z');
    await residency.until('2027-01-10T08:00:00.000Z');
    await done(staff.client.post(`${flooded}/cancel`, { reason: 'The room is flooded' }));
    await residency.until('2027-01-18T12:00:00.000Z');
    await done(jonas.client.post(`${base}/sessions/${session.id}/cancel`, { reason: 'I am ill' }));
    expect_('jonas', '“Law for builders”: Thursday 14 January at 10:00 (Paris)', '2027-01-07 10:00');
    bothOf('Tuesday 19 January at 10:00 (Paris)', '2027-01-18 10:00');

    // February: a milestone moves after its first reminder; one of two leaves a workshop after theirs.
    const { id } = await milestone('Demo to the sponsors', '2027-02-15');
    const left = await theWorkshop('Accessibility clinic', '2027-02-11T09:00:00.000Z', 'jonas', 'ines');
    await residency.until('2027-02-05T12:00:00.000Z');
    await done(staff.client.patch(`${base}/milestones/${id}`, { on: '2027-02-22' }));
    await done(jonas.client.delete(`${left}/registration`));
    for (const who of ['staff', 'coach', 'jonas', 'ines'] as const) {
      expect_(who, 'In 14 days: Demo to the sponsors', `2027-02-01 ${who === 'ines' ? '08:00' : '09:00'}`);
    }
    expectMilestone('Demo to the sponsors', '2027-02-22');
    const clinic = '“Accessibility clinic”: Thursday 11 February at';
    expect_('jonas', `${clinic} 10:00 (Paris)`, '2027-02-04 10:00');
    expect_(
      'ines',
      `${clinic} 06:00 (Cayenne)`,
      '2027-02-04 08:00',
      '2027-02-10 08:00',
      '2027-02-11 05:00',
      '2027-02-11 05:50',
    );

    // March: the night of the 28th lasts an hour less.
    await residency.until('2027-03-10T08:00:00.000Z');
    await theWorkshop('Walk of spring', '2027-03-28T08:00:00.000Z', 'jonas', 'ines');
    await aSession(cohort, jonas, coach.id, '2027-03-28T13:00:00.000Z');
    const spring = '“Walk of spring”: Sunday 28 March at';
    expect_(
      'jonas',
      `${spring} 10:00 (Paris)`,
      '2027-03-21 10:00',
      '2027-03-27 09:00',
      '2027-03-28 09:00',
      '2027-03-28 09:50',
    );
    expect_(
      'ines',
      `${spring} 05:00 (Cayenne)`,
      '2027-03-21 08:00',
      '2027-03-27 08:00',
      '2027-03-28 04:00',
      '2027-03-28 04:50',
    );
    bothOf('Sunday 28 March at 15:00 (Paris)', '2027-03-27 14:00', '2027-03-28 14:00');

    // April to June: one joins late, phases change, a fellow comes home from Cayenne.
    await residency.until('2027-04-20T10:00:00.000Z');
    await residency.join(cohort, people.late);
    const { phases } = await done(staff.client.get(base));
    const renamed = phases.map((phase: any) => ({ ...phase, name: `${phase.key} of ours` }));
    await done(staff.client.patch(base, { phases: renamed }));
    await aSession(cohort, ines, coach.id, '2027-05-12T13:00:00.000Z');
    expect_(
      'coach',
      'Session with Inès Roulle: Wednesday 12 May at 15:00 (Paris)',
      '2027-05-11 15:00',
      '2027-05-12 14:00',
    );
    expect_(
      'ines',
      'Session with Hanna Lindqvist: Wednesday 12 May at 10:00 (Cayenne)',
      '2027-05-11 10:00',
      '2027-05-12 09:00',
    );
    await residency.until('2027-06-01T03:30:00.000Z');
    await done(ines.client.patch('/api/me', { timeZone: PARIS }));
    await theWorkshop('Farewell', '2027-06-24T16:00:00.000Z', 'ines');
    expect_(
      'ines',
      '“Farewell”: Thursday 24 June at 18:00 (Paris)',
      '2027-06-17 18:00',
      '2027-06-23 18:00',
      '2027-06-24 17:00',
      '2027-06-24 17:50',
    );
    await residency.until('2027-07-10T00:00:00.000Z');

    const came = residency.sent.map((one) => line(one));
    expect(came.sort()).toEqual(expected.sort());
    const { items } = await done(ines.client.get('/api/me/inbox?limit=200'));
    const ofInes = expected.filter((one) => one.startsWith('ines'));
    expect(items.filter((one: any) => one.kind.endsWith('.reminder'))).toHaveLength(ofInes.length);
    expect(await residency.states()).toEqual({ dropped: expect.any(Number), sent: expected.length });
  });
});

function bothOf(when: string, ...times: string[]): void {
  expect_('jonas', `Session with Hanna Lindqvist: ${when}`, ...times);
  expect_('coach', `Session with Jonas Albrecht: ${when}`, ...times);
}

/** As `expected` says it: on the wall of whoever was told. */
function line({ email, subject, at }: SentReminder): string {
  const name = (Object.keys(people) as Name[]).find((one) => people[one].email === email)!;
  const timeZone = name === 'ines' && at < new Date('2027-06-01T03:30:00.000Z') ? CAYENNE : PARIS;
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${name} | ${subject} | ${wall.format(at)}`;
}
