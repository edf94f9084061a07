import { type BusyOfIcs, busyOf } from './busy-of-ics.js';

const LOOK = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-01-01T00:00:00Z') };

/** A zone as calendars describe it: of another offset in summer, by the rules of the United States. */
const described = (name: string, winter: string, summer: string) => [
  ...['BEGIN:VTIMEZONE', `TZID:${name}`],
  ...['BEGIN:STANDARD', 'DTSTART:20071104T020000', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'],
  ...[`TZOFFSETFROM:${summer}`, `TZOFFSETTO:${winter}`, 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:20070311T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU'],
  ...[`TZOFFSETFROM:${winter}`, `TZOFFSETTO:${summer}`, 'END:DAYLIGHT', 'END:VTIMEZONE'],
];
/** Noon in January and in July in a zone, as the calendar of somebody in Paris says it. */
const noonsIn = (zone: string, block: readonly string[]): BusyOfIcs => {
  const noon = (uid: string, day: string) => [
    ...['BEGIN:VEVENT', `UID:${uid}@x`, `DTSTART;TZID=${zone}:${day}T120000`, 'DURATION:PT1H', 'END:VEVENT'],
  ];
  const lines = [...block, ...noon('1', '20260114'), ...noon('2', '20260714')];
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
  return busyOf(text, { look: LOOK, zone: 'Europe/Paris', isOwn: () => false });
};
const hours = (found: BusyOfIcs) =>
  found.problem ?? [...found.busy.map(({ from }) => new Date(from).toISOString().slice(11, 16)), found.unreadable];

describe('the zone of what a calendar elsewhere says', () => {
  const pacific = (name: string) => described(name, '-0800', '-0700');
  it.each<[string, string, readonly string[], string, string]>([
    ['a zone by its name', 'America/New_York', [], '17:00', '16:00'],
    ['one in another case', 'america/new_york', [], '17:00', '16:00'],
    [
      'a name of another house, which it describes',
      'Pacific Standard Time',
      pacific('Pacific Standard Time'),
      '20:00',
      '19:00',
    ],
    ['three letters that it describes', 'PST', pacific('PST'), '20:00', '19:00'],
    ['three letters that mean another zone elsewhere', 'IST', described('IST', '+0530', '+0530'), '06:30', '06:30'],
    [
      'three letters of a zone without a summer, which has one here',
      'EST',
      described('EST', '-0500', '-0400'),
      '17:00',
      '16:00',
    ],
    ['three letters that it says nothing of, then their own hour', 'BST', [], '11:00', '10:00'],
    ['a name that nobody knows, then their own hour', 'Mars/Olympus', [], '11:00', '10:00'],
    [
      'a described zone under a name that all know, then what all know',
      'Asia/Tokyo',
      pacific('Asia/Tokyo'),
      '03:00',
      '03:00',
    ],
  ])('given %s (%s)', (_name, zone, block, winter, summer) => {
    expect(hours(noonsIn(zone, block))).toEqual([winter, summer, 0]);
  });
});
