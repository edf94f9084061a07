import type { ParsedMail } from 'mailparser';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type ReadEvent, readIcs } from '../../support/ics.js';
import { rowsIn } from '../../support/reminders/reminders.js';
import { MEETING, aSeries, aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aCoach(world, cohortId, {}, { name: 'Ali Coach', locale: 'fr' });
});
afterAll(() => world.stop());

const C = () => `/api/cohorts/${cohortId}`;

/** The calendar part of a mail, as its header names it and as a calendar program reads it. */
function entryOf(mail: ParsedMail): { method: string | null; header: string; event: ReadEvent } | null {
  const part = mail.attachments.find((one) => one.contentType === 'text/calendar');
  if (!part) return null;
  const { method, events } = readIcs(part.content.toString());
  expect(events).toHaveLength(1);
  const header = part.headers.get('content-type') as { params: Record<string, string> };
  return { method, header: header.params.method ?? '', event: events[0]! };
}

/** The mails to a person so far, once there are as many. */
const mailsTo = async (person: TestPerson, count: number) => await world.mail.to(person.email, count);
const lastTo = async (person: TestPerson, count: number) => entryOf((await mailsTo(person, count)).at(-1)!)!;

async function feedOf(person: TestPerson): Promise<ReadEvent[]> {
  const { body } = await person.client.post('/api/me/calendar-feed');
  return readIcs(await (await fetch(new URL(new URL(body.url as string).pathname, world.url))).text()).events;
}

describe('a workshop by mail', () => {
  it('given join, move, leave and join again, then REQUEST, REQUEST, CANCEL, REQUEST of one entry, the one of the feed', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Fellow' });
    const { path, id } = await aWorkshop(staff, cohortId, { title: 'By hand', link: 'https://meet.example/by-hand' });
    await fellow.client.put(`${path}/registration`, {});
    const joined = await lastTo(fellow, 1);
    expect(joined).toMatchObject({ method: 'REQUEST', header: 'REQUEST' });
    expect(joined.event).toMatchObject({
      uid: `workshop-${id}@cordee.test`,
      title: 'By hand',
      sequence: 0,
      status: 'CONFIRMED',
      organizer: 'mailto:no-reply@cordee.test',
      attendees: [`mailto:${fellow.email}`],
      startsAt: '2026-10-15T08:00:00.000Z',
      zone: 'Europe/Paris',
    });
    await staff.client.patch(path, { startsAt: '2026-10-16T08:00:00Z', endsAt: '2026-10-16T09:00:00Z' });
    const moved = await lastTo(fellow, 2);
    expect([moved.method, moved.event.sequence, moved.event.startsAt]).toEqual([
      'REQUEST',
      1,
      '2026-10-16T08:00:00.000Z',
    ]);
    const inFeed = (await feedOf(fellow)).find(({ uid }) => uid === joined.event.uid)!;
    for (const same of ['uid', 'title', 'sequence', 'status', 'startsAt', 'endsAt', 'zone', 'description'] as const)
      expect([same, moved.event[same]]).toEqual([same, inFeed[same]]);
    world.clock.advance(60_000);
    await fellow.client.delete(`${path}/registration`);
    const left = await lastTo(fellow, 3);
    expect([left.method, left.header, left.event.status, left.event.uid]).toEqual([
      'CANCEL',
      'CANCEL',
      'CANCELLED',
      joined.event.uid,
    ]);
    // Of two with one SEQUENCE the later counts.
    expect(left.event.property('dtstamp')! > moved.event.property('dtstamp')!).toBe(true);
    expect(left.event.description).not.toContain('meet.example');
    world.clock.advance(60_000);
    await fellow.client.put(`${path}/registration`, {});
    const back = await lastTo(fellow, 4);
    expect([back.method, back.event.property('dtstamp')! > left.event.property('dtstamp')!]).toEqual(['REQUEST', true]);
  });

  it('given a line, then waiting is tentative, a promotion confirms it, and a cancellation takes it out for all', async () => {
    const [first, second] = [
      await aMember(world, cohortId, 'fellow'),
      await aMember(world, cohortId, 'fellow', { locale: 'fr' }),
    ];
    const { path } = await aWorkshop(staff, cohortId, {
      title: 'One place',
      capacity: 1,
      link: 'https://meet.example/one',
    });
    await first.client.put(`${path}/registration`, {});
    await second.client.put(`${path}/registration`, {});
    const waiting = await lastTo(second, 1);
    expect(waiting).toMatchObject({ method: 'REQUEST', event: { status: 'TENTATIVE', transparency: 'TRANSPARENT' } });
    expect(waiting.event.title).toBe('Liste d’attente\u00a0: One place');
    expect(waiting.event.property('url')).not.toContain('meet.example');
    await first.client.delete(`${path}/registration`);
    const promoted = await lastTo(second, 2);
    expect(promoted).toMatchObject({ method: 'REQUEST', event: { status: 'CONFIRMED', title: 'One place' } });
    expect(promoted.event.property('url')).toContain('meet.example');
    await staff.client.post(`${path}/cancel`, { reason: 'No room' });
    const over = await lastTo(second, 3);
    expect(over).toMatchObject({ method: 'CANCEL', event: { status: 'CANCELLED', sequence: 1 } });
    expect(over.event.uid).toBe(waiting.event.uid);
  });

  it('given a title that would be more than a title, then it is one, in the mail and in its entry', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé "Z"; Fellow' });
    const title = 'Hi\r\nBcc: evil@example.org\r\nATTENDEE:mailto:evil@example.org; \\n';
    const { path } = await aWorkshop(staff, cohortId, { title, place: 'A\r\nBEGIN:VALARM' });
    await fellow.client.put(`${path}/registration`, {});
    const [mail] = await mailsTo(fellow, 1);
    expect(mail!.headers.has('bcc')).toBe(false);
    const { event } = entryOf(mail!)!;
    expect(event.attendees).toEqual([`mailto:${fellow.email}`]);
    expect(event.title).toBe('Hi Bcc: evil@example.org ATTENDEE:mailto:evil@example.org; \\n');
    expect(event.property('location')).toBe('A BEGIN:VALARM');
  });

  it('given several dates joined, moved and left at once, then one mail with all of them to keep, under the UIDs of the feed', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Series' });
    const series = await aSeries(staff, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 3 } });
    const published = async (count: number) => {
      const mail = (await mailsTo(fellow, count)).at(-1)!;
      const [part] = mail.attachments;
      const { method, events } = readIcs(part!.content.toString());
      // What is published is nobody's to answer, and says who publishes it (RFC 5546, section 3.2.1).
      for (const event of events)
        expect([event.attendees, event.organizer]).toEqual([[], 'mailto:no-reply@cordee.test']);
      expect([method, events.map(({ uid }) => uid)]).toEqual(['PUBLISH', series.dates.map(uidOf)]);
      return events;
    };
    const uidOf = (id: string) => `workshop-${id}@cordee.test`;
    await fellow.client.put(`${series.path}/registration`, {});
    expect((await published(1)).map(({ status, sequence }) => [status, sequence])).toEqual(
      Array(3).fill(['CONFIRMED', 0]),
    );
    expect((await feedOf(fellow)).map(({ uid }) => uid)).toEqual(series.dates.map(uidOf));
    world.clock.advance(60_000);
    await fellow.client.delete(`${series.path}/registration`);
    expect((await published(2)).map(({ status }) => status)).toEqual(Array(3).fill('CANCELLED'));
  });

  it('given they are switched off, then mails come without; a save that does not name them leaves it so', async () => {
    const fellow = await aMember(world, cohortId, 'fellow');
    const { kinds, quietHours, invitations } = (await fellow.client.get('/api/me/preferences')).body;
    expect(invitations).toBe(true);
    await fellow.client.put('/api/me/preferences', { kinds, quietHours, invitations: false });
    await fellow.client.put('/api/me/preferences', { kinds, quietHours: null });
    expect((await fellow.client.get('/api/me/preferences')).body).toMatchObject({
      invitations: false,
      quietHours: null,
    });
    const { path } = await aWorkshop(staff, cohortId, { title: 'Plain mail' });
    await fellow.client.put(`${path}/registration`, {});
    const [mail] = await mailsTo(fellow, 1);
    expect([mail!.subject, mail!.attachments]).toEqual(['You are going: “Plain mail”', []]);
  });
});

describe('a session by mail', () => {
  it('given it is booked, moved and cancelled, then both have one entry each time, in their language', async () => {
    const fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Fellow' });
    const session = await aSession(cohortId, fellow, coach.id, '2026-10-20T07:00:00Z', { need: 'How, when; why?' });
    const [mine, theirs] = [await lastTo(fellow, 1), await lastTo(coach, 1)];
    expect(mine).toMatchObject({ method: 'REQUEST', event: { title: 'Coaching session with Ali Coach', sequence: 0 } });
    expect(theirs.event.title).toBe('Séance de coaching avec Zoé Fellow');
    expect(mine.event.description).toContain('How, when; why?');
    expect([mine.event.uid, theirs.event.uid]).toEqual(Array(2).fill(`session-${session.id}@cordee.test`));
    expect((await feedOf(fellow)).find(({ uid }) => uid === mine.event.uid)).toMatchObject({ sequence: 0 });
    await fellow.client.post(`${C()}/sessions/${session.id}/reschedule`, { startsAt: '2026-10-21T07:00:00Z' });
    expect(await lastTo(coach, 2)).toMatchObject({
      method: 'REQUEST',
      event: { sequence: 1, startsAt: '2026-10-21T07:00:00.000Z' },
    });
    await coach.client.post(`${C()}/sessions/${session.id}/cancel`, { reason: 'I am ill' });
    expect(await lastTo(fellow, 3)).toMatchObject({ method: 'CANCEL', event: { sequence: 2, status: 'CANCELLED' } });
  });
});

it('given two coaches, then both are invited, each to meet the others', async () => {
  const second = await aCoach(world, cohortId, {}, { name: 'Béa Second' });
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Fellow' });
  const session = await aSession(cohortId, fellow, coach.id, '2026-10-22T07:00:00Z', { secondCoachId: second.id });
  const theirs = await lastTo(second, 1);
  expect(theirs).toMatchObject({
    method: 'REQUEST',
    event: { uid: `session-${session.id}@cordee.test`, title: 'Coaching session with Ali Coach, Zoé Fellow' },
  });
  expect((await feedOf(second)).map(({ title }) => title)).toEqual([theirs.event.title]);
  expect((await lastTo(fellow, 1)).event.title).toBe('Coaching session with Ali Coach, Béa Second');
});

describe('one clock', () => {
  it.each([
    ['before the autumn night', '2026-10-24', '07:00', '03:00'],
    ['after the autumn night of Paris, before that of Montreal', '2026-10-26', '08:00', '04:00'],
    ['before the spring night of Paris, after that of Montreal', '2027-03-27', '08:00', '04:00'],
    ['after the spring night', '2027-03-29', '07:00', '03:00'],
  ])(
    'given 09:00 in Paris %s and a reader in Montreal, then page, mail, entry and reminder name one instant',
    async (_when, day, utc, montreal) => {
      const reader = await aMember(world, cohortId, 'fellow', { timeZone: 'America/Montreal' });
      const startsAt = `${day}T${utc}:00Z`;
      const { path, id } = await aWorkshop(staff, cohortId, {
        title: `Nine o’clock ${day}`,
        link: MEETING,
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 3_600_000).toISOString(),
      });
      await reader.client.put(`${path}/registration`, {});
      const instant = new Date(startsAt).toISOString();
      expect((await reader.client.get(path)).body).toMatchObject({ startsAt: instant, timeZone: 'Europe/Paris' });
      const [mail] = await mailsTo(reader, 1);
      const { event } = entryOf(mail!)!;
      expect([event.startsAt, event.wall, event.zone]).toEqual([instant, `${day}T09:00:00`, 'Europe/Paris']);
      expect(mail!.text).toContain(montreal);
      const inFeed = (await feedOf(reader)).find(({ uid }) => uid === event.uid)!;
      expect([inFeed.startsAt, inFeed.wall]).toEqual([instant, `${day}T09:00:00`]);
      const hourBefore = new Date(Date.parse(startsAt) - 3_600_000).toISOString();
      const rows = await rowsIn(world, id, 'planned', 4);
      expect(rows.map((row) => row.dueAt.toISOString())).toContain(hourBefore);
    },
  );
});
