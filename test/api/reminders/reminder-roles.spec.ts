import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { forgetAll, liveUntil, nothingInFlight, remindersTo, remindOnlyOf } from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let base: string;
let project: string;
let staff: TestPerson;
let fellow: TestPerson;
let coach: TestPerson;
let host: TestPerson;

beforeAll(async () => (world = await startWorld()));
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set(NOW);
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  host = await aMember(world, cohort, 'host', { name: 'Marc Delaunay', locale: 'fr' });
  const made = await staff.client.post(`${base}/projects`, {
    ...{ name: 'Open <forms>', agency: 'Prefecture', fellowIds: [fellow.id], coachId: coach.id, hostIds: [host.id] },
  });
  expect(made.status).toBe(201);
  project = made.body.id;
});
afterAll(() => world.stop());

/** The mail that reminds somebody of a day, and what stands in their inbox of it. */
const told = async (person: TestPerson, title: string) => {
  await eventually(() => expect(remindersTo(world, person.email).map(({ subject }) => subject)).toContain(title));
  const mail = remindersTo(world, person.email).find(({ subject }) => subject === title)!;
  const { items } = (await person.client.get('/api/me/inbox?limit=50')).body;
  const notice = items.find((one: any) => one.title === title);
  return { text: mail.text ?? '', html: String(mail.html), body: String(notice.body) };
};

const passTo = async (from: string, to: string) => {
  world.clock.set(from);
  await liveUntil(world, to);
  await nothingInFlight(world);
};

describe('the days of a residency', () => {
  beforeEach(() => remindOnlyOf(staff, cohort, 'residency'));

  it('given it is half-way or over, then each reads what is theirs to do, and only fellows become alumni', async () => {
    await eventually(async () =>
      expect((await host.client.get('/api/me/reminders?limit=5')).body.items).not.toHaveLength(0),
    );
    await passTo('2027-01-29T09:00:00.000Z', '2027-01-31T00:00:00.000Z');
    const half = 'Today: half-way through Cohort 7';
    expect((await told(fellow, half)).text).toContain('look back with your coach');
    expect((await told(coach, half)).text).toContain('each of your fellows');
    expect((await told(staff, half)).text).toContain('which projects need help');
    expect((await told(host, 'Aujourd’hui\u00a0: Cohort 7 est à mi-parcours')).text).toContain('votre administration');
    for (const one of [coach, staff]) expect((await told(one, half)).text).not.toContain('your coach');

    await passTo('2027-06-29T09:00:00.000Z', '2027-07-01T00:00:00.000Z');
    const end = 'Today: Cohort 7 ends';
    expect((await told(fellow, end)).text).toContain('stay with you as alumni');
    for (const one of [coach, staff]) expect((await told(one, end)).text).not.toContain('with you as alumni');
    expect((await told(host, 'Aujourd’hui\u00a0: Cohort 7 se termine')).text).not.toContain('alumni');
  });

  it('given the last month begins, then each gets the list of what they have to hand over, with a link to each', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-14T12:00:00.000Z');
    for (const [text, ownerId] of [
      ['Write to the registry', fellow.id],
      ['Name an owner', fellow.id],
      ['Ask the sponsor', coach.id],
    ]) {
      const body = { text, ownerId, dueOn: null };
      expect((await coach.client.post(`${base}/sessions/${session.id}/actions`, body)).status).toBe(201);
    }
    await passTo('2027-05-31T09:00:00.000Z', '2027-06-02T00:00:00.000Z');
    const title = 'Today: the last month of Cohort 7 begins';

    const toFellow = await told(fellow, title);
    expect(toFellow.body).toContain('2 open actions');
    expect(toFellow.text).toContain(`/c/${cohort}/coaching?tab=actions`);
    expect(toFellow.text).toContain(`/c/${cohort}/projects/${project}`);
    expect(toFellow.text).toContain(`/c/${cohort}/workshops?show=past`);
    expect(toFellow.text).toContain(`/c/${cohort}/calendar`);
    expect(toFellow.text).toContain('The page of Open <forms>');
    expect(toFellow.html).toContain('The page of Open &lt;forms&gt;');
    expect(toFellow.text).toContain('Wednesday 30 June');

    const toCoach = await told(coach, title);
    expect(toCoach.body).toContain('One open action');
    expect(toCoach.text).toContain(`/c/${cohort}/coaching/fellows`);
    const toStaff = await told(staff, title);
    expect(toStaff.text).toContain(`/c/${cohort}/board`);
    for (const { text } of [toCoach, toStaff]) expect(text).not.toContain('your coach');

    const toHost = await told(host, 'Aujourd’hui\u00a0: Cohort 7 entre dans son dernier mois');
    expect(toHost.text).toContain('La page du défi «\u00a0Open <forms>\u00a0»');
    expect(toHost.text).toContain('Prefecture');
    expect(toHost.text).toContain('mercredi 30 juin');
    // A host reads nothing of the coaching: neither how much is open nor what.
    for (const word of ['actions', 'coaching', 'registry', 'sponsor']) expect(toHost.text).not.toContain(word);
    for (const { text } of [toFellow, toCoach, toStaff]) expect(text).not.toContain('registry');
  });
});

describe('the monthly letter of hosts', () => {
  beforeEach(() => remindOnlyOf(staff, cohort, 'letter'));

  const done = async (answer: Promise<{ status: number; body: any }>) => {
    const { status, body } = await answer;
    expect(status).toBeLessThan(300);
    return body;
  };

  it('given a month of their team, then it says how much there was, of their own team alone, and nothing of what was said', async () => {
    const other = await aMember(world, cohort, 'fellow', { name: 'Jonas Albrecht' });
    const apart = await aMember(world, cohort, 'host', { name: 'Lea Brandt' });
    const theirs = { name: 'Benefits', agency: 'City', fellowIds: [other.id], coachId: coach.id, hostIds: [apart.id] };
    await done(staff.client.post(`${base}/projects`, theirs));
    const { path } = await aWorkshop(staff, cohort, { title: 'Data walk' });
    await done(fellow.client.put(`${path}/registration`, {}));
    for (const [on, title] of [
      ['2026-10-12', 'Framed'],
      ['2026-10-20', 'First visit'],
      ['2026-11-20', 'First release'],
    ])
      await done(staff.client.post(`${base}/milestones`, { on, title }));
    const { items } = await done(staff.client.get(`${base}/milestones?limit=200`));
    const passed = items.filter(({ on }: any) => on.startsWith('2026-10')).length;
    for (const [who, startsAt] of [
      [fellow, '2026-10-14T12:00:00.000Z'],
      [fellow, '2026-10-21T12:00:00.000Z'],
      [other, '2026-10-15T12:00:00.000Z'],
      [fellow, '2026-10-22T12:00:00.000Z'],
    ] as const) {
      const session = await aSession(cohort, who, coach.id, startsAt);
      if (startsAt.startsWith('2026-10-22')) continue;
      world.clock.set(new Date(Date.parse(startsAt) + 3_600_000).toISOString());
      const note = { body: 'The registry is a secret', audience: 'participants' };
      await done(coach.client.post(`${base}/sessions/${session.id}/notes`, note));
      await done(coach.client.post(`${base}/sessions/${session.id}/complete`, { outcome: 'held' }));
      world.clock.set(NOW);
    }
    world.clock.set('2026-10-15T08:30:00.000Z');
    await done(staff.client.post(`${path}/attendance`, { userId: fellow.id, status: 'attended' }));

    await passTo('2026-11-02T06:00:00.000Z', '2026-11-02T12:00:00.000Z');
    const { text, body } = await told(host, 'Cohort 7\u00a0: ce mois-ci, Open <forms>');
    expect(body).toContain(`2 séances de coaching, un atelier suivi, ${passed} jalons franchis.`);
    expect(passed).toBeGreaterThan(1);
    expect(text).toContain(`/c/${cohort}/projects/${project}`);
    for (const word of ['secret', 'registry', 'Hanna', 'Data walk']) expect(text).not.toContain(word);

    const twin = await told(apart, 'Cohort 7: this month, Benefits');
    expect(twin.body).toContain('one coaching session, went to no workshop');
    for (const one of [fellow, coach, staff])
      expect(remindersTo(world, one.email).filter(({ subject }) => subject?.includes('this month'))).toEqual([]);
  });
});
