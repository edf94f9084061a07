import ICAL from 'ical.js';
import { type IcsEntry, icsOf } from './ics.js';

const HOST = 'cordee.example';
const entry = (over: Partial<IcsEntry> = {}): IcsEntry => ({
  kind: 'workshop',
  id: '65f000000000000000000001',
  sequence: 3,
  title: 'Open data by example',
  time: {
    startsAt: new Date('2026-10-13T12:00:00Z'),
    endsAt: new Date('2026-10-13T14:00:00Z'),
    timeZone: 'Europe/Paris',
  },
  status: 'confirmed',
  changedAt: new Date('2026-10-01T08:00:00Z'),
  ...over,
});

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents('vtimezone');
  zones.forEach((zone) => ICAL.TimezoneService.register(new ICAL.Timezone(zone)));
  return {
    calendar,
    zones: zones.map((zone) => zone.getFirstPropertyValue('tzid')),
    events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)),
  };
}
const one = (over: Partial<IcsEntry> = {}) => {
  const text = icsOf([entry(over)], { method: 'PUBLISH', host: HOST });
  const { events, ...rest } = read(text);
  return { text, event: events[0]!, ...rest };
};

describe('an entry as iCalendar', () => {
  it('has a stable UID, a SEQUENCE and the zone it is planned in', () => {
    const { event, zones, calendar } = one();
    expect(event.uid).toBe('workshop-65f000000000000000000001@cordee.example');
    expect(event.sequence).toBe(3);
    expect(zones).toEqual(['Europe/Paris']);
    expect(event.startDate.toString()).toBe('2026-10-13T14:00:00');
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-10-13T12:00:00.000Z');
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  });

  it.each([
    ['before the spring night', '2027-03-27T08:00:00Z', '2027-03-27T09:00:00'],
    ['after the spring night', '2027-03-28T07:00:00Z', '2027-03-28T09:00:00'],
    ['before the autumn night', '2026-10-24T07:00:00Z', '2026-10-24T09:00:00'],
    ['after the autumn night', '2026-10-25T08:00:00Z', '2026-10-25T09:00:00'],
    ['just before the hour that is skipped', '2027-03-28T00:55:00Z', '2027-03-28T01:55:00'],
    ['just after the hour that is skipped', '2027-03-28T01:00:00Z', '2027-03-28T03:00:00'],
  ])('reads back the same instant %s', (_name, startsAt, wall) => {
    const { event } = one({
      time: {
        startsAt: new Date(startsAt),
        endsAt: new Date(Date.parse(startsAt) + 3_600_000),
        timeZone: 'Europe/Paris',
      },
    });
    expect(event.startDate.toString()).toBe(wall);
    expect(event.startDate.toJSDate().toISOString()).toBe(new Date(startsAt).toISOString());
  });

  it('names the zone as its VTIMEZONE does, and falls back to UTC where there is none', () => {
    const at = { startsAt: new Date('2026-10-13T12:00:00Z'), endsAt: new Date('2026-10-13T13:00:00Z') };
    expect(one({ time: { ...at, timeZone: 'Asia/Calcutta' } }).zones).toEqual(['Asia/Kolkata']);
    expect(one({ time: { ...at, timeZone: 'Nowhere/At_All' } }).text).toContain('DTSTART:20261013T120000Z');
  });

  it('writes a milestone as a whole day that blocks no time', () => {
    const { event, text } = one({ kind: 'milestone', time: { on: '2026-10-31' } });
    expect(event.startDate.isDate).toBe(true);
    expect(event.startDate.toString()).toBe('2026-10-31');
    expect(event.endDate.toString()).toBe('2026-11-01');
    expect(text).toContain('TRANSP:TRANSPARENT');
  });

  it('says what is cancelled and what is not sure yet', () => {
    expect(one({ status: 'cancelled' }).text).toContain('STATUS:CANCELLED');
    const waiting = one({ status: 'tentative' }).text;
    expect(waiting).toContain('STATUS:TENTATIVE');
    expect(waiting).toContain('TRANSP:TRANSPARENT');
  });

  it('invites one person by mail, and takes it back', () => {
    const organizer = { name: 'Cordée', email: 'no-reply@cordee.example' };
    const attendee = { name: 'Zoé "Zed" O\\Hara', email: 'zoe@people.example' };
    for (const method of ['REQUEST', 'CANCEL'] as const) {
      const { calendar, events } = read(icsOf([entry({ organizer, attendee })], { method, host: HOST }));
      expect(calendar.getFirstPropertyValue('method')).toBe(method);
      expect(events[0]!.component.getFirstPropertyValue('organizer')).toBe('mailto:no-reply@cordee.example');
      expect(events[0]!.attendees.map((property) => String(property.getFirstValue()).toLowerCase())).toEqual([
        'mailto:zoe@people.example',
      ]);
    }
  });

  it('keeps commas and semicolons of an address', () => {
    const { event } = one({ link: 'https://meet.example/a,b;c?d=1' });
    expect(event.component.getFirstPropertyValue('url')).toBe('https://meet.example/a%2Cb%3Bc?d=1');
  });
});

describe('a title that would be more than a title (security case 15)', () => {
  const evil = 'Hello\r\nATTENDEE:mailto:evil@example.org\r\nBEGIN:VALARM; \\n, done';

  it('stays one line of text wherever it stands', () => {
    const attendee = { name: `A"\r\nATTENDEE:mailto:evil@example.org`, email: 'a@people.example' };
    const text = icsOf([entry({ title: evil, place: evil, description: evil, organizer: attendee, attendee })], {
      method: 'REQUEST',
      host: HOST,
      name: evil,
    });
    expect(text).not.toMatch(/^(BEGIN:VALARM|ATTENDEE:)/m);
    const event = read(text).events[0]!;
    expect(event.attendees).toHaveLength(1);
    // Its name is text, too: unescaped, a comma would end it and a backslash change what follows.
    expect(text.replaceAll('\r\n ', '')).toMatch(/^NAME:.*VALARM\\; \\\\n\\, done\r$/m);
    expect(event.summary).toBe('Hello ATTENDEE:mailto:evil@example.org BEGIN:VALARM; \\n, done');
    expect(event.component.getAllSubcomponents()).toHaveLength(0);
  });

  it('is folded to lines of 75 octets, emoji and all', () => {
    const { text, event } = one({ title: '🧗'.repeat(60) });
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(event.summary).toBe('🧗'.repeat(60));
  });
});
