import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, PASSWORD, type TestPerson } from '../../support/factories.js';
import { personLink } from '../../support/rooms/person-links.js';
import { liveUntil, remindersTo, rowsIn } from '../../support/reminders/reminders.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, { minNoticeHours: 12 }, { name: 'Hanna Lindqvist' });
});
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  fellow = await aMember(world, cohort, 'fellow');
});
afterAll(() => world.stop());

const nobody = () => clientOf(world.url);
/** The link in the newest mail about a session to somebody. */
async function linkOf(person: TestPerson, subject = 'Session with Hanna'): Promise<string> {
  let path = '';
  await eventually(async () => {
    const mail = (await world.mail.to(person.email)).findLast((one) => one.subject?.includes(subject));
    const link = /\S+\/session\/\S+/.exec(mail?.text ?? '');
    expect(link).not.toBeNull();
    path = new URL(link![0]).pathname.replace('/session/', '/api/session-links/');
  });
  return path;
}
const booked = async (startsAt: string, more: Record<string, unknown> = {}) => {
  const session = await aSession(cohort, fellow, coach.id, startsAt, more);
  return { session, link: await linkOf(fellow), path: `/api/cohorts/${cohort}/sessions/${session.id}` };
};

it('given a booked session, then the mail says until when and looking at its link changes nothing', async () => {
  const { session, link } = await booked('2026-10-20T07:00:00Z');
  const mail = (await world.mail.to(fellow.email)).at(-1)!;
  expect(mail.text).toContain('Cancel by: Monday 19 October at 21:00 (Paris)');
  for (let times = 0; times < 2; times += 1) {
    const answer = await nobody().get(link);
    expect(answer.body).toMatchObject({
      with: 'Hanna Lindqvist',
      startsAt: '2026-10-20T07:00:00.000Z',
      cancelBy: '2026-10-19T19:00:00.000Z',
      status: 'scheduled',
      late: false,
      revision: session.revision,
      abilities: { move: true, cancel: true },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text).not.toContain('fill in the form');
  }
  expect((await world.mail.to(coach.email)).at(-1)!.text).not.toContain('/session/');
});

it('given the link, then it moves to one of its free slots, and the next mail carries the new deadline', async () => {
  const { link, path } = await booked('2026-10-21T07:00:00Z');
  const { slots, revision } = (await nobody().get(link)).body;
  expect(slots.map((slot: any) => slot.startsAt)).not.toContain('2026-10-21T07:00:00.000Z');
  const moved = await nobody().post(`${link}/move`, { startsAt: '2026-10-22T08:00:00.000Z', revision });
  expect(moved.body).toMatchObject({ startsAt: '2026-10-22T08:00:00.000Z', cancelBy: '2026-10-21T20:00:00.000Z' });
  expect((await fellow.client.get(path)).body).toMatchObject({ startsAt: '2026-10-22T08:00:00.000Z', revision: 2 });
  expect(await linkOf(fellow, 'moved')).toBe(link);

  const stale = await nobody().post(`${link}/move`, { startsAt: '2026-10-23T08:00:00.000Z', revision });
  expect([stale.status, stale.body.code]).toEqual([409, 'stale']);
  const other = await aMember(world, cohort, 'fellow');
  await aSession(cohort, other, coach.id, '2026-10-23T08:00:00Z');
  const taken = await nobody().post(`${link}/move`, { startsAt: '2026-10-23T08:00:00.000Z' });
  expect([taken.status, taken.body.code, taken.body.next.length]).toEqual([409, 'slot_taken', 3]);
});

it('given the time before the notice, then it is cancelled in time and the hour is free again', async () => {
  const { link, path } = await booked('2026-10-26T08:00:00Z');
  expect((await nobody().post(`${link}/cancel`, {})).status).toBe(422);
  const answer = await nobody().post(`${link}/cancel`, { reason: 'Ill', late: false });
  expect(answer.body).toMatchObject({
    status: 'cancelled',
    cancelledLate: false,
    slots: [],
    abilities: { cancel: false },
  });
  expect((await fellow.client.get(path)).body).toMatchObject({ cancelReason: 'Ill', cancelledLate: false });
  expect((await nobody().post(`${link}/cancel`, { reason: 'Again' })).body.code).toBe('stale');
});

it('given the time after the notice, then who was told otherwise is told first, and it is recorded as late', async () => {
  const { link, path } = await booked('2026-10-27T08:00:00Z');
  expect((await fellow.client.get(path)).body.cancelLateFrom).toBe('2026-10-26T20:00:00.000Z');
  expect((await coach.client.get(path)).body.cancelLateFrom).toBeNull();
  world.clock.set('2026-10-26T20:00:00.001Z');
  expect((await nobody().get(link)).body.late).toBe(true);
  const first = await nobody().post(`${link}/cancel`, { reason: 'Ill', late: false });
  expect([first.status, first.body.code]).toEqual([409, 'late_now']);
  const second = await nobody().post(`${link}/cancel`, { reason: 'Ill', late: true });
  expect(second.body).toMatchObject({ status: 'cancelled', cancelledLate: true });
  await eventually(async () => {
    const mail = (await world.mail.to(coach.email)).findLast((one) => one.subject?.includes('Cancelled'));
    expect(mail?.text).toContain('recorded as cancelled late');
  });
});

it('given the coach or staff, then their cancellation is never late', async () => {
  const { path } = await booked('2026-10-28T08:00:00Z');
  world.clock.set('2026-10-28T07:55:00Z');
  const answer = await coach.client.post(`${path}/cancel`, { reason: 'Train' });
  expect(answer.body).toMatchObject({ status: 'cancelled', cancelledLate: false });
});

it('given the session is over, then the link opens nothing any more', async () => {
  const { link } = await booked('2026-10-29T08:00:00Z');
  world.clock.set('2026-10-29T08:45:00Z');
  expect((await nobody().get(link)).status).toBe(404);
  expect((await nobody().post(`${link}/cancel`, { reason: 'Late' })).status).toBe(404);
  expect((await nobody().post(`${link}/move`, { startsAt: '2026-11-10T08:00:00.000Z' })).status).toBe(404);
});

it('given who has left the cohort, or is no part of the session, then there is nothing', async () => {
  const { link } = await booked('2026-10-30T08:00:00Z');
  const staff = await aMember(world, cohort, 'staff');
  await staff.client.delete(`/api/cohorts/${cohort}/members/${fellow.id}`);
  const gone = await nobody().get(link);
  const unknown = await nobody().get(`/api/session-links/${'0'.repeat(24)}-${'0'.repeat(24)}.x`);
  expect([gone.status, gone.text]).toEqual([404, unknown.text]);
  const [subject] = link.split('/').at(-1)!.split('.');
  expect((await nobody().get(`/api/session-links/${subject}.forged`)).status).toBe(404);
});

it('given the reminder of the day before, then it carries the link, and that of the hour before does not', async () => {
  const { session, link } = await booked('2026-11-05T08:00:00Z');
  await rowsIn(world, session.id, 'planned', 4);
  await liveUntil(world, '2026-11-05T08:00:00.000Z');
  const [dayBefore, hourBefore] = remindersTo(world, fellow.email).filter(({ subject }) =>
    subject?.startsWith('Session with'),
  );
  expect(dayBefore!.text).toContain(link.replace('/api/session-links/', '/session/'));
  expect(hourBefore!.text).not.toContain('/session/');
  const kept = await world.db
    .collection('notifications')
    .find({ userId: new Types.ObjectId(fellow.id) })
    .toArray();
  expect(JSON.stringify(kept)).not.toContain(link.split('.').at(-1));
});

describe('links of mails, once an account is taken back', () => {
  /** The part of the newest letter to an address that leads on. */
  const linkTo = async (email: string, path: RegExp) => {
    let token = '';
    await eventually(async () => {
      token = path.exec((await world.mail.to(email)).at(-1)?.text ?? '')?.[1] ?? '';
      expect(token).not.toBe('');
    });
    return token;
  };

  it('given what was sent while another address was set, then it opens nothing any more; what was sent before opens again', async () => {
    const own = await booked('2026-10-30T09:00:00Z');
    const elsewhere = `elsewhere-${fellow.email}`;
    expect((await fellow.client.post('/api/me/email', { email: elsewhere, password: PASSWORD })).status).toBe(202);
    const token = await linkTo(elsewhere, /\/confirm-address\/(\S+)/);
    expect((await fellow.client.post('/api/auth/email/confirm', { token })).status).toBe(204);
    const theirs = { ...fellow, email: elsewhere };
    const links = [
      `/api/session-links/${personLink(world, 'session', theirs, own.session.id)}`,
      `/api/unsubscribe/${personLink(world, 'unsubscribe', theirs, 'forum')}`,
    ];
    const said = async () => await Promise.all(links.map(async (link) => (await nobody().get(link)).status));
    expect([await said(), (await nobody().get(own.link)).status]).toEqual([[200, 200], 404]);
    const undo = await linkTo(fellow.email, /\/undo-address\/(\S+)/);
    expect((await nobody().post('/api/auth/email/undo', { token: undo })).status).toBe(204);
    expect([await said(), (await nobody().get(own.link)).status]).toEqual([[404, 404], 200]);
  });
});
