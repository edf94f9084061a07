import { cohortForReport, reportAbilities } from './report-rule.js';

const at = (cohortId: string, day: number) => ({
  cohortId,
  role: 'fellow' as const,
  joinedAt: new Date(Date.UTC(2026, 8, day)),
});

describe('whose staff look at a message of a conversation', () => {
  it.each([
    ['one shared cohort', [at('a', 1), at('b', 2)], [at('a', 5)], 'a'],
    ['two, the latest of the reporter', [at('a', 1), at('b', 2)], [at('a', 5), at('b', 1)], 'b'],
    ['none shared', [at('a', 1), at('b', 2)], [at('c', 5)], null],
    ['none at all', [], [at('c', 5)], null],
  ])('given %s', (_, reporter, author, cohortId) => {
    expect(cohortForReport(reporter, author)).toBe(cohortId);
  });
});

describe('what staff may do with a report', () => {
  const channel = { kind: 'team', createdBy: null, archivedAt: null } as const;
  it.each([
    ['open, of a channel of the cohort', { open: true }, channel, { remove: true, dismiss: true }],
    ['open, of a conversation', { open: true }, { ...channel, kind: 'direct' }, { remove: true, dismiss: true }],
    [
      'open, of a conversation, handed over by themselves',
      { open: true, by: 'staff' },
      { ...channel, kind: 'direct' },
      { remove: false, dismiss: true },
    ],
    [
      'open, of a closed channel',
      { open: true },
      { ...channel, archivedAt: new Date() },
      { remove: false, dismiss: true },
    ],
    ['open, of a channel that is gone', { open: true }, null, { remove: false, dismiss: true }],
    ['decided', { open: false }, channel, { remove: false, dismiss: false }],
  ] as const)('given %s', (_, { open, ...more }, where, abilities) => {
    const reporterId = ('by' in more ? more.by : 'reporter') as never;
    expect(reportAbilities('staff', { open, reporterId }, where)).toEqual(abilities);
  });
});
