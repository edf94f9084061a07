import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../src/common/zoned.js';
import type { ReminderRow } from '../../src/reminders/reminder.schema.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { aCoach, aSession } from '../support/coaching.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aMember, aPerson } from '../support/factories.js';
import { liveUntil, remindersTo, rowsIn } from '../support/reminders.js';
import { aWorkshop } from '../support/workshops.js';

const PARIS = 'Europe/Paris';
const MONTHS = 10;
/** The nights of Paris in this residency on which clocks turn. */
const TURNS = ['2026-10-25', '2027-03-28'];

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: '2026-08-20T08:00:00.000Z' });
});
afterAll(() => world.stop());

const at = (day: Temporal.PlainDate | string, time: string) => instantAt(String(day), time, PARIS).toISOString();

/** The second Wednesday of a month. */
function wednesday(month: Temporal.PlainDate): Temporal.PlainDate {
  const first = month.with({ day: 8 });
  return first.add({ days: (3 - first.dayOfWeek + 7) % 7 });
}

describe('a whole residency', () => {
  it('given ten months of workshops, sessions and milestones, some moved and cancelled, then each reminder once and none at an old time', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    const body = { name: 'Cohort 7', startsOn: '2026-09-01', timeZone: PARIS };
    const cohort = (await admin.client.post('/api/cohorts', body)).body.id as string;
    const staff = await aMember(world, cohort, 'staff');
    const coach = await aCoach(world, cohort);
    const fellow = await aMember(world, cohort, 'fellow', { locale: 'fr' });
    const far = await aMember(world, cohort, 'fellow', { timeZone: 'America/Cayenne' });

    const live: string[] = [];
    const off: string[] = [];
    const planned = async (id: string, rows: number) => void (await rowsIn(world, id, 'planned', rows));
    const workshopOn = async (day: Temporal.PlainDate | string, people: TestPerson[]) => {
      const times = { startsAt: at(day, '10:00'), endsAt: at(day, '12:00') };
      const workshop = await aWorkshop(staff, cohort, { title: `Workshop of ${String(day)}`, ...times });
      for (const { client } of people) await client.put(`${workshop.path}/registration`, {});
      await planned(workshop.id, 4 * people.length);
      return workshop;
    };

    for (let index = 0; index < MONTHS; index += 1) {
      const month = Temporal.PlainDate.from(body.startsOn).add({ months: index });
      await liveUntil(world, at(month, '00:00'));
      const workshop = await workshopOn(month.with({ day: 16 }), [fellow, far]);
      const session = await aSession(cohort, far, coach.id, at(wednesday(month), '10:00'));
      await planned(session.id, 4);
      const sessionPath = `/api/cohorts/${cohort}/sessions/${session.id}`;
      const turn = TURNS.find((day) => day.startsWith(month.toString().slice(0, 7)));
      if (turn !== undefined) live.push((await workshopOn(turn, [fellow, far])).id);
      if (index % 3 === 1) {
        const day = month.with({ day: 17 });
        const moved = { startsAt: at(day, '14:00'), endsAt: at(day, '16:00') };
        expect((await staff.client.patch(workshop.path, moved)).status).toBe(200);
        for (const time of ['11:00', '14:00', '15:00']) {
          const startsAt = at(wednesday(month), time);
          expect((await far.client.post(`${sessionPath}/reschedule`, { startsAt })).status).toBe(200);
        }
        await eventually(async () =>
          expect((await rowsIn(world, workshop.id, 'planned', 8))[0]!.subject.revision).toBe(2),
        );
      }
      if (index % 3 === 1) {
        expect((await far.client.post(`${sessionPath}/cancel`, { reason: 'I am ill' })).status).toBe(200);
        await planned(session.id, 0);
        off.push(session.id);
      } else live.push(session.id);
      live.push(workshop.id);
    }
    await liveUntil(world, '2027-07-02T00:00:00.000Z');

    const rows = await world.db
      .collection<ReminderRow>('reminders')
      .find({ _id: { $exists: true } })
      .toArray();
    const sent = rows.filter((row) => row.state === 'sent');
    const of = (ids: string[]) => sent.filter((row) => ids.includes(String(row.subject.id)));
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['sent', 'dropped']));
    expect(new Set(rows.filter((row) => row.state === 'dropped').map((row) => row.because))).toEqual(
      new Set(['moved', 'cancelled']),
    );
    // Twelve workshops for two people, six sessions for two, and the milestones for four.
    expect(of(live)).toHaveLength(12 * 2 * 4 + (MONTHS - 3) * 2 * 2);
    expect(of(off)).toEqual([]);
    expect(sent.filter((row) => row.subject.type === 'milestone').length).toBeGreaterThan(12 * 4 * 2);
    // At its own time, not a turn of the clockwork later; and each of a subject, a person and a kind once.
    expect(sent.filter((row) => row.sentAt?.getTime() !== row.dueAt.getTime())).toEqual([]);
    const keys = sent.map(
      (row) => `${String(row.userId)} ${String(row.subject.id)} ${row.kind} ${row.subject.revision}`,
    );
    expect(new Set(keys).size).toBe(keys.length);

    const people = [staff, coach, fellow, far];
    for (const person of people) {
      const mails = remindersTo(world, person.email);
      expect(mails).toHaveLength(sent.filter((row) => String(row.userId) === person.id).length);
      expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(mails.length);
    }
    const subjects = remindersTo(world, fellow.email).map((mail) => mail.subject);
    for (const turn of ['dimanche 25 octobre à 10:00 (Paris)', 'dimanche 28 mars à 10:00 (Paris)']) {
      expect(subjects.filter((subject) => subject?.includes(turn))).toHaveLength(4);
    }
  });
});
