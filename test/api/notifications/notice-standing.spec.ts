import { Types } from 'mongoose';
import type { ParsedMail } from 'mailparser';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { readIcs } from '../../support/ics.js';
import { aRequest, requestsOf } from '../../support/rooms/requests.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const DAILY = { every: 'day', at: '08:30', weekday: 1, kinds: ['forum', 'chat'], without: [] };
const SATURDAY = '2026-10-17T10:00:00.000Z';
const MONDAY = '2026-10-19T06:30:00.000Z';

const mailsOf = async ({ id }: TestPerson, kind: string) =>
  (
    await world.db
      .collection<NotificationRow>('notifications')
      .find({ userId: new Types.ObjectId(id), kind: kind as NotificationRow['kind'] })
      .sort({ createdAt: 1 })
      .toArray()
  ).map(({ mail }) => `${mail.state} ${mail.rule ?? ''}`.trim());
const becomes = async (person: TestPerson, kind: string, states: string[]) =>
  await eventually(async () => expect(await mailsOf(person, kind)).toEqual(states));
const mailsTo = ({ email }: TestPerson): ParsedMail[] =>
  world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(email));
const sweep = () => deliver(world);

describe('a request to a craft over the weekend', () => {
  it('given one of them took it, then on Monday nobody else gets a mail of it; one that still waits is mailed', async () => {
    world.clock.set(SATURDAY);
    const [asker, first, second] = [
      await aMember(world, cohort, 'fellow', { craft: 'data' }),
      await aMember(world, cohort, 'fellow', { craft: 'designer' }),
      await aMember(world, cohort, 'fellow', { craft: 'designer' }),
    ];
    const taken = await aRequest(cohort, asker, { craft: 'designer' });
    for (const person of [first, second, staff]) await becomes(person, 'request.asked', ['waiting quiet']);
    world.clock.set(new Date(new Date(SATURDAY).getTime() + 60_000));
    await aRequest(cohort, asker, { craft: 'designer' });
    for (const person of [first, second]) await becomes(person, 'request.asked', ['waiting quiet', 'waiting quiet']);
    const act = await first.client.post(`${requestsOf(cohort)}/${taken.id}/accept`, { revision: taken.revision });
    expect([act.status, act.body.code]).toEqual([200, undefined]);
    world.clock.set(MONDAY);
    await sweep();
    for (const person of [second, staff]) await becomes(person, 'request.asked', ['skipped gone', 'sent quiet']);
  });
});

describe('a time that does not hold any more', () => {
  const EVENING = '2026-10-13T18:30:00.000Z';
  const MORNING = '2026-10-14T06:30:00.000Z'; // 08:30 in Paris, when digests leave
  const at = (day: number) => ({ startsAt: `2026-10-${day}T08:00:00.000Z`, endsAt: `2026-10-${day}T10:00:00.000Z` });
  const notice = (person: TestPerson, kind: 'workshop.reminder' | 'workshop.moved', params: object): Notice => ({
    ...{ userIds: [person.id], cohortId: cohort, kind, link: `/c/${cohort}/workshops`, why: 'registered' },
    params: { place: 'Room Vercors', status: null, meetingLink: null, rung: 'h24', lead: 'h24', ...params },
    key: `${kind}-${Math.random()}`,
  });
  const tell = async (one: Notice) => await world.app.get(Notifier).notify(one);

  it('given a workshop moved twice on Friday night, minutes apart, then each mail leaves at once with the entry as it is then', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const { path } = await aWorkshop(staff, cohort, at(20));
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBeLessThan(300);
    await becomes(fellow, 'workshop.registered', ['sent']);
    for (const [index, day] of [21, 22].entries()) {
      world.clock.set(`2026-10-16T20:3${4 * index}:00.000Z`); // 22:30 in Paris, quiet until Monday
      expect((await staff.client.patch(path, at(day))).status).toBe(200);
      await becomes(
        fellow,
        'workshop.moved',
        Array.from({ length: index + 1 }, () => 'sent'),
      );
    }
    const startOf = ({ attachments }: ParsedMail) => readIcs(String(attachments[0]!.content)).events[0]!.startsAt;
    expect(mailsTo(fellow).map(startOf)).toEqual([20, 21, 22].map((day) => at(day).startsAt));
  });

  it('given a digest, then it names what stands, and neither what moved nor what was called off since', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const made = await Promise.all(
      ['Stands', 'Moves', 'Falls'].map(async (title) => ({
        title,
        ...(await aWorkshop(staff, cohort, { title, ...at(20) })),
      })),
    );
    for (const { id, title } of made) {
      await tell({ ...notice(fellow, 'workshop.reminder', { workshopId: id, title, ...at(20) }), mail: 'digest' });
    }
    expect((await staff.client.patch(made[1]!.path, at(23))).status).toBe(200);
    expect((await staff.client.post(`${made[2]!.path}/cancel`, { reason: 'The room is gone' })).status).toBe(200);
    world.clock.set(MORNING);
    await deliver(world);
    const [mail] = await eventually(() => {
      const digests = mailsTo(fellow).filter(({ messageId }) => messageId?.startsWith('<digest-'));
      expect(digests).toHaveLength(1);
      return digests;
    });
    expect(mail!.text).toContain('Stands');
    expect(mail!.text).not.toMatch(/Moves|Falls/);
  });

  it('given a session, then of two times that were told only the one at which it is leaves', async () => {
    const [fellow, coach] = [await aMember(world, cohort, 'fellow'), await aCoach(world, cohort)];
    const session = await aSession(cohort, fellow, coach.id, '2026-10-20T07:00:00.000Z');
    await becomes(fellow, 'session.booked', ['sent']);
    const told = (startsAt: string): Notice => ({
      ...{
        userIds: [fellow.id],
        cohortId: cohort,
        kind: 'session.reminder',
        link: `/c/${cohort}/coaching`,
        why: 'participant',
      },
      params: {
        sessionId: session.id,
        with: 'H',
        startsAt,
        endsAt: startsAt,
        need: null,
        openActions: 0,
        rung: 'h24',
        lead: 'h24',
      },
      key: `reminder-${startsAt}`,
    });
    world.clock.set(EVENING);
    await tell(told('2026-10-20T07:00:00.000Z'));
    await tell(told('2026-10-19T07:00:00.000Z'));
    world.clock.set(MORNING);
    await sweep();
    await eventually(async () =>
      expect((await mailsOf(fellow, 'session.reminder')).sort()).toEqual(['sent quiet', 'skipped gone']),
    );
  });
});

describe('what is told to the programme team, or to admins', () => {
  const opened = (people: TestPerson[], more: Partial<Notice> = {}): Notice => ({
    ...{ userIds: people.map(({ id }) => id), cohortId: cohort, kind: 'report.opened', why: 'staff' },
    ...{ params: { by: 'Claire', reason: 'spam' }, link: `/c/${cohort}/reports`, key: `opened-${Math.random()}` },
    ...more,
  });
  const tell = async (one: Notice) => await world.app.get(Notifier).notify(one);
  const demote = async ({ id }: TestPerson) =>
    expect((await staff.client.patch(`/api/cohorts/${cohort}/members/${id}`, { role: 'coach' })).status).toBe(200);
  const inbox = async ({ client }: TestPerson) => {
    const { items, unread } = (await client.get('/api/me/inbox')).body;
    const kinds: string[] = items.map(({ kind }: { kind: string }) => kind);
    // The clock goes on for days: what the cohort's rules remind of then may come meanwhile.
    const told = kinds.filter((kind) => !kind.endsWith('.reminder'));
    return [told, unread - (kinds.length - told.length)];
  };

  it.each(['staff', 'staff_asked'])(
    'given who was of it a moment ago (%s), then they are told nothing; who is, is',
    async (why) => {
      const [was, is] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'staff')];
      await demote(was);
      await tell(opened([was, is], { why }));
      expect(await mailsOf(was, 'report.opened')).toEqual([]);
      await becomes(is, 'report.opened', ['sent']);
      expect(await inbox(is)).toEqual([['report.opened'], 1]);
    },
  );

  it('given it was told them before, then no mail of it leaves, and their inbox says nothing of it any more', async () => {
    const [was, is] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'staff')];
    world.clock.set(SATURDAY);
    await tell(opened([was, is], { why: 'staff_asked', kind: 'request.asked', params: { by: 'Claire' } }));
    expect(await inbox(was)).toEqual([['request.asked'], 1]);
    for (const person of [was, is]) await becomes(person, 'request.asked', ['waiting quiet']);
    await demote(was);
    world.clock.set(MONDAY);
    await sweep();
    await becomes(is, 'request.asked', ['sent quiet']);
    await becomes(was, 'request.asked', ['skipped gone']);
    expect(await inbox(was)).toEqual([[], 0]);
    expect(await inbox(is)).toEqual([['request.asked'], 1]);
  });

  it('given an admin who is none any more, then they hear nothing of the installation', async () => {
    const admin = await aMember(world, cohort, 'coach', { isAdmin: true });
    const params = { alert: 'late', count: 3, among: 9, sinceAt: NOW };
    const alert = { cohortId: null, why: 'admin', kind: 'operation.alert', params } as const;
    await tell(opened([admin], alert));
    await becomes(admin, 'operation.alert', ['sent']);
    await world.db.collection('users').updateOne({ _id: new Types.ObjectId(admin.id) }, { $set: { isAdmin: false } });
    await tell(opened([admin], alert));
    await becomes(admin, 'operation.alert', ['sent']);
  });
});

describe('a digest that nobody chose', () => {
  const kept = async (person: TestPerson, more: Partial<Notice> = {}) =>
    await world.app.get(Notifier).notify({
      ...{ userIds: [person.id], cohortId: cohort, kind: 'report.opened', link: `/c/${cohort}/reports`, why: 'staff' },
      params: { by: 'Claire', reason: 'spam' },
      ...{ key: `kept-${Math.random()}`, mail: 'digest' },
      ...more,
    });
  const digestsTo = (person: TestPerson) =>
    mailsTo(person).filter(({ messageId }) => messageId?.startsWith('<digest-'));
  const digests = () => deliver(world);

  it('given what is of no group that one switches off, then no link at it stops what is of another', async () => {
    const person = await aMember(world, cohort, 'staff');
    await kept(person);
    world.clock.set('2026-10-14T06:30:00.000Z');
    await digests();
    await eventually(() => expect(digestsTo(person)).toHaveLength(1));
    const html = String(digestsTo(person)[0]!.html);
    expect(html).toContain('Claire reported a message');
    expect(html).not.toContain('/api/unsubscribe/');
  });

  it.each([
    ['quiet hours until ten', { quietHours: { start: '20:00', end: '10:00' } }, null, 'kept'],
    ['do not disturb until ten', {}, '2026-10-14T08:00:00.000Z', 'kept'],
    [
      'quiet hours until ten, but a digest chosen for half past eight',
      { quietHours: { start: '20:00', end: '10:00' }, digest: DAILY },
      null,
      'chosen',
    ],
  ] as const)(
    'given %s, then it leaves after them, unless it was chosen for that time',
    async (_, change, until, how) => {
      const person = await aMember(world, cohort, 'staff');
      const { kinds, quietHours } = (await person.client.get('/api/me/preferences')).body;
      const put = await person.client.put('/api/me/preferences', { kinds, quietHours, ...change });
      expect([put.status, put.body.errors]).toEqual([200, undefined]);
      await kept(person);
      if (until) expect((await person.client.put('/api/me/quiet', { until })).status).toBe(200);
      await world.settled();
      const leaves = how === 'kept' ? '2026-10-14T08:00:00.000Z' : '2026-10-14T06:30:00.000Z';
      expect((await person.client.get('/api/me/digest')).body.dueAt).toBe(leaves);
      for (const now of ['2026-10-14T06:30:00.000Z', '2026-10-14T07:59:00.000Z']) {
        world.clock.set(now);
        await digests();
        expect(digestsTo(person)).toHaveLength(how === 'kept' ? 0 : 1);
      }
      world.clock.set('2026-10-14T08:00:00.000Z');
      await digests();
      await eventually(() => expect(digestsTo(person)).toHaveLength(1));
      world.clock.set('2026-10-14T09:00:00.000Z');
      await digests();
      expect(digestsTo(person)).toHaveLength(1);
    },
  );
});
