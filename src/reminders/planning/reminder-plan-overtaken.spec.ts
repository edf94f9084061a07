import {
  type DropReason,
  type ExistingReminder,
  type PlanChange,
  type ReminderSubject,
  type SubjectType,
  compare,
  isDoubtful,
  isOvertaken,
  planReminders,
} from './reminder-plan.js';

const now = new Date('2026-10-13T09:45:00Z');
const recipients = new Map([
  ['ines', { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] as ('inbox' | 'mail')[] }],
]);

const workshop = (more: Partial<ReminderSubject> = {}): ReminderSubject => ({
  type: 'workshop',
  id: 'w',
  cohortId: 'c',
  revision: 1,
  title: 'Impact assessment',
  titleKey: null,
  isLive: true,
  time: { startsAt: new Date('2026-10-25T12:00:00Z'), timeZone: 'Europe/Paris' },
  people: [{ userId: 'ines', why: 'registered', byLink: true }],
  ...more,
});
const milestone = (on: string, revision: number) =>
  workshop({ type: 'milestone', revision, time: { on, timeZone: 'Europe/Paris' } });

const rowsOf = (subject: ReminderSubject, state: ExistingReminder['state'] = 'planned'): ExistingReminder[] =>
  planReminders(subject, recipients).map((want) => ({
    ...want,
    id: `${want.kind}-${subject.revision}`,
    revision: subject.revision,
    state,
    ...{ title: subject.title, titleKey: subject.titleKey },
    attempts: 0,
  }));
const plan = (subject: ReminderSubject, rows: ExistingReminder[]) =>
  compare(subject, planReminders(subject, recipients), rows, now);
const nothing = { insert: [], move: [], revive: [], drop: [] };

describe('a plan by an older state than the one that is planned for', () => {
  const moved = workshop({
    revision: 2,
    time: { startsAt: new Date('2026-10-27T12:00:00Z'), timeZone: 'Europe/Paris' },
  });

  it('given rows of a move that it did not read, then it drops none of them, and revives, moves and adds nothing', () => {
    const [first, second, ...others] = rowsOf(workshop());
    const older = [
      { ...first!, state: 'dropped' as const },
      { ...second!, title: 'As it was called' },
    ];
    expect(others).not.toEqual([]);
    expect(plan(workshop(), older)).toMatchObject({ revive: [{}], move: [{}], insert: [{}, {}] });
    expect(plan(workshop(), [...older, ...rowsOf(moved)])).toEqual(nothing);
    expect(plan(workshop({ isLive: false }), rowsOf(moved))).toEqual(nothing);
  });

  it('given a single row of a later revision among many, whatever became of it, then it is overtaken all the same', () => {
    const [sent] = rowsOf(moved, 'sent');
    expect(isOvertaken(workshop(), [...rowsOf(workshop()), sent!])).toBe(true);
  });

  it('given rows of its own revision or older ones, or none, then it is not', () => {
    expect(isOvertaken(moved, [...rowsOf(workshop()), ...rowsOf(moved)])).toBe(false);
    expect(isOvertaken(moved, [])).toBe(false);
  });

  it.each(['workshop', 'session', 'feedback', 'notes', 'request', 'cycle', 'guest'] satisfies SubjectType[])(
    'given a %s, whose revisions are counted, then a later one tells that it is overtaken',
    (type) => expect(isOvertaken({ type, revision: 3 }, [{ revision: 4 }])).toBe(true),
  );

  it.each(['milestone', 'action', 'topic', 'contact', 'phase', 'residency', 'letter', 'invitation'] as SubjectType[])(
    'given a %s, whose revision may fall, then a higher one tells nothing',
    (type) => expect(isOvertaken({ type, revision: 3 }, [{ revision: 4 }])).toBe(false),
  );

  it('given a milestone that comes nearer, then what was planned for its later day is dropped', () => {
    const later = rowsOf(milestone('2026-11-20', 20_777));
    const change = plan(milestone('2026-11-19', 20_776), later);
    expect(change.drop).toEqual(later.map(({ id }) => ({ id, because: 'moved' })));
    expect(change.insert).toHaveLength(later.length);
  });
});

describe('a plan that may have undone a newer one of the same revision', () => {
  const [want] = planReminders(workshop(), recipients);
  const dropped = (because: DropReason) => ({ drop: [{ id: 'r', because }] });
  const to = { id: 'r', to: want! };
  const cases: [SubjectType, Partial<PlanChange>, boolean][] = [
    ['workshop', {}, false],
    ['workshop', { insert: [want!] }, false],
    ['workshop', { move: [to] }, true],
    ['workshop', { revive: [to] }, true],
    ['workshop', dropped('left'), true],
    ['workshop', dropped('muted'), true],
    ['workshop', dropped('cancelled'), true],
    ['workshop', dropped('moved'), false],
    ['workshop', { drop: [...dropped('moved').drop, ...dropped('left').drop] }, true],
    ['milestone', dropped('moved'), true],
  ];

  it.each(cases)('given a %s and the change %j, then whether it is doubtful is %s', (type, change, expected) =>
    expect(isDoubtful({ type }, { ...nothing, ...change })).toBe(expected),
  );
});
