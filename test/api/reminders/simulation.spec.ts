import type { Redis } from 'ioredis';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Types } from 'mongoose';
import { join } from 'node:path';
import { simulateCohort } from '../../../src/cli/simulation/simulation.js';
import { reportText } from '../../../src/cli/simulation/report-text.js';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { clientOf } from '../../support/client.js';
import { aGuest, aPublicWorkshop } from '../../support/rooms/guests.js';
import { allPlanned } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

/** The seventh week: what is over is to be lived again, what is to come was never sent. */
const NOW = '2026-10-13T09:45:00.000Z';

let world: TestWorld;
let cohort: string;
let folder: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let fellowe: TestPerson;
beforeAll(async () => {
  world = await startWorld({ now: NOW });
  folder = await mkdtemp(join(tmpdir(), 'cordee-simulated-'));
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Jonas Albrecht' });
  fellowe = await aMember(world, cohort, 'fellow', {
    ...{ name: 'Inès Roulle', locale: 'fr', timeZone: 'America/Cayenne' },
  });
  const startsAt = '2026-11-10T09:00:00.000Z';
  const { path } = await aWorkshop(staff, cohort, {
    link: MEETING,
    title: 'Kick-off',
    startsAt,
    endsAt: hoursAfter(startsAt, 2),
  });
  for (const one of [fellow, fellowe]) expect((await one.client.put(`${path}/registration`, {})).status).toBe(200);
  const openDay = { title: 'Open day', startsAt: '2026-11-12T09:00:00.000Z', endsAt: '2026-11-12T11:00:00.000Z' };
  const { guests } = await aPublicWorkshop(staff, cohort, openDay);
  const place = await aGuest(world, guests, 'ada@people.test', { name: 'Ada Guest' });
  expect((await clientOf(world.url).post(`${place}/confirm`)).status).toBe(200);
  const { id } = await aSession(cohort, fellow, coach.id, '2026-11-17T09:00:00.000Z');
  await allPlanned(world);
  // As if it had been held long ago, before the simulation begins to count.
  await world.db.collection('sessions').updateOne({ _id: { $exists: true } }, { $set: { status: 'held' } });
  expect(id).toBeDefined();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.stop();
});

const leftOvers = async () => {
  const { databases } = await world.db.getClient().db('admin').admin().listDatabases({ nameOnly: true });
  return [
    ...databases.map(({ name }) => name).filter((name) => name.startsWith(`${world.db.name}-`)),
    ...(await world.app.get<Redis>(REDIS).keys('simulation-*')),
  ];
};

describe('the simulation of a residency', () => {
  it('given a cohort in its seventh week, then its ten months are lived through from the first day, in a copy', async () => {
    const days: string[] = [];
    const simulated = await simulateCohort(world.config, cohort, { mails: folder, onDay: (day) => days.push(day) });

    const { report } = simulated;
    const count = (kind: string) => report.kinds.find((one) => one.kind === kind);
    expect(count('workshop.7d')).toEqual({ kind: 'workshop.7d', mails: 2, notices: 2 });
    expect(count('workshop.10min')).toEqual({ kind: 'workshop.10min', mails: 2, notices: 2 });
    // They came, and are asked how it was.
    expect(count('workshop.feedback')).toEqual({ kind: 'workshop.feedback', mails: 2, notices: 2 });
    expect(count('session.24h')).toEqual({ kind: 'session.24h', mails: 2, notices: 2 });
    expect(count('session.notes')).toEqual({ kind: 'session.notes', mails: 1, notices: 1 });
    expect(count('residency.first')).toEqual({ kind: 'residency.first', mails: 4, notices: 4 });
    expect(count('residency.end')).toEqual({ kind: 'residency.end', mails: 4, notices: 4 });
    const { quietBroken, doubles, late, lost } = report;
    expect({ quietBroken, doubles, late, lost }).toEqual({ quietBroken: [], doubles: [], late: [], lost: [] });
    expect(report.people).toBe(5);
    expect(count('guest.24h')).toEqual({ kind: 'guest.24h', mails: 1, notices: 0 });
    expect(report.persons.map(({ name }) => name)).toContain('Ada Guest');
    expect(report.weeks.length).toBeGreaterThan(5);
    expect([days[0]! < '2026-09-01', days.at(-1)! > '2027-06-30']).toEqual([true, true]);

    // What is printed names people, never their addresses.
    const text = reportText(simulated, 12.3);
    expect(text).toContain('Inès Roulle');
    expect(text).not.toContain('@');

    // Nothing of it happened: here the seventh week goes on, and nobody was reminded of anything.
    const rows = await world.db.collection('reminders').find({}).toArray();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ state }) => state !== 'planned' && state !== 'dropped')).toEqual([]);
    const notices = await world.db.collection('notifications').find({}).toArray();
    expect(notices.filter(({ key }) => String(key).startsWith('reminder-'))).toEqual([]);
    // The installation's own mails may go on meanwhile; of these none came.
    expect(world.mail.mails.filter(({ messageId }) => messageId?.startsWith('<reminder-'))).toEqual([]);
    expect(await leftOvers()).toEqual([]);
  });

  it('given a folder, then each person finds their mails there in the order of time, dated so, and no address', async () => {
    const folders = await readdir(folder);
    expect(folders.map((name) => name.replace(/ \w{4}$/, '')).sort()).toEqual([
      'Ada Guest',
      'Aurore Tessier',
      'Hanna Lindqvist',
      'Inès Roulle',
      'Jonas Albrecht',
    ]);
    const own = join(
      folder,
      folders.find((name) => name.startsWith('Inès'))!,
    );
    const files = (await readdir(own)).sort();
    // An hour before 10:00 in Paris it is 05:00 where she is.
    const hourBefore = files.find((name) => name.startsWith('2026-11-10 05.00'))!;
    expect(hourBefore).toContain('Kick-off');
    const mail = await readFile(join(own, hourBefore), 'latin1');
    expect(mail).toContain('Date: Tue, 10 Nov 2026 08:00:00 GMT');
    for (const { email } of [staff, coach, fellow, fellowe]) expect(mail).not.toContain(email);
  });

  it('given who interrupts it, then it ends and nothing is left', async () => {
    const stop = new AbortController();
    const onDay = (day: string) => day > '2026-10-01' && stop.abort(new Error('enough'));
    await expect(
      simulateCohort(world.config, cohort, { onDay: (day) => void onDay(day), signal: stop.signal }),
    ).rejects.toThrow('enough');
    expect(await leftOvers()).toEqual([]);
  });

  it('given a cohort that is not there or closed, then it says so', async () => {
    const closed = await aCohort(world, { name: 'Cohort 6' });
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(closed) }, { $set: { state: 'closed' } });
    await expect(simulateCohort(world.config, closed)).rejects.toThrow('Cohort 6 is closed');
    for (const id of ['nonsense', '64b7f0c2a1d2e3f4a5b6c7d8'])
      await expect(simulateCohort(world.config, id)).rejects.toThrow(`There is no cohort ${id}`);
    expect(await leftOvers()).toEqual([]);
  });
});
