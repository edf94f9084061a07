import fc from 'fast-check';
import type { RungSetting } from '../../contracts/reminders/reminder-ladder.js';
import { LADDER, ladderWith, leadOf, settingOf } from './ladder.js';
import { changesBetween, problemsOf, unlikeDefault } from './ladder-rules.js';
import { type Recipient, type ReminderSubject, compare, planReminders } from '../planning/reminder-plan.js';

const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const workshop: ReminderSubject = {
  type: 'workshop',
  id: 'w',
  cohortId: 'c',
  revision: 1,
  title: 'Impact assessment',
  titleKey: null,
  isLive: true,
  time: { startsAt: new Date('2026-10-15T12:00:00Z'), timeZone: 'Europe/Paris' },
  people: [{ userId: 'ines', why: 'registered', byLink: true }],
};
const usual = (kind: string): RungSetting => settingOf(LADDER.find((rung) => rung.kind === kind)!);
const set = (kind: string, more: Partial<RungSetting>): RungSetting => ({ ...usual(kind), ...more });
const plan = (settings: RungSetting[], subject = workshop, recipient = awake) =>
  planReminders(subject, new Map([['ines', recipient]]), ladderWith(settings));
const times = (settings: RungSetting[]) => plan(settings).map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`);

describe('a ladder that staff changed', () => {
  it('given nothing is set, then it is the default, and each rung is known by how long before it comes', () => {
    expect(ladderWith([])).toEqual(LADDER);
    for (const rung of LADDER) expect(leadOf(rung)).toBe(rung.name);
  });

  it('given another time, then that kind alone comes then, and the one before it lasts until then', () => {
    expect(times([set('workshop.24h', { count: 48 }), set('workshop.7d', { count: 10 })])).toEqual([
      'workshop.7d 2026-10-05T12:00:00.000Z',
      'workshop.24h 2026-10-13T12:00:00.000Z',
      'workshop.1h 2026-10-15T11:00:00.000Z',
      'workshop.10min 2026-10-15T11:50:00.000Z',
    ]);
    expect(plan([set('workshop.24h', { count: 48 })])[0]!.until.toISOString()).toBe('2026-10-13T12:00:00.000Z');
  });

  it('given one is off, then it does not exist, and what was planned is dropped because of that', () => {
    const off = [set('workshop.24h', { on: false })];
    expect(plan(off).map(({ kind }) => kind)).toEqual(['workshop.7d', 'workshop.1h', 'workshop.10min']);
    const existing = plan([]).map((row, index) => ({
      ...{ ...row, id: String(index), revision: 1, state: 'planned' as const },
      ...{ title: workshop.title, attempts: 0, titleKey: null },
    }));
    const change = compare(workshop, plan(off), existing, new Date('2026-10-01T00:00:00Z'), ladderWith(off));
    expect(change.drop).toEqual([{ id: '1', because: 'off' }]);
    expect(change.move.map(({ id }) => id)).toEqual(['0']); // it may now come until the hour before
  });

  it('given one channel, then only who wants that one gets it', () => {
    const byMail = [set('workshop.7d', { channels: ['mail'] })];
    expect(plan(byMail)[0]!.channels).toEqual(['mail']);
    expect(plan(byMail, workshop, { ...awake, channels: ['inbox'] }).map(({ kind }) => kind)).not.toContain(
      'workshop.7d',
    );
  });

  it.each([
    ['minutes', 45, 'm45'],
    ['minutes', 120, 'h2'],
    ['hours', 48, 'h48'],
    ['days', 1, 'd1'],
    ['days', 0, 'd0'],
  ] as const)('%s x %d reads %s', (unit, count, lead) => {
    expect(leadOf({ unit, count })).toBe(lead);
  });
});

describe('what may be set', () => {
  it.each([
    ['a kind twice', [set('workshop.1h', {}), set('workshop.1h', {})], '/rungs/1/kind', 'double'],
    ['too early', [set('milestone.14d', { count: 61 })], '/rungs/0/count', 'out_of_bounds'],
    ['too late', [set('workshop.10min', { count: 4 })], '/rungs/0/count', 'out_of_bounds'],
    ['past the one before it', [set('session.1h', { count: 180 }), set('session.24h', { count: 4 })], '', ''],
    [
      'the one after it',
      [set('milestone.3d', { count: 5 }), set('milestone.14d', { count: 5 })],
      '/rungs/0/count',
      'out_of_order',
    ],
    [
      'beside another that is set',
      [set('milestone.14d', { count: 4 }), set('milestone.3d', { count: 4 })],
      '/rungs/0/count',
      'out_of_order',
    ],
    ['of what waits, before the first', [set('request.96h', { count: 40 })], '/rungs/0/count', 'out_of_order'],
    ['the first past the second', [set('request.48h', { count: 100 })], '/rungs/0/count', 'out_of_order'],
    [
      'an unknown name',
      [set('workshop.1h', { text: { en: 'See {titel}', fr: 'Voir' } })],
      '/rungs/0/text/en',
      'unknown_placeholder',
    ],
    [
      'a loose brace',
      [set('workshop.1h', { text: { en: 'See', fr: 'Voir {title' } })],
      '/rungs/0/text/fr',
      'unknown_placeholder',
    ],
    ['a known name', [set('workshop.1h', { text: { en: 'See {title}', fr: 'Voir {title}' } })], '', ''],
  ] as const)('given %s, then that is said at its field', (_, settings, field, code) => {
    const [problem] = problemsOf(settings);
    expect([problem?.field ?? '', problem?.code ?? '']).toEqual([field, code]);
  });

  it('given a rung that is off, then it stands in nobody’s way', () => {
    expect(problemsOf([set('workshop.24h', { on: false }), set('workshop.1h', { count: 180 })])).toEqual([]);
  });

  it('given what is as by default, then it is not kept; what differs is told with what was and what is', () => {
    const changed = set('workshop.1h', { count: 90 });
    expect(unlikeDefault([usual('workshop.7d'), changed])).toEqual([changed]);
    expect(changesBetween([], [changed])).toEqual([
      { kind: 'workshop.1h', before: usual('workshop.1h'), after: changed },
    ]);
    expect(changesBetween([changed], [])).toEqual([
      { kind: 'workshop.1h', before: changed, after: usual('workshop.1h') },
    ]);
    expect(changesBetween([changed], [changed])).toEqual([]);
  });
});

it('whatever may be set: the rungs keep their order, each comes before it is too late, and planning again adds nothing', () => {
  const setting = fc.constantFrom(...LADDER).chain((rung) =>
    fc.record({
      kind: fc.constant(rung.kind),
      on: fc.boolean(),
      count: fc.integer({ min: rung.bounds[0], max: rung.bounds[1] }),
      channels: fc.constantFrom<RungSetting['channels'][]>(['inbox'], ['mail'], ['inbox', 'mail']),
      text: fc.constant(null),
    }),
  );
  const settings = fc.uniqueArray(setting, { selector: ({ kind }) => kind, maxLength: 12 });
  const quietHours = fc.constantFrom(null, { start: '20:00', end: '08:00' }, { start: '09:00', end: '08:30' });
  const now = new Date('2026-09-01T00:00:00Z');
  fc.assert(
    fc.property(settings, settings, quietHours, (before, after, quiet) => {
      fc.pre(problemsOf(before).length === 0 && problemsOf(after).length === 0);
      const recipient = { ...awake, quietHours: quiet };
      const rows = plan(after, workshop, recipient);
      for (const [index, row] of rows.entries()) {
        expect(row.dueAt < row.until).toBe(true);
        if (index > 0) expect(row.dueAt >= rows[index - 1]!.dueAt).toBe(true);
      }
      const existing = plan(before, workshop, recipient).map((row) => ({
        ...{ ...row, id: row.kind, revision: 1, state: 'planned' as const },
        ...{ title: workshop.title, attempts: 0, titleKey: null },
      }));
      const change = compare(workshop, rows, existing, now, ladderWith(after));
      const dropped = new Set(change.drop.map(({ id }) => id));
      const to = new Map(change.move.map((move) => [move.id, move.to]));
      const made = change.insert.map((want) => ({
        ...existing[0]!,
        ...want,
        id: want.kind,
        revision: 1,
        state: 'planned' as const,
        title: workshop.title,
        attempts: 0,
        titleKey: null,
      }));
      const written = [
        ...existing
          .filter(({ id }) => !dropped.has(id))
          .map((row) => {
            const want = to.get(row.id);
            return want ? { ...row, ...want, titleKey: null } : row;
          }),
        ...made,
      ];
      expect(written.map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`).sort()).toEqual(
        rows.map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`).sort(),
      );
      expect(compare(workshop, rows, written, now, ladderWith(after))).toEqual({
        insert: [],
        move: [],
        revive: [],
        drop: [],
      });
    }),
    { numRuns: 300 },
  );
});
