import { type Sent, isClean, reportOf } from './report.js';

const PARIS = 'Europe/Paris';
const NIGHTS = { timeZone: PARIS, quietHours: { start: '20:00', end: '08:00' } };

/** A mail on Tuesday 6 October 2026 at 10:00 in Paris, in time. */
const sent = (more: Partial<Sent> = {}): Sent => ({
  key: 'reminder-1',
  by: 'mail',
  person: { id: 'jonas', name: 'Jonas Albrecht' },
  kind: 'workshop.24h',
  about: 'Kick-off',
  dueAt: new Date('2026-10-06T08:00:00Z'),
  at: new Date('2026-10-06T08:00:00Z'),
  quiet: NIGHTS,
  canWait: { until: new Date('2026-10-07T07:00:00Z') },
  ...more,
});
const at = (instant: string) => ({ at: new Date(instant), dueAt: new Date(instant) });
const report = (...all: Sent[]) => reportOf(all, [], PARIS);

describe('the counts', () => {
  it('given mails and notices of two people in two weeks, then they are counted by kind, week and person', () => {
    const ines = { id: 'ines', name: 'Inès Roulle' };
    const { kinds, weeks, persons, ...all } = report(
      sent(),
      sent({ by: 'inbox' }),
      sent({ key: 'reminder-2', person: ines }),
      // Sunday evening in Paris, though Monday in UTC+2 counted from elsewhere would not be.
      sent({ key: 'reminder-3', kind: 'milestone.3d', canWait: false, ...at('2026-10-04T21:59:00Z') }),
      sent({ key: 'reminder-4', kind: 'milestone.3d', canWait: false, ...at('2026-10-04T22:00:00Z') }),
    );
    expect(all).toMatchObject({ mails: 4, notices: 1, people: 2 });
    expect(kinds).toEqual([
      { kind: 'milestone.3d', mails: 2, notices: 0 },
      { kind: 'workshop.24h', mails: 2, notices: 1 },
    ]);
    expect(weeks).toEqual([
      { week: '2026-09-28', mails: 1, notices: 0 },
      { week: '2026-10-05', mails: 3, notices: 1 },
    ]);
    expect(persons).toEqual([
      { id: 'jonas', name: 'Jonas Albrecht', mails: 3, notices: 1, busiest: 1 },
      { id: 'ines', name: 'Inès Roulle', mails: 1, notices: 0, busiest: 1 },
    ]);
  });

  it('given nothing, then all is 0 and clean', () => {
    const empty = report();
    expect(empty).toMatchObject({ mails: 0, notices: 0, people: 0, kinds: [], weeks: [], persons: [] });
    expect(isClean(empty)).toBe(true);
  });
});

describe('quiet hours broken', () => {
  const saturday = { ...NIGHTS, quietWeekend: true };
  it.each<[string, Partial<Sent>, number]>([
    ['by day', {}, 0],
    ['at night', at('2026-10-06T20:00:00Z'), 1],
    ['at night, in the inbox', { by: 'inbox', ...at('2026-10-06T20:00:00Z') }, 1],
    ['at night, what cannot wait', { canWait: false, ...at('2026-10-06T20:00:00Z') }, 0],
    [
      'at night, what is of no use in the morning',
      {
        ...at('2026-10-06T20:00:00Z'),
        canWait: { until: new Date('2026-10-07T06:00:00Z') },
      },
      0,
    ],
    [
      'by day in Paris, at night where the person is',
      {
        ...at('2026-10-06T09:00:00Z'),
        quiet: { ...NIGHTS, timeZone: 'America/Cayenne' },
      },
      1,
    ],
    ['on a Saturday', { ...at('2026-10-10T08:00:00Z'), quiet: saturday, canWait: { until: null } }, 1],
    ['on a Saturday that is not quiet', { ...at('2026-10-10T08:00:00Z'), canWait: { until: null } }, 0],
    [
      'in the hour before the night that autumn makes longer',
      { ...at('2026-10-24T17:59:00Z'), canWait: { until: null } },
      0,
    ],
    ['on the morning after it, at 07:59', { ...at('2026-10-25T06:59:00Z'), canWait: { until: null } }, 1],
    ['on the morning after it, at 08:00', { ...at('2026-10-25T07:00:00Z'), canWait: { until: null } }, 0],
  ])('given a mail %s, then so many', (_when, one, count) => {
    expect(report(sent(one)).quietBroken).toHaveLength(count);
  });
});

describe('doubles', () => {
  it('given one reminder twice by mail, then the second is named, and its notice is none', () => {
    const { doubles } = report(sent(), sent({ by: 'inbox' }), sent({ at: new Date('2026-10-06T08:00:30Z') }));
    expect(doubles).toEqual([sent({ at: new Date('2026-10-06T08:00:30Z') })]);
  });

  it('given one key for two people, then none', () => {
    expect(report(sent(), sent({ person: { id: 'ines', name: 'Inès' } })).doubles).toEqual([]);
  });
});

describe('late', () => {
  it.each([
    ['a minute after its time', '2026-10-06T08:01:00Z', 0],
    ['more than a minute after it', '2026-10-06T08:01:01Z', 1],
  ])('given a mail %s, then so many', (_when, instant, count) => {
    expect(report(sent({ at: new Date(instant) })).late).toHaveLength(count);
  });
});

describe('clean', () => {
  it.each<[string, Sent[]]>([
    ['a broken night', [sent(at('2026-10-06T20:00:00Z'))]],
    ['a double', [sent(), sent()]],
    ['a late one', [sent({ at: new Date('2026-10-06T09:00:00Z') })]],
  ])('given %s, then it is not', (_what, all) => {
    expect(isClean(report(...all))).toBe(false);
  });

  it('given a reminder that was never sent, then it is not', () => {
    const { person, kind, about, dueAt } = sent();
    const lost = { person, kind, about, dueAt, because: 'late' };
    expect(isClean(reportOf([sent()], [lost], PARIS))).toBe(false);
  });
});
