import { DAY } from '../../src/common/times/clock.js';
import { busyByIcal, event, icsWith, manyEvents } from '../support/servers/outside-calendar.js';
import { busyOf } from '../../src/mentoring/outside/busy-of-ics.js';
import { stretchesOf, weeksOf } from '../../src/mentoring/outside/weeks.js';

const look = { from: Date.parse('2026-10-12T00:00:00Z'), to: Date.parse('2026-12-21T00:00:00Z') };
const read = (text: string, zone = 'Europe/Paris') =>
  busyOf(text, { look, zone, isOwn: (uid) => uid.endsWith('@cordee.test') });
const busyIn = (...events: string[]) => {
  const answer = read(icsWith(events));
  if (answer.problem !== null) return answer.problem;
  return answer.busy.map(({ from, to }) => `${iso(from)}/${iso(to)}`);
};
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16);
const PARIS = ';TZID=Europe/Paris:';

describe('what an outside calendar blocks', () => {
  it.each<[string, string[], string[]]>([
    [
      'a single time in a zone',
      [`DTSTART${PARIS}20261014T090000`, `DTEND${PARIS}20261014T100000`],
      ['2026-10-14T07:00/2026-10-14T08:00'],
    ],
    [
      'times in UTC, an end in another zone',
      ['DTSTART:20261014T070000Z', 'DTEND;TZID=America/New_York:20261014T040000'],
      ['2026-10-14T07:00/2026-10-14T08:00'],
    ],
    ['a time without a zone', ['DTSTART:20261014T090000', 'DURATION:PT30M'], ['2026-10-14T07:00/2026-10-14T07:30']],
    ['a moment', [`DTSTART${PARIS}20261014T090000`], []],
    ['an end before its start', [`DTSTART${PARIS}20261014T090000`, `DTEND${PARIS}20261014T080000`], []],
    ['a day, on the autumn night', ['DTSTART;VALUE=DATE:20261025'], ['2026-10-24T22:00/2026-10-25T23:00']],
    ['days', ['DTSTART;VALUE=DATE:20261102', 'DTEND;VALUE=DATE:20261105'], ['2026-11-01T23:00/2026-11-04T23:00']],
    ['something transparent', [`DTSTART${PARIS}20261014T090000`, 'DURATION:PT1H', 'TRANSP:TRANSPARENT'], []],
    ['something cancelled', [`DTSTART${PARIS}20261014T090000`, 'DURATION:PT1H', 'STATUS:CANCELLED'], []],
    [
      'a series over the autumn night that ends on a date',
      [`DTSTART${PARIS}20261024T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261026'],
      ['2026-10-24T07:00/2026-10-24T08:00', '2026-10-25T08:00/2026-10-25T09:00', '2026-10-26T08:00/2026-10-26T09:00'],
    ],
    [
      'a series that ends at its own last time',
      [`DTSTART${PARIS}20261024T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261025T080000Z'],
      ['2026-10-24T07:00/2026-10-24T08:00', '2026-10-25T08:00/2026-10-25T09:00'],
    ],
    [
      'a series without dates that were taken out, in UTC, as a date and twice',
      [
        `DTSTART${PARIS}20261013T090000`,
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE:20261001T070000Z,20261002T070000Z,20261014T070000Z',
        `EXDATE${PARIS}20261014T090000,20261016T090000`,
        'EXDATE;VALUE=DATE:20261017',
      ],
      ['2026-10-13T07:00/2026-10-13T08:00', '2026-10-15T07:00/2026-10-15T08:00'],
    ],
    [
      'dates that were added, one with a length of its own',
      [
        `DTSTART${PARIS}20261013T090000`,
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=1',
        `RDATE${PARIS}20261015T090000`,
        'RDATE;VALUE=PERIOD:20261016T070000Z/PT3H',
      ],
      ['2026-10-13T07:00/2026-10-13T08:00', '2026-10-15T07:00/2026-10-15T08:00', '2026-10-16T07:00/2026-10-16T10:00'],
    ],
    [
      'a series that began long ago, and reaches in from before',
      [`DTSTART${PARIS}19990101T230000`, 'DURATION:P1DT3H', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=11;COUNT=400'],
      ['2026-10-12T00:00/2026-10-13T00:00', '2026-11-11T22:00/2026-11-13T01:00', '2026-12-11T22:00/2026-12-13T01:00'],
    ],
    [
      'the last weekday of each month, begun in the middle of one',
      [`DTSTART${PARIS}20261102T040000`, 'DURATION:PT15M', 'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
      ['2026-11-30T03:00/2026-11-30T03:15'],
    ],
    [
      'an hour that the autumn night repeats: the first, and an end that is exact',
      [`DTSTART${PARIS}20261018T013000`, `DTEND${PARIS}20261018T030000`, 'RRULE:FREQ=WEEKLY;COUNT=2'],
      ['2026-10-17T23:30/2026-10-18T01:00', '2026-10-24T23:30/2026-10-25T01:00'],
    ],
    ['an entry of ours', ['UID:session-1@cordee.test', `DTSTART${PARIS}20261014T090000`, 'DURATION:PT1H'], []],
  ])('given %s, then %#', (_name, lines, expected) => {
    expect(busyIn(event(...(lines[0]!.startsWith('UID') ? [] : ['UID:1@x']), ...lines))).toEqual(expected);
  });

  it('given a date of a series that moved, one called off, and one whose series is not there, then so', () => {
    const series = event('UID:1@x', `DTSTART${PARIS}20261013T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4');
    const moved = event('UID:1@x', 'RECURRENCE-ID:20261014T070000Z', `DTSTART${PARIS}20261020T140000`, 'DURATION:PT2H');
    const off = event(
      'UID:1@x',
      `RECURRENCE-ID${PARIS}20261015T090000`,
      `DTSTART${PARIS}20261015T090000`,
      'STATUS:CANCELLED',
    );
    const alone = event(
      'UID:2@x',
      `RECURRENCE-ID${PARIS}20261017T090000`,
      `DTSTART${PARIS}20261018T090000`,
      'DURATION:PT1H',
    );
    expect(busyIn(moved, series, off, alone)).toEqual([
      '2026-10-13T07:00/2026-10-13T08:00',
      '2026-10-16T07:00/2026-10-16T08:00',
      '2026-10-18T07:00/2026-10-18T08:00',
      '2026-10-20T12:00/2026-10-20T14:00',
    ]);
  });

  it('given a change from one date on, then those after it follow', () => {
    const series = event('UID:1@x', `DTSTART${PARIS}20261013T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3');
    const later = event(
      'UID:1@x',
      `RECURRENCE-ID;RANGE=THISANDFUTURE${PARIS}20261014T090000`,
      `DTSTART${PARIS}20261014T100000`,
      'DURATION:PT2H',
    );
    expect(busyIn(series, later)).toEqual([
      '2026-10-13T07:00/2026-10-13T08:00',
      '2026-10-14T08:00/2026-10-14T10:00',
      '2026-10-15T08:00/2026-10-15T10:00',
    ]);
  });

  it('given a zone that only the calendar knows, then as it says; one that nobody knows is the own one', () => {
    const text = icsWith([event('UID:1@x', 'DTSTART;TZID=Romance Standard Time:20261105T090000', 'DURATION:PT1H')]);
    const named = icsWith([], ['Europe/Paris']).replaceAll('TZID:Europe/Paris', 'TZID:Romance Standard Time');
    const zone = /BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE/.exec(named)![0];
    const known = read(text.replace('BEGIN:VEVENT', `${zone}\r\nBEGIN:VEVENT`), 'Asia/Tokyo');
    const unknown = read(text, 'Asia/Tokyo');
    expect(known).toMatchObject({ busy: [{ from: Date.parse('2026-11-05T08:00:00Z') }] });
    expect(unknown).toMatchObject({ busy: [{ from: Date.parse('2026-11-05T00:00:00Z') }] });
  });

  it('given a calendar that calls itself something without an end, then the beginning of it', () => {
    const named = icsWith([]).replace('X-WR-CALNAME:My agenda', `X-WR-CALNAME:${'na '.repeat(500_000)}`);
    const answer = read(named);
    expect(answer).toMatchObject({ problem: null, name: expect.stringMatching(/^na na .{100,250}…$/) });
  });

  it('given 2,000 entries with recurrences in three zones, then what another library finds', () => {
    const text = icsWith(manyEvents(2000));
    const answer = read(text);
    expect(answer).toMatchObject({ problem: null, name: 'My agenda', unreadable: 0 });
    const busy = 'busy' in answer ? answer.busy : [];
    expect(busy.length).toBeGreaterThan(100);
    expect(busy).toEqual(busyByIcal(text, look, 'Europe/Paris'));
  });
});

describe('what cannot be read', () => {
  const good = event('UID:1@x', `DTSTART${PARIS}20261014T090000`, 'DURATION:PT1H');

  it.each<[string, string, string]>([
    ['nothing', '', 'not_a_calendar'],
    ['a page', '<!doctype html><title>Sign in</title>', 'not_a_calendar'],
    ['a calendar cut off', icsWith([good]).slice(0, -40), 'malformed'],
    ['entries in each other', icsWith([`BEGIN:VEVENT\r\n${good}`]), 'malformed'],
    ['no entry that can be understood', icsWith([event('UID:1@x', 'DTSTART:tomorrow')]), 'malformed'],
    ['more than anybody does', icsWith(Array.from({ length: 20_001 }, () => good)), 'too_much'],
  ])('given %s, then %#', (_name, text, problem) => {
    expect(read(text)).toEqual({ problem });
  });

  it('given one entry among others that cannot be understood, then it blocks nothing, and is counted', () => {
    const rules = ['FREQ=SECONDLY', 'FREQ=NEVER'];
    const broken = rules.map((rule, index) =>
      event(`UID:b${index}@x`, `DTSTART${PARIS}20200101T090000`, 'DURATION:PT1H', `RRULE:${rule}`),
    );
    const answer = read(icsWith([...broken, event('UID:c@x', 'DTSTART:tomorrow'), good]));
    expect(answer).toMatchObject({
      problem: null,
      busy: [{ from: Date.parse('2026-10-14T07:00:00Z') }],
      unreadable: 3,
    });
  });

  it('given no entry at all, then nothing is busy', () => {
    expect(read(icsWith([]))).toMatchObject({ problem: null, busy: [] });
    expect(read('\ufeffBEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR')).toMatchObject({ problem: null, busy: [] });
  });
});

it('given stretches, then weeks of minutes hold them, cut where a week ends', () => {
  const week = 7 * DAY;
  const stretches = [
    { from: 2 * week - 90_500, to: 2 * week + 60_000 },
    { from: 2 * week + DAY, to: 4 * week + DAY },
  ];
  const weeks = weeksOf(stretches);
  expect(weeks.map((one) => one.week)).toEqual([1, 2, 3, 4]);
  const all = weeks.flatMap((one) => stretchesOf(one.busy));
  expect(all).toEqual([
    { from: 2 * week - 120_000, to: 2 * week },
    { from: 2 * week, to: 2 * week + 60_000 },
    { from: 2 * week + DAY, to: 3 * week },
    { from: 3 * week, to: 4 * week },
    { from: 4 * week, to: 4 * week + DAY },
  ]);
});

it('given moments by the thousand, then a week keeps no more stretches than there is room for sessions between them', () => {
  const moments = Array.from({ length: 40_000 }, (_, index) => ({ from: index * 15_000, to: index * 15_000 + 1 }));
  expect(weeksOf(moments)).toEqual([{ week: 0, busy: [0, 10_000] }]);
  const apart = Array.from({ length: 672 }, (_, index) => ({ from: index * 15 * 60_000, to: index * 15 * 60_000 + 1 }));
  expect(weeksOf(apart)).toEqual([{ week: 0, busy: [0, 10_066] }]);
});

it('given room for a session between two stretches, then both are kept', () => {
  const minute = 60_000;
  const stretches = [
    { from: 0, to: 10 * minute },
    { from: 25 * minute, to: 40 * minute },
    { from: 54 * minute, to: 60 * minute },
  ];
  expect(weeksOf(stretches)).toEqual([{ week: 0, busy: [0, 10, 25, 60] }]);
});
