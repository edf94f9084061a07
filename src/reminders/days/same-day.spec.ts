import { LADDER, type Ladder, ladderWith } from '../schedule/ladder.js';
import { type Recipient, compare, planReminders } from '../planning/reminder-plan.js';
import { type CohortCalendar, closes, milestoneOn, phaseOf, silentOf, withMilestone } from './same-day.js';

/** From Monday 17 August 2026 to Wednesday 16 June 2027: half-way on Saturday 16 January 2027, the last month from 17 May on. */
const cohort: CohortCalendar = { startsOn: '2026-08-17', endsOn: '2027-06-16', milestones: [] };
const withOnes = (...milestones: [id: string, on: string][]): CohortCalendar => ({
  ...cohort,
  milestones: milestones.map(([id, on]) => ({ id, on })),
});
const told = (type: 'phase' | 'milestone', id: string, on: string, calendar: CohortCalendar) =>
  Object.fromEntries(silentOf({ type, id }, on, calendar));
const ALL = { 'phase.14d': ['milestone.14d'], 'phase.3d': ['milestone.3d'], 'phase.day': ['milestone.day'] };

describe('a milestone closes a phase', () => {
  it.each([
    ['on its last day', '2026-10-16', '2026-10-16', true],
    ['on the Friday before a Saturday', '2026-10-30', '2026-10-31', true],
    ['on the Friday before a Sunday', '2026-10-30', '2026-11-01', true],
    ['on the Saturday before a Sunday', '2026-10-31', '2026-11-01', true],
    ['not the day before a Friday', '2026-10-15', '2026-10-16', false],
    ['not on the Thursday before a Saturday', '2026-10-29', '2026-10-31', false],
    ['not after it', '2026-11-01', '2026-10-31', false],
  ])('%s', (_, on, endsOn, does) => {
    expect(closes(on, { endsOn })).toBe(does);
  });

  it('then its notice says which, and on which day where that is another one', () => {
    const phase = { key: 'build' as const, name: null, startsOn: '2026-10-17', endsOn: '2027-01-16' };
    const named = { phaseKey: 'build', phaseName: null, phaseOn: '2027-01-16' };
    expect(phaseOf(phase, '2027-01-16')).toEqual({ ...named, phaseToo: 'true' });
    expect(phaseOf(phase, '2027-01-15')).toEqual({ ...named, phaseToo: 'later' });
    expect(phaseOf(undefined, '2027-01-15')).toEqual({});
  });
});

describe('what is told with something else of its day', () => {
  it.each([
    ['a phase alone', 'phase', 'p', '2026-10-16', cohort, {}],
    ['a phase that a milestone closes', 'phase', 'p', '2026-10-17', withOnes(['m', '2026-10-16']), ALL],
    ['the last phase', 'phase', 'p', '2027-06-16', cohort, { 'phase.day': ['residency.end'] }],
    [
      'the last phase, which a milestone closes',
      'phase',
      'p',
      '2027-06-16',
      withOnes(['m', '2027-06-16']),
      { ...ALL, 'phase.day': ['milestone.day', 'residency.end'] },
    ],
    ['a milestone alone', 'milestone', 'm', '2026-09-16', withOnes(['m', '2026-09-16']), {}],
    [
      'a milestone of the first day',
      'milestone',
      'm',
      '2026-08-17',
      withOnes(['m', '2026-08-17']),
      { 'milestone.day': ['residency.first'] },
    ],
    [
      'the first milestone of a day by which everybody counts',
      'milestone',
      'm',
      '2027-05-17',
      withOnes(['n', '2027-05-17'], ['m', '2027-05-17']),
      { 'milestone.day': ['residency.last_month'] },
    ],
    ['another one', 'milestone', 'n', '2027-05-17', withOnes(['n', '2027-05-17'], ['m', '2027-05-17']), {}],
  ] as const)('given %s', (_, type, id, on, calendar, silent) => {
    expect(told(type, id, on, calendar)).toEqual(silent);
  });

  it('given a milestone moves, then by its new day', () => {
    const calendar = withOnes(['m', '2026-10-16']);
    expect(told('phase', 'p', '2026-10-16', withMilestone(calendar, 'm', '2026-10-14'))).toEqual({});
    expect(milestoneOn(withMilestone(calendar, 'm', '2026-08-17').milestones, '2026-08-17')?.id).toBe('m');
  });
});

describe('a plan', () => {
  const recipient: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
  const recipients = new Map([['ines', recipient]]);
  const phase = (milestoneDay: string) => ({
    ...{ type: 'phase' as const, id: 'p', cohortId: 'c', revision: 1, title: null, titleKey: 'discover', isLive: true },
    time: { on: '2026-10-16', timeZone: 'Europe/Paris' },
    people: [{ userId: 'ines', why: 'staff' }],
    silent: silentOf({ type: 'phase', id: 'p' }, '2026-10-16', withOnes(['m', milestoneDay])),
  });
  const kinds = (ladder: Ladder, milestoneDay = '2026-10-16') =>
    planReminders(phase(milestoneDay), recipients, ladder).map(({ kind }) => kind);
  const usual = { on: true, channels: ['inbox' as const, 'mail' as const], text: null };

  it('given a milestone closes a phase, then only what it does not say is left; given none does, all', () => {
    expect(kinds(LADDER)).toEqual(['phase.committee']);
    expect(kinds(LADDER, '2026-10-14')).toEqual(['phase.committee', 'phase.14d', 'phase.3d', 'phase.day']);
  });

  it('given its day is told with another, then it is too late for what comes before as if it were not', () => {
    const subject = { ...phase('2026-10-14'), silent: new Map([['phase.day' as const, ['residency.half' as const]]]) };
    const untils = planReminders(subject, recipients).map(({ kind, until }) => `${kind} ${until.toISOString()}`);
    expect(untils).toEqual([
      'phase.committee 2026-10-02T07:00:00.000Z',
      'phase.14d 2026-10-13T07:00:00.000Z',
      'phase.3d 2026-10-16T07:00:00.000Z',
    ]);
  });

  it.each([
    ['is off', { kind: 'milestone.14d', ...usual, count: 14, on: false }],
    ['comes at another time', { kind: 'milestone.14d', ...usual, count: 10 }],
    ['comes on fewer channels', { kind: 'milestone.14d', ...usual, count: 14, channels: ['inbox'] }],
    ['has words of staff', { kind: 'milestone.14d', ...usual, count: 14, text: { en: 'Soon', fr: 'Bientôt' } }],
    ['leaves to say what staff wrote', { kind: 'phase.14d', ...usual, count: 14, text: { en: 'Soon', fr: 'Bientôt' } }],
  ] as const)('given the reminder of the milestone %s, then the phase speaks for itself', (_, setting) => {
    expect(kinds(ladderWith([{ ...setting, channels: [...setting.channels] }]))).toEqual([
      'phase.committee',
      'phase.14d',
    ]);
  });

  it('given a milestone comes to that day, then what was planned is dropped, since there is nothing left to say', () => {
    const now = new Date('2026-09-20T08:00:00Z');
    const rows = planReminders(phase('2026-10-14'), recipients).map((want) => ({
      ...want,
      ...{ id: want.kind, revision: 1, state: 'planned' as const, title: null, attempts: 0, titleKey: null },
    }));
    const after = phase('2026-10-16');
    expect(compare(after, planReminders(after, recipients), rows, now).drop).toEqual(
      ['phase.14d', 'phase.3d', 'phase.day'].map((id) => ({ id, because: 'empty' })),
    );
  });
});
