import { Types } from 'mongoose';
import { derivedId } from '../../../src/common/derived-id.js';
import { wordsOf } from '../../../src/notifications/words/words.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { killedAfter, followOutbox } from '../../support/outbox.js';
import {
  allPlanned,
  compareAtNight,
  forgetAll,
  liveUntil,
  nothingInFlight,
  remindersTo,
  rowsOf,
  tick,
} from '../../support/reminders/reminders.js';
import { aRequest } from '../../support/rooms/requests.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let base: string;
let staff: TestPerson;
let fellow: TestPerson;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set(NOW);
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(() => world.stop());

/** The process dies right after the write of an act; another one follows it. */
const dyingAfter = async (act: () => Promise<{ status: number }>) => {
  expect((await killedAfter(world, act)).status).toBe(200);
  await followOutbox(world);
};

type Type = ReminderRow['subject']['type'];
const rowsOfType = async (type: Type, state?: string) => {
  const rows = await world.db
    .collection<ReminderRow>('reminders')
    .find({ cohortId: new Types.ObjectId(cohort), dueAt: { $gte: new Date(0) }, 'subject.type': type })
    .sort({ dueAt: 1 })
    .toArray();
  return rows.filter((row) => state === undefined || row.state === state);
};
const shown = (rows: readonly ReminderRow[]) =>
  rows.map((row) => `${row.kind} ${String(row.userId)} ${row.dueAt.toISOString().slice(0, 16)}`).sort();
const planned = async (type: Type, ...expected: string[]) =>
  await eventually(async () => expect(shown(await rowsOfType(type, 'planned'))).toEqual([...expected].sort()));
const subjectsTo = (person: TestPerson) => remindersTo(world, person.email).map((mail) => mail.subject ?? '');

/** Lets time pass, all that is due going out on the way. */
const passTo = async (instant: string) => {
  await liveUntil(world, instant);
  await nothingInFlight(world);
};

describe('after a workshop', () => {
  const over = async (...attended: TestPerson[]) => {
    const { path, id } = await aWorkshop(staff, cohort, { title: 'Data walk' });
    for (const one of attended) await one.client.put(`${path}/registration`, {});
    world.clock.set('2026-10-15T08:30:00.000Z');
    return { path, id };
  };

  it('given people were there, then they are asked an hour after the end, nobody else, and not who has said it', async () => {
    const [quick, missed] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const { path, id } = await over(fellow, quick, missed);
    for (const { id: userId } of [fellow, quick])
      await staff.client.post(`${path}/attendance`, { userId, status: 'attended' });
    await staff.client.post(`${path}/attendance`, { userId: missed.id, status: 'absent' });
    const at = '2026-10-15T11:30';
    await planned('feedback', `workshop.feedback ${fellow.id} ${at}`, `workshop.feedback ${quick.id} ${at}`);
    // Nor what another rule would do to those who are asked: that would tell who they are.
    const rung = { kind: 'workshop.feedback', on: true, channels: ['inbox', 'mail'], text: null, count: 120 };
    const wouldBe = await staff.client.post(`${base}/reminders/what-if`, { change: 'rules', rungs: [rung] });
    expect([wouldBe.status, wouldBe.body.people, wouldBe.body.counts.moved, wouldBe.body.items]).toEqual([
      200,
      0,
      0,
      [],
    ]);
    world.clock.set('2026-10-15T10:40:00.000Z');
    expect((await quick.client.post(`${path}/feedback`, { rating: 4, comment: '' })).status).toBe(201);
    await planned('feedback', `workshop.feedback ${fellow.id} ${at}`);
    // Who has said how it was is shown to nobody, staff among them.
    for (const state of ['planned', 'dropped'])
      expect((await staff.client.get(`${base}/reminders?state=${state}&limit=200`)).text).not.toContain('feedback');
    const preview = await staff.client.post(`${base}/reminders/ladder/preview`, {
      kind: 'workshop.feedback',
      text: null,
    });
    expect(preview.body).toMatchObject({ person: { id: staff.id }, en: { title: 'How was “Data walk”?' } });
    await passTo('2026-10-16T09:00:00.000Z');
    expect(subjectsTo(fellow)).toContain('How was “Data walk”?');
    for (const one of [quick, missed]) expect(subjectsTo(one)).not.toContain('How was “Data walk”?');
    expect(await rowsOf(world, id, 'feedback')).toHaveLength(2);
  });

  it('given who was there is said the day after, then an hour after that', async () => {
    const { path } = await over(fellow);
    world.clock.set('2026-10-16T09:00:00.000Z');
    await staff.client.post(`${path}/attendance`, { userId: fellow.id, status: 'attended' });
    await planned('feedback', `workshop.feedback ${fellow.id} 2026-10-16T10:00`);
  });
});

describe('after a session', () => {
  it('given there are no notes an hour after the end, then the coach is asked; who wrote some is not', async () => {
    const [coach, diligent] = [
      await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' }),
      await aCoach(world, cohort),
    ];
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    const other = await aSession(cohort, fellow, diligent.id, '2026-10-15T12:00:00.000Z');
    const row = (person: TestPerson, at: string) => `session.notes ${person.id} ${at}`;
    await planned('notes', row(coach, '2026-10-14T13:45'), row(diligent, '2026-10-15T13:45'));
    const moved = await fellow.client.post(`${base}/sessions/${session.id}/reschedule`, {
      startsAt: '2026-10-14T13:00:00.000Z',
    });
    expect(moved.status).toBe(200);
    await planned('notes', row(coach, '2026-10-14T14:45'), row(diligent, '2026-10-15T13:45'));
    await passTo('2026-10-15T12:50:00.000Z');
    expect(subjectsTo(coach)).toContain(
      'Notes to write: session with Inès Carpentier, Wednesday 14 October at 15:00 (Paris)',
    );
    expect(subjectsTo(fellow).filter((subject) => subject.startsWith('Notes'))).toEqual([]);
    const note = { body: 'We watched two people', audience: 'participants' };
    expect((await diligent.client.post(`${base}/sessions/${other.id}/notes`, note)).status).toBe(201);
    await planned('notes');
    await passTo('2026-10-16T09:00:00.000Z');
    expect(subjectsTo(diligent).filter((subject) => subject.startsWith('Notes'))).toEqual([]);
  });

  it('given an action with a day, then its owner 2 days before, on the day, and once when it is overdue; not when it is done', async () => {
    const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    const write = async (text: string) =>
      (
        await coach.client.post(`${base}/sessions/${session.id}/actions`, {
          text,
          ownerId: fellow.id,
          dueOn: '2026-10-20',
        })
      ).body;
    await write('Send the guide');
    const done = await write('Ask the agency');
    const times = ['action.2d 2026-10-19T06:00', 'action.day 2026-10-20T07:00', 'action.overdue 2026-10-21T07:00'];
    const rows = times.map((time) => time.replace(' ', ` ${fellow.id} `));
    await planned('action', ...rows, ...rows);
    const path = `${base}/sessions/${session.id}/actions/${done.id}`;
    expect((await fellow.client.patch(path, { dueOn: '2026-10-22' })).status).toBe(200);
    await eventually(async () =>
      expect((await rowsOf(world, done.id)).filter((row) => row.state === 'planned')[0]!.dueAt).toEqual(
        new Date('2026-10-20T07:00:00.000Z'),
      ),
    );
    expect((await fellow.client.patch(path, { state: 'done' })).status).toBe(200);
    await planned('action', ...rows);
    await passTo('2026-10-30T00:00:00.000Z');
    expect(subjectsTo(fellow).filter((subject) => /guide|agency/.test(subject))).toEqual([
      'Tomorrow: Send the guide',
      'Today: Send the guide',
      'Overdue: Send the guide',
    ]);
    expect(remindersTo(world, fellow.email).find((mail) => mail.subject?.startsWith('Overdue'))!.text).toContain(
      'Tuesday 20 October',
    );
  });
});

describe('the days of a cohort', () => {
  it('given phases that no milestone closes, then everybody 14 and 3 days before they end and on the day, staff first of the committee', async () => {
    const forAll = (...days: string[]) =>
      days.flatMap((day, index) =>
        [staff, fellow].map((one) => `phase.${['14d', '3d', 'day'][index]} ${one.id} ${day}`),
      );
    await planned(
      'phase',
      ...forAll('2026-10-19T06:00', '2026-10-28T08:00', '2026-10-31T08:00'),
      ...forAll('2027-01-18T07:00', '2027-01-28T08:00', '2027-01-31T08:00'),
      ...forAll('2027-04-16T07:00', '2027-04-27T07:00', '2027-04-30T07:00'),
      // The day itself is told with the end of the residency.
      ...forAll('2027-06-16T07:00', '2027-06-28T06:00'),
      ...['2027-01-11T07:00', '2027-04-09T07:00', '2027-06-09T07:00'].map((at) => `phase.committee ${staff.id} ${at}`),
    );
    await passTo('2026-11-01T00:00:00.000Z');
    expect(subjectsTo(fellow).filter((subject) => subject.includes('phase'))).toEqual([
      'In 12 days: the phase “Discover” ends',
      'In 3 days: the phase “Discover” ends',
      'Today: the phase “Discover” ends',
    ]);
  });

  it('given a milestone closes a phase, then it says so and the phase says nothing; moved away, the phase speaks for itself, and back, no more', async () => {
    const closing = async (on: string) => {
      const made = await staff.client.post(`${base}/milestones`, { title: 'Read-out', on });
      expect(made.status).toBe(201);
      return `${base}/milestones/${made.body.id}`;
    };
    // The Fridays before the phases end, one on a Saturday.
    const [first, last] = [await closing('2026-10-30'), await closing('2027-04-30')];
    const of = (...rungs: string[]) =>
      rungs.flatMap((rung) => [staff, fellow].map((one) => `phase.${rung.replace(' ', ` ${one.id} `)}`));
    const without = [
      ...of('14d 2027-01-18T07:00', '3d 2027-01-28T08:00', 'day 2027-01-31T08:00'),
      ...of('14d 2027-06-16T07:00', '3d 2027-06-28T06:00'),
      ...['2027-01-11T07:00', '2027-04-09T07:00', '2027-06-09T07:00'].map((at) => `phase.committee ${staff.id} ${at}`),
    ];
    await planned('phase', ...without);
    const dropped = await rowsOfType('phase', 'dropped');
    expect([...new Set(dropped.map(({ because }) => because))]).toEqual(['empty']);
    const moveTo = async (on: string) => expect((await staff.client.patch(last, { on })).status).toBe(200);
    await moveTo('2027-04-28');
    await planned('phase', ...without, ...of('14d 2027-04-16T07:00', '3d 2027-04-27T07:00', 'day 2027-04-30T07:00'));
    await moveTo('2027-04-30');
    await planned('phase', ...without);

    await passTo('2026-11-01T00:00:00.000Z');
    const said = remindersTo(world, fellow.email).filter(({ text }) => text?.includes('“Discover”'));
    expect(said.map(({ subject }) => subject)).toEqual([
      'In 14 days: Read-out',
      'In 3 days: Read-out',
      'Today: Read-out',
    ]);
    for (const { text } of said) expect(text).toContain('The phase “Discover” ends on Saturday 31 October.');
    expect((await staff.client.delete(first)).status).toBe(204);
  });

  it('given a milestone on the last day, then that day says both, once', async () => {
    const made = await staff.client.post(`${base}/milestones`, { title: 'Closing day', on: '2027-06-30' });
    const rows = async () =>
      (await rowsOf(world, made.body.id)).filter(({ state }) => state === 'planned').map(({ kind }) => kind);
    await eventually(async () => expect(new Set(await rows())).toEqual(new Set(['milestone.14d', 'milestone.3d'])));
    world.clock.set('2027-06-30T06:00:00.000Z');
    await passTo('2027-06-30T08:00:00.000Z');
    const today = remindersTo(world, fellow.email).filter(({ subject }) => subject?.startsWith('Today'));
    expect(today.map(({ subject }) => subject)).toEqual(['Today: Cohort 7 ends']);
    expect(today[0]!.text).toContain('It is the day of a milestone, too: Closing day.');
  });

  it('given another milestone comes to the day by which everybody counts, then each of both is told, by the day or for itself', async () => {
    const make = async (title: string, on: string) => {
      const { status, body } = await staff.client.post(`${base}/milestones`, { title, on });
      expect(status).toBe(201);
      return body.id as string;
    };
    // Of two on one day the elder one is told with it.
    const [elder, younger] = [await make('Read-out', '2027-01-20'), await make('Demo', '2027-01-30')];
    const days = async (id: string) =>
      (await rowsOf(world, id)).filter(({ state, kind }) => state === 'planned' && kind === 'milestone.day').length;
    await eventually(async () => expect([await days(elder), await days(younger)]).toEqual([2, 0]));
    const move = async (on: string) =>
      expect((await staff.client.patch(`${base}/milestones/${elder}`, { on })).status).toBe(200);
    await move('2027-01-30');
    await eventually(async () => expect([await days(elder), await days(younger)]).toEqual([0, 2]));
    await move('2027-01-20');
    await eventually(async () => expect([await days(elder), await days(younger)]).toEqual([2, 0]));
  });

  it('given the residency, then each member half-way, when its last month begins and at its end; who leaves gets none', async () => {
    const leaver = await aMember(world, cohort, 'fellow');
    const days = ['half 2027-01-30T08:00', 'last_month 2027-06-01T07:00', 'end 2027-06-30T07:00'];
    const of = (one: TestPerson) => days.map((day) => `residency.${day.replace(' ', ` ${one.id} `)}`);
    await planned('residency', ...of(staff), ...of(fellow), ...of(leaver));
    expect((await staff.client.delete(`${base}/members/${leaver.id}`)).status).toBe(204);
    await planned('residency', ...of(staff), ...of(fellow));
    world.clock.set('2027-01-29T09:00:00.000Z');
    await passTo('2027-01-31T00:00:00.000Z');
    expect(subjectsTo(fellow)).toContain('Today: half-way through Cohort 7');
    expect(subjectsTo(leaver)).toEqual([]);
  });

  it('given a milestone and a phase of the template get names of their own, then what is to come says them, and again what it was called', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    const asked = { name: 'Cohort 8', startsOn: '2026-11-02', timeZone: 'Europe/Paris', months: 10, country: 'XX' };
    const { id, phases } = (await admin.client.post('/api/cohorts', asked)).body;
    const path = `/api/cohorts/${id}`;
    const [lead, member] = [await aMember(world, id, 'staff'), await aMember(world, id, 'fellow')];
    const { items } = (await lead.client.get(`${path}/milestones?limit=200`)).body;
    const milestone = items[1];
    // It would say itself that the phase ends.
    const closing = items.find(({ titleKey }: any) => titleKey === 'midway-review').id;
    expect((await lead.client.delete(`${path}/milestones/${closing}`)).status).toBe(204);
    const build = derivedId('phase', id, 'build');
    const said = async (reader: TestPerson, list: string, subjectId: string) => {
      const { items } = (await reader.client.get(`${list}&limit=200`)).body;
      return new Set(items.filter((one: any) => one.subject.id === subjectId).map((one: any) => one.subjectTitle));
    };
    const isSaid = async (subjectId: string, kind: string, name: string) =>
      await eventually(async () => {
        expect(await said(lead, `${path}/reminders?kind=${kind}`, subjectId)).toEqual(new Set([name]));
        expect(await said(member, '/api/me/reminders?', subjectId)).toEqual(new Set([name]));
      });
    const { milestones, phases: names } = wordsOf('en');
    await isSaid(milestone.id, 'milestone.day', milestones[milestone.titleKey]!);
    await isSaid(build, 'phase.day', names.build!);

    const calling = async (name: string | null) => {
      const others = phases.map((phase: any) => (phase.key === 'build' ? { ...phase, name } : phase));
      expect((await lead.client.patch(path, { phases: others })).status).toBe(200);
    };
    expect((await lead.client.patch(`${path}/milestones/${milestone.id}`, { title: 'Bonjour' })).status).toBe(200);
    await isSaid(milestone.id, 'milestone.day', 'Bonjour');
    await calling('The workshop floor');
    await isSaid(build, 'phase.day', 'The workshop floor');
    await calling(null);
    await isSaid(build, 'phase.day', names.build!);
  });

  it('given phases move and the process dies, then they are planned anew', async () => {
    await eventually(async () => expect(await rowsOfType('phase', 'planned')).not.toHaveLength(0));
    await allPlanned(world);
    const { phases } = (await staff.client.get(base)).body;
    phases[0].endsOn = '2026-11-07';
    phases[1].startsOn = '2026-11-08';
    await dyingAfter(() => staff.client.patch(base, { phases }));
    const id = derivedId('phase', cohort, 'discover');
    const rows = (await rowsOf(world, id)).filter((row) => row.state === 'planned' && row.kind === 'phase.14d');
    expect(rows[0]?.dueAt).toEqual(new Date('2026-10-26T07:00:00.000Z'));
  });
});

describe('days of rest', () => {
  it('given a holiday and a pause of the programme, then what is said ahead of a day goes on the working morning before', async () => {
    const made = (await staff.client.post(`${base}/milestones`, { title: 'Read-out', on: '2026-11-25' })).body;
    const first = async () =>
      (await rowsOf(world, made.id))
        .filter((row) => row.state === 'planned')[0]
        ?.dueAt.toISOString()
        .slice(0, 16);
    // 11 November is a holiday in France.
    await eventually(async () => expect(await first()).toBe('2026-11-10T08:00'));
    const pauses = [{ from: '2026-11-09', to: '2026-11-10', name: 'Breathing days' }];
    const saved = await staff.client.patch(base, { pauses });
    expect([saved.status, saved.body.pauses]).toEqual([200, pauses]);
    await eventually(async () => expect(await first()).toBe('2026-11-06T08:00'));
    const wrong = await staff.client.patch(base, { pauses: [{ ...pauses[0], to: '2026-11-01' }] });
    expect([wrong.status, wrong.body.errors[0]]).toMatchObject([
      422,
      { field: '/pauses/0/to', code: 'end_before_start' },
    ]);
    expect((await fellow.client.patch(base, { pauses: [] })).status).toBe(403);
    await dyingAfter(() => staff.client.patch(base, { pauses: [] }));
    expect(await first()).toBe('2026-11-10T08:00');
  });
});

describe('days of rest in another zone', () => {
  it('given the zone of the cohort changes, then what waits for its morning does so by the new one', async () => {
    const { path, id } = await aWorkshop(staff, cohort, {
      ...{ startsAt: '2026-11-18T13:00:00.000Z', endsAt: '2026-11-18T15:00:00.000Z' },
    });
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBeLessThan(300);
    const first = async (at: string) =>
      await eventually(async () =>
        expect(shown((await rowsOf(world, id)).filter(({ kind }) => kind === 'workshop.7d'))).toEqual([
          `workshop.7d ${fellow.id} ${at}`,
        ]),
      );
    // 11 November is a holiday in France.
    await first('2026-11-12T08:00');
    const saved = await staff.client.patch(base, { timeZone: 'America/Montreal' });
    expect([saved.status, saved.body.timeZone]).toEqual([200, 'America/Montreal']);
    await first('2026-11-12T14:00');
  });
});

describe('who waits in silence', () => {
  it('given a question that nobody answers, then its craft and who watches it after 48 hours, staff after 96', async () => {
    const [designer, watcher, other] = [
      await aMember(world, cohort, 'fellow', { craft: 'designer' }),
      await aMember(world, cohort, 'fellow'),
      await aMember(world, cohort, 'fellow', { craft: 'data' }),
    ];
    const ask = async (title: string) =>
      (await fellow.client.post(`${base}/topics`, { title, body: 'How?', tags: ['designer'] })).body;
    const topic = await ask('Which grid?');
    const answered = await ask('Which font?');
    expect((await watcher.client.put(`${base}/topics/${topic.id}/subscription`, { level: 'watching' })).status).toBe(
      204,
    );
    expect((await designer.client.post(`${base}/topics/${answered.id}/posts`, { body: 'This one' })).status).toBe(201);
    await allPlanned(world);
    expect(shown((await rowsOf(world, topic.id)).filter((row) => row.state === 'planned'))).toEqual(
      [
        `topic.48h ${designer.id} 2026-10-15T09:45`,
        `topic.48h ${watcher.id} 2026-10-15T09:45`,
        `topic.96h ${staff.id} 2026-10-19T06:00`,
      ].sort(),
    );
    await passTo('2026-10-19T07:00:00.000Z');
    expect(subjectsTo(designer)).toEqual(expect.arrayContaining(['“Which grid?” waits for an answer']));
    expect(subjectsTo(staff).filter((subject) => subject.includes('grid'))).toHaveLength(1);
    for (const one of [fellow, other])
      expect(subjectsTo(one).filter((subject) => /grid|font/.test(subject))).toEqual([]);
    expect((await rowsOf(world, answered.id)).every((row) => row.state === 'dropped')).toBe(true);
  });

  it('given people mute a question, before or after it is planned, then they are not told, and others of their craft are', async () => {
    const designers = await Promise.all(
      [0, 1, 2].map(async () => await aMember(world, cohort, 'fellow', { craft: 'designer' })),
    );
    const [early, late, twin] = designers as [TestPerson, TestPerson, TestPerson];
    const topic = (
      await fellow.client.post(`${base}/topics`, { title: 'Which grid?', body: 'How?', tags: ['designer'] })
    ).body;
    const mute = async ({ client }: TestPerson) =>
      expect((await client.put(`${base}/topics/${topic.id}/subscription`, { level: 'muted' })).status).toBe(204);
    await eventually(async () => expect(await rowsOf(world, topic.id)).toHaveLength(4));
    await mute(early);
    await allPlanned(world);
    expect(shown((await rowsOf(world, topic.id)).filter((row) => row.state === 'planned'))).toEqual(
      [
        `topic.48h ${late.id} 2026-10-15T09:45`,
        `topic.48h ${twin.id} 2026-10-15T09:45`,
        `topic.96h ${staff.id} 2026-10-19T06:00`,
      ].sort(),
    );
    await mute(late);
    await passTo('2026-10-15T10:00:00.000Z');
    const told = (one: TestPerson) => subjectsTo(one).filter((subject) => subject.includes('grid'));
    expect([early, late, twin].map(told)).toEqual([[], [], ['“Which grid?” waits for an answer']]);
  });

  it('given a fellow without a session for four weeks, then they and the coach of their project; a session that was held counts anew', async () => {
    const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
    const made = await staff.client.post(`${base}/projects`, {
      ...{ name: 'Open forms', agency: 'Prefecture', fellowIds: [fellow.id], coachId: coach.id },
    });
    expect(made.status).toBe(201);
    const row = (one: TestPerson, day: string) => `contact.4w ${one.id} ${day}`;
    await planned('contact', row(fellow, '2026-11-10T08:00'), row(coach, '2026-11-10T08:00'));
    const session = await aSession(cohort, fellow, coach.id, '2026-10-20T12:00:00.000Z');
    await planned('contact'); // one is booked
    world.clock.set('2026-10-20T12:50:00.000Z');
    const held = await coach.client.post(`${base}/sessions/${session.id}/complete`, { outcome: 'held' });
    expect(held.status).toBe(200);
    await planned('contact', row(fellow, '2026-11-17T08:00'), row(coach, '2026-11-17T08:00'));
    await passTo('2026-11-18T00:00:00.000Z');
    expect(subjectsTo(fellow)).toContain('You have had no session for four weeks');
    expect(subjectsTo(coach)).toContain('Inès Carpentier has had no session for four weeks');
    await compareAtNight(world, cohort);
    expect(await rowsOfType('contact', 'planned')).toEqual([]);
  });

  it.each([
    ['is cancelled', '2026-11-16T10:00:00.000Z', 'cancel', { reason: 'On a mission' }, '2026-11-17T08:00', 35],
    ['is a no-show', '2026-11-19T10:00:00.000Z', 'complete', { outcome: 'no_show' }, '2026-11-20T08:00', 38],
  ])(
    'given the session that was booked beyond four weeks %s, then fellow and coach are told the next morning, once',
    async (_, at, act, body, due, days) => {
      const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
      await staff.client.post(`${base}/projects`, {
        ...{ name: 'Open forms', agency: 'Prefecture', fellowIds: [fellow.id], coachId: coach.id },
      });
      const session = await aSession(cohort, fellow, coach.id, '2026-11-19T09:00:00.000Z');
      await planned('contact');
      await passTo('2026-11-16T07:00:00.000Z');
      const told = (one: TestPerson) => subjectsTo(one).filter((subject) => subject.includes('no session'));
      expect([fellow, coach].map(told)).toEqual([[], []]);
      world.clock.set(at);
      expect((await coach.client.post(`${base}/sessions/${session.id}/${act}`, body)).status).toBe(200);
      await planned('contact', `contact.4w ${fellow.id} ${due}`, `contact.4w ${coach.id} ${due}`);
      for (const day of ['2026-11-21T09:00:00.000Z', '2026-12-14T09:00:00.000Z']) {
        await passTo(day);
        await compareAtNight(world, cohort);
        expect([fellow, coach].map(told)).toEqual([
          [`You have had no session for ${days} days`],
          [`Inès Carpentier has had no session for ${days} days`],
        ]);
      }
      expect(await rowsOfType('contact', 'planned')).toEqual([]);
    },
  );

  it('given nobody says for a week whether the session that was booked was held, then the night finds it, and they are told that morning', async () => {
    const coach = await aCoach(world, cohort);
    await staff.client.post(`${base}/projects`, {
      ...{ name: 'Open forms', agency: 'Prefecture', fellowIds: [fellow.id], coachId: coach.id },
    });
    await aSession(cohort, fellow, coach.id, '2026-11-19T09:00:00.000Z');
    await planned('contact');
    world.clock.set('2026-11-26T03:00:00.000Z');
    await tick(world);
    await planned('contact');
    world.clock.set('2026-11-27T03:00:00.000Z');
    await tick(world);
    await planned('contact', `contact.4w ${fellow.id} 2026-11-27T08:00`, `contact.4w ${coach.id} 2026-11-27T08:00`);
  });

  it('given who was told books, and that session is cancelled, then fellow and coach are told the next morning', async () => {
    const coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
    await staff.client.post(`${base}/projects`, {
      ...{ name: 'Open forms', agency: 'Prefecture', fellowIds: [fellow.id], coachId: coach.id },
    });
    await planned('contact', `contact.4w ${fellow.id} 2026-11-10T08:00`, `contact.4w ${coach.id} 2026-11-10T08:00`);
    await passTo('2026-11-11T09:00:00.000Z');
    const told = (one: TestPerson) => subjectsTo(one).filter((subject) => subject.includes('no session'));
    expect([fellow, coach].map((one) => told(one).length)).toEqual([1, 1]);
    const session = await aSession(cohort, fellow, coach.id, '2026-11-19T09:00:00.000Z');
    await passTo('2026-11-16T10:00:00.000Z');
    const body = { reason: 'On a mission' };
    expect((await coach.client.post(`${base}/sessions/${session.id}/cancel`, body)).status).toBe(200);
    await planned('contact', `contact.4w ${fellow.id} 2026-11-17T08:00`, `contact.4w ${coach.id} 2026-11-17T08:00`);
    await passTo('2026-11-18T09:00:00.000Z');
    await compareAtNight(world, cohort);
    expect([fellow, coach].map((one) => told(one).length)).toEqual([2, 2]);
    expect(await rowsOfType('contact', 'planned')).toEqual([]);
  });
});

describe('an invitation', () => {
  const invite = async (email: string) => {
    const people = [{ email, name: 'Paul Ozanne', role: 'fellow', locale: 'fr' }];
    expect((await staff.client.post(`${base}/invitations`, { people })).status).toBe(200);
    const { items } = (await staff.client.get(`${base}/invitations`)).body;
    return items.find((one: any) => one.email === email);
  };
  const lettersTo = (email: string) => remindersTo(world, email).map((mail) => mail.subject);

  it('given it is not used, then the address is reminded after 3 and 7 days, as staff see; a used or withdrawn one is not', async () => {
    const [open, withdrawn] = [await invite('paul@people.test'), await invite('lea@people.test')];
    await eventually(async () => expect(await world.mail.to('paul@people.test')).not.toHaveLength(0));
    const at = ['invitation.3d', 'invitation.7d'];
    await eventually(async () =>
      expect((await rowsOf(world, open.id)).filter(({ state }) => state === 'planned').map(({ kind }) => kind)).toEqual(
        at,
      ),
    );
    const { items } = (await staff.client.get(`${base}/reminders?limit=200`)).body;
    expect(items.find((one: any) => one.kind === 'invitation.3d' && one.userId === open.id)).toMatchObject({
      ...{ subjectTitle: 'paul@people.test', channels: ['mail'], why: 'invited' },
      person: { name: 'Paul Ozanne', timeZone: 'Europe/Paris' },
    });
    const preview = await staff.client.post(`${base}/reminders/ladder/preview`, { kind: 'invitation.3d', text: null });
    expect(preview.body).toMatchObject({
      person: { name: 'Paul Ozanne' },
      en: { title: expect.stringContaining('still open') },
    });
    expect((await staff.client.delete(`${base}/invitations/${withdrawn.id}`)).status).toBe(204);
    await passTo('2026-10-21T12:00:00.000Z');
    expect(lettersTo('paul@people.test')).toEqual(Array(2).fill('Votre invitation\u00a0: Cohort 7 vous attend'));
    expect(remindersTo(world, 'paul@people.test')[0]!.text).toContain('/invitation/');
    expect(lettersTo('lea@people.test')).toEqual([]);
  });
});

it('given a cohort closes, then nothing of it is planned any more, and another cohort’s people never were', async () => {
  const outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
  const coach = await aCoach(world, cohort);
  await aRequest(cohort, fellow, { ownerId: coach.id });
  const started = await fellow.client.post(`${base}/cycles`, { coachId: coach.id, goal: 'Read the code of others' });
  expect(started.status).toBe(201);
  for (const type of ['request', 'cycle'] as const)
    await eventually(async () => expect(await rowsOfType(type, 'planned')).not.toHaveLength(0));
  await eventually(async () => expect(await rowsOfType('residency', 'planned')).toHaveLength(9));
  const everything = await world.db
    .collection<ReminderRow>('reminders')
    .find({ cohortId: new Types.ObjectId(cohort), dueAt: { $gte: new Date(0) } })
    .toArray();
  expect(everything.some((row) => String(row.userId) === outsider.id)).toBe(false);
  const admin = await aMember(world, cohort, 'staff', { isAdmin: true });
  expect((await admin.client.post(`${base}/close`)).status).toBe(200);
  for (const type of ['phase', 'residency', 'contact', 'request', 'cycle'] as const) await planned(type);
});
