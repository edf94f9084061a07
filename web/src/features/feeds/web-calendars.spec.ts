import { webCalendars } from './web-calendars';

const entry = {
  title: 'Open data & you; "live"',
  startsAt: '2026-10-25T08:00:00.000Z',
  endsAt: '2026-10-25T09:30:00Z',
  timeZone: 'Europe/Paris',
  place: 'Salle 4, Lyon',
  page: 'https://cordee.example/c/1/workshops/2',
};

describe('an entry for calendars on the web', () => {
  it('names the instants to Google, and the zone', () => {
    const { origin, searchParams } = new URL(webCalendars.google(entry));
    expect(origin).toBe('https://calendar.google.com');
    expect(Object.fromEntries(searchParams)).toEqual({
      action: 'TEMPLATE',
      text: entry.title,
      dates: '20261025T080000Z/20261025T093000Z',
      ctz: 'Europe/Paris',
      details: entry.page,
      location: 'Salle 4, Lyon',
    });
  });

  it.each([
    ['outlook', 'https://outlook.live.com'],
    ['office', 'https://outlook.office.com'],
  ] as const)('names the instants to %s, and no place where there is none', (which, at) => {
    const { origin, searchParams } = new URL(webCalendars[which]({ ...entry, place: null }));
    expect(origin).toBe(at);
    expect(Object.fromEntries(searchParams)).toEqual({
      rru: 'addevent',
      subject: entry.title,
      startdt: '2026-10-25T08:00:00.000Z',
      enddt: '2026-10-25T09:30:00.000Z',
      body: entry.page,
    });
  });
});
