import fc from 'fast-check';
import {
  type ExistingReminder,
  type Recipient,
  type ReminderSubject,
  compare,
  planReminders,
  staleness,
} from './reminder-plan.js';

const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const sleeper: Recipient = { ...awake, quietHours: { start: '20:00', end: '08:00' } };

const workshop = (startsAt: string, more: Partial<ReminderSubject> = {}): ReminderSubject => ({
  type: 'workshop',
  id: 'w',
  cohortId: 'c',
  revision: 1,
  title: 'Impact assessment',
  titleKey: null,
  isLive: true,
  time: { startsAt: new Date(startsAt), timeZone: 'Europe/Paris' },
  people: [{ userId: 'ines', why: 'registered', byLink: true }],
  ...more,
});
const session = (startsAt: string, more: Partial<ReminderSubject> = {}) =>
  workshop(startsAt, { type: 'session', people: [{ userId: 'ines', why: 'participant' }], ...more });
const milestone = (on: string, more: Partial<ReminderSubject> = {}) =>
  workshop('2026-01-01T00:00:00Z', {
    type: 'milestone',
    time: { on, timeZone: 'Europe/Paris' },
    people: [{ userId: 'ines', why: 'member' }],
    ...more,
  });

const times = (subject: ReminderSubject, recipient = awake) =>
  planReminders(subject, new Map(subject.people.map(({ userId }) => [userId, recipient]))).map(
    ({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`,
  );

describe('the ladder', () => {
  it('given a workshop, then 7 days, 24 hours, 1 hour and 10 minutes before', () => {
    expect(times(workshop('2026-10-15T12:00:00Z'))).toEqual([
      'workshop.7d 2026-10-08T12:00:00.000Z',
      'workshop.24h 2026-10-14T12:00:00.000Z',
      'workshop.1h 2026-10-15T11:00:00.000Z',
      'workshop.10min 2026-10-15T11:50:00.000Z',
    ]);
  });

  it('given a cycle of sessions, then the morning a week before its last day, of a quiet night after it', () => {
    const cycle = workshop('2026-01-01T00:00:00Z', {
      type: 'cycle',
      time: { on: '2026-10-30', timeZone: 'Europe/Paris' },
      people: [{ userId: 'ines', why: 'cycle' }],
    });
    // The clocks go back in between: nine in the morning it is all the same.
    expect(times(cycle)).toEqual(['cycle.7d 2026-10-23T07:00:00.000Z']);
    const far = { ...sleeper, timeZone: 'America/Montreal' };
    expect(times(cycle, far)).toEqual(['cycle.7d 2026-10-23T12:00:00.000Z']);
    expect(planReminders(cycle, new Map([['ines', awake]]))[0]!.until.toISOString()).toBe('2026-10-30T23:00:00.000Z');
    expect(times({ ...cycle, isLive: false })).toEqual([]);
  });

  it('given who joins by no link, then all but the last one, which is there to bring it, and the hour is worth saying until the start', () => {
    const startsAt = '2026-10-15T12:00:00Z';
    const people = [
      { userId: 'ines', why: 'registered', byLink: false },
      { userId: 'jonas', why: 'registered', byLink: true },
      { userId: 'pauline', why: 'host' },
    ];
    const wanted = planReminders(workshop(startsAt, { people }), new Map(people.map((one) => [one.userId, awake])));
    const kindsTo = (person: string) => wanted.filter(({ userId }) => userId === person).map(({ kind }) => kind);
    expect(kindsTo('ines')).toEqual(['workshop.7d', 'workshop.24h', 'workshop.1h']);
    expect(kindsTo('jonas')).toEqual(['workshop.7d', 'workshop.24h', 'workshop.1h', 'workshop.10min']);
    expect(kindsTo('pauline')).toEqual(['workshop.1h']);
    const hours = wanted.filter(({ kind }) => kind === 'workshop.1h');
    expect(hours.map(({ until }) => until.toISOString())).toEqual([
      '2026-10-15T12:00:00.000Z',
      '2026-10-15T11:50:00.000Z',
      '2026-10-15T12:00:00.000Z',
    ]);
  });

  it('given who only hosts it, then the last two; who also comes is reminded once, as one who comes', () => {
    expect(
      times(workshop('2026-10-15T12:00:00Z', { people: [{ userId: 'pauline', why: 'host', byLink: true }] })),
    ).toEqual(['workshop.1h 2026-10-15T11:00:00.000Z', 'workshop.10min 2026-10-15T11:50:00.000Z']);
    const both = [
      { userId: 'ines', why: 'registered', byLink: true },
      { userId: 'ines', why: 'host', byLink: true },
    ];
    expect(times(workshop('2026-10-15T12:00:00Z', { people: both }))).toHaveLength(4);
  });

  it('given a session, then 24 hours and 1 hour before', () => {
    expect(times(session('2026-10-15T12:00:00Z'))).toEqual([
      'session.24h 2026-10-14T12:00:00.000Z',
      'session.1h 2026-10-15T11:00:00.000Z',
    ]);
  });

  it('given a milestone, then 14 days, 3 days and on the day, at 09:00 in the zone of the cohort', () => {
    expect(times(milestone('2026-11-20'))).toEqual([
      'milestone.14d 2026-11-06T08:00:00.000Z',
      'milestone.3d 2026-11-17T08:00:00.000Z',
      'milestone.day 2026-11-20T08:00:00.000Z',
    ]);
  });

  it('given a person in Cayenne, then a milestone of Paris waits for their morning, on the day itself, too', () => {
    expect(times(milestone('2026-11-20'), { ...sleeper, timeZone: 'America/Cayenne' })).toEqual([
      'milestone.14d 2026-11-06T11:00:00.000Z',
      'milestone.3d 2026-11-17T11:00:00.000Z',
      'milestone.day 2026-11-20T11:00:00.000Z',
    ]);
  });

  it('given nine in the morning is three at night in Montreal, then nobody is woken for a milestone or a phase that ends today', () => {
    const montreal = { ...sleeper, timeZone: 'America/Montreal' };
    expect(times(milestone('2026-11-20'), montreal).at(-1)).toBe('milestone.day 2026-11-20T13:00:00.000Z');
    const phase = milestone('2026-11-20', { type: 'phase' });
    expect(times(phase, montreal).at(-1)).toBe('phase.day 2026-11-20T13:00:00.000Z');
  });

  it('given a quiet that lasts past the day of the cohort, then its day is told on the day, and not after it', () => {
    const dueOf = (recipient: Recipient) => times(milestone('2026-11-20'), recipient).at(-1);
    const away = { ...sleeper, quietUntil: new Date('2026-11-23T08:00:00Z') };
    expect(dueOf(away)).toBe('milestone.day 2026-11-20T08:00:00.000Z');
    // Where the morning comes only with the next day of Paris.
    const late = { ...sleeper, timeZone: 'Pacific/Tahiti', quietHours: { start: '20:00', end: '13:30' } };
    expect(dueOf(late)).toBe('milestone.day 2026-11-20T08:00:00.000Z');
    expect(times(milestone('2026-11-21'), { ...sleeper, quietWeekend: true }).at(-1)).toBe(
      'milestone.day 2026-11-21T08:00:00.000Z',
    );
  });
});

describe('a place that is held', () => {
  const offer = (heldAt: string, lapsesAt: string, more: Partial<ReminderSubject> = {}) =>
    workshop('2026-01-01T00:00:00Z', {
      type: 'offer',
      time: { heldAt: new Date(heldAt), lapsesAt: new Date(lapsesAt) },
      people: [{ userId: 'ines', why: 'waitlisted' }],
      ...more,
    });

  it.each([
    ['a week', '2026-10-20T09:00:00Z', ['workshop.offer 2026-10-19T09:00:00.000Z']],
    ['a day and a half: half-way', '2026-10-14T21:00:00Z', ['workshop.offer 2026-10-14T03:00:00.000Z']],
    ['four hours', '2026-10-13T13:00:00Z', ['workshop.offer 2026-10-13T11:00:00.000Z']],
    ['less', '2026-10-13T12:59:00Z', []],
  ])('given it is for %s, then one reminder before it lapses, or none', (_, lapsesAt, expected) => {
    expect(times(offer('2026-10-13T09:00:00Z', lapsesAt))).toEqual(expected);
  });

  it('given that falls into the night, then it waits for the morning, but not for the end of the offer', () => {
    expect(times(offer('2026-10-13T09:00:00Z', '2026-10-14T21:00:00Z'), sleeper)).toEqual([
      'workshop.offer 2026-10-14T06:00:00.000Z',
    ]);
    expect(times(offer('2026-10-13T18:00:00Z', '2026-10-14T04:00:00Z'), sleeper)).toEqual([
      'workshop.offer 2026-10-13T23:00:00.000Z',
    ]);
    const [only] = planReminders(offer('2026-10-13T09:00:00Z', '2026-10-20T09:00:00Z'), new Map([['ines', awake]]));
    expect(only!.until).toEqual(new Date('2026-10-20T09:00:00Z'));
  });

  it('given it was answered, then what was planned is dropped, since they left the line', () => {
    const held = offer('2026-10-13T09:00:00Z', '2026-10-20T09:00:00Z');
    const rows = written(held, [], new Map([['ines', awake]]));
    const answered = { ...held, revision: 2, people: [] };
    expect(compare(answered, planReminders(answered, new Map()), rows, now).drop).toEqual([
      { id: rows[0]!.id, because: 'left' },
    ]);
  });
});

describe('both nights on which Paris turns its clocks', () => {
  it('autumn: 7 days before keeps the hour on the wall, hours before are exact, mornings are at 09:00', () => {
    expect(times(workshop('2026-10-25T09:00:00Z'))).toEqual([
      'workshop.7d 2026-10-18T08:00:00.000Z', // 10:00 in Paris, as on the day
      'workshop.24h 2026-10-24T09:00:00.000Z',
      'workshop.1h 2026-10-25T08:00:00.000Z',
      'workshop.10min 2026-10-25T08:50:00.000Z',
    ]);
    expect(times(milestone('2026-10-26'))).toEqual([
      'milestone.14d 2026-10-12T07:00:00.000Z',
      'milestone.3d 2026-10-23T07:00:00.000Z',
      'milestone.day 2026-10-26T08:00:00.000Z',
    ]);
  });

  it('spring: the same', () => {
    expect(times(workshop('2027-03-28T08:00:00Z'))).toEqual([
      'workshop.7d 2027-03-21T09:00:00.000Z', // 10:00 in Paris, as on the day
      'workshop.24h 2027-03-27T08:00:00.000Z',
      'workshop.1h 2027-03-28T07:00:00.000Z',
      'workshop.10min 2027-03-28T07:50:00.000Z',
    ]);
    expect(times(milestone('2027-03-29'))).toEqual([
      'milestone.14d 2027-03-15T08:00:00.000Z',
      'milestone.3d 2027-03-26T08:00:00.000Z',
      'milestone.day 2027-03-29T07:00:00.000Z',
    ]);
  });

  it('a workshop at a time that the spring night skips seven days later is reminded at the moved hour', () => {
    // 02:30 on 4 April minus 7 days is 02:30 on 28 March, which does not exist: 03:30 (RFC 5545, section 3.3.5).
    expect(times(workshop('2027-04-04T00:30:00Z'))[0]).toBe('workshop.7d 2027-03-28T01:30:00.000Z');
  });
});

describe('quiet hours', () => {
  it('given a workshop in the evening, then days and a day before wait for the morning, the hour does not', () => {
    expect(times(workshop('2026-10-15T19:00:00Z'), sleeper)).toEqual([
      'workshop.7d 2026-10-09T06:00:00.000Z',
      'workshop.24h 2026-10-15T06:00:00.000Z',
      'workshop.1h 2026-10-15T18:00:00.000Z',
      'workshop.10min 2026-10-15T18:50:00.000Z',
    ]);
  });

  it('given "do not disturb" at its time, then it goes at the end of that; the one that cannot wait goes', () => {
    const busy = { ...awake, quietUntil: new Date('2026-10-15T12:00:00Z') };
    expect(times(session('2026-10-15T12:30:00Z'), busy)).toEqual([
      'session.24h 2026-10-14T12:30:00.000Z',
      'session.1h 2026-10-15T11:30:00.000Z',
    ]);
    expect(times(session('2026-10-15T14:00:00Z'), busy)[0]).toBe('session.24h 2026-10-15T12:00:00.000Z');
  });

  it('given quiet hours that reach past the next reminder, then it goes at its own time', () => {
    const nearlyAlways = { ...awake, quietHours: { start: '14:00', end: '13:30' } };
    expect(times(session('2026-10-15T12:30:00Z'), nearlyAlways)[0]).toBe('session.24h 2026-10-14T12:30:00.000Z');
  });

  const held = (subject: ReminderSubject, recipient: Recipient) =>
    planReminders(subject, new Map([['ines', recipient]])).map((one) => one.held);

  it.each([
    ['the night', sleeper, 'night'],
    ['the weekend, on an evening before it', { ...sleeper, quietWeekend: true }, 'weekend'],
    ['“do not disturb”', { ...awake, quietUntil: new Date('2026-10-17T10:00:00Z') }, 'dnd'],
  ] as const)('given %s holds it, then it says so and since when; what goes at its time says nothing', (_, who, by) => {
    // A Saturday evening session: the day before is Friday, 22:00 in Paris.
    const from = new Date('2026-10-16T20:00:00Z');
    expect(held(session('2026-10-19T20:00:00Z'), awake)).toEqual([null, null]);
    const friday = session('2026-10-17T20:00:00Z');
    const of = by === 'weekend' ? workshop('2026-10-23T20:00:00Z') : friday;
    expect(held(of, who)[0]).toEqual({ by, from });
  });

  it('given what is due on a Sunday, then it is said on the day, not the day after; what is late is', () => {
    const action = milestone('2026-10-18', { type: 'action', people: [{ userId: 'ines', why: 'owner' }] });
    expect(times(action, { ...sleeper, quietWeekend: true })).toEqual([
      'action.2d 2026-10-16T07:00:00.000Z',
      'action.day 2026-10-18T07:00:00.000Z',
      'action.overdue 2026-10-19T07:00:00.000Z',
    ]);
  });

  it('given a session on Monday morning, then the day before is told on Sunday, not with the hour before; by noon it waits', () => {
    const weekends = { ...sleeper, quietWeekend: true };
    expect(times(session('2026-10-19T08:00:00Z'), weekends)[0]).toBe('session.24h 2026-10-18T08:00:00.000Z');
    expect(times(session('2026-10-19T10:00:00Z'), weekends)[0]).toBe('session.24h 2026-10-19T06:00:00.000Z');
  });

  it('given the weekend is too long to wait for, then it is the night that holds it', () => {
    const saturday = session('2026-10-17T20:00:00Z');
    expect(held(saturday, { ...sleeper, quietWeekend: true })[0]).toMatchObject({ by: 'night' });
  });

  it('given only what holds a reminder becomes another, then its row says the new one', () => {
    const subject = session('2026-10-15T19:00:00Z');
    const rows = written(subject, [], new Map([['ines', sleeper]]));
    const untilThen = { ...sleeper, quietUntil: new Date('2026-10-15T06:00:00Z') };
    const change = compare(subject, planReminders(subject, new Map([['ines', untilThen]])), rows, now);
    expect(change.move.map(({ to }) => to.held?.by)).toEqual(['dnd']);
  });
});

const now = new Date('2026-10-13T09:45:00Z');

/** What the rows would be after the changes were written. */
function written(
  subject: ReminderSubject,
  existing: ExistingReminder[],
  recipients: Map<string, Recipient>,
  at = now,
): ExistingReminder[] {
  const change = compare(subject, planReminders(subject, recipients), existing, at);
  const rows = existing.map((row): ExistingReminder => {
    const to = [...change.move, ...change.revive].find(({ id }) => id === row.id)?.to;
    if (to)
      return {
        ...row,
        state: 'planned',
        dueAt: to.dueAt,
        held: to.held,
        until: to.until,
        channels: to.channels,
        why: to.why,
        ...{ title: subject.title, titleKey: subject.titleKey },
      };
    return change.drop.some(({ id }) => id === row.id) ? { ...row, state: 'dropped' } : row;
  });
  const made = change.insert.map((want): ExistingReminder => ({
    ...want,
    id: `${want.userId}-${want.kind}-${subject.revision}`,
    revision: subject.revision,
    state: 'planned',
    ...{ title: subject.title, titleKey: subject.titleKey },
    attempts: 0,
  }));
  return [...rows, ...made];
}

describe('comparing with what is there', () => {
  const recipients = new Map([
    ['ines', awake],
    ['tomasz', awake],
  ]);

  it('given the same again, then nothing', () => {
    const subject = workshop('2026-10-25T12:00:00Z');
    const rows = written(subject, [], recipients);
    expect(rows).toHaveLength(4);
    expect(compare(subject, planReminders(subject, recipients), rows, now)).toEqual({
      insert: [],
      move: [],
      revive: [],
      drop: [],
    });
  });

  it('given one that is tried again in a minute, then planning leaves it its minute; one that moves to come is moved', () => {
    const subject = session('2026-10-14T09:30:00Z');
    const [dayBefore, hourBefore] = written(subject, [], recipients, new Date('2026-10-13T09:00:00Z')) as [
      ExistingReminder,
      ExistingReminder,
    ];
    const again = { ...dayBefore, attempts: 1, dueAt: new Date('2026-10-13T09:46:00Z') };
    const plan = (rows: ExistingReminder[]) => compare(subject, planReminders(subject, recipients), rows, now).move;
    expect(plan([again, hourBefore])).toEqual([]);
    expect(plan([again, { ...hourBefore, attempts: 1, dueAt: again.dueAt }])).toHaveLength(1);
  });

  it('given who comes in person after all, then the last one is dropped, since it has no link to say, and it revives with the link', () => {
    const subject = workshop('2026-10-15T12:00:00Z');
    const rows = written(subject, [], recipients);
    const inPerson = { ...subject, people: [{ userId: 'ines', why: 'registered', byLink: false }] };
    const change = compare(inPerson, planReminders(inPerson, recipients), rows, now);
    const last = rows.find(({ kind }) => kind === 'workshop.10min')!;
    expect(change.drop).toEqual([{ id: last.id, because: 'empty' }]);
    const dropped = rows.map((row) => (row === last ? { ...row, state: 'dropped' as const } : row));
    const back = compare(subject, planReminders(subject, recipients), dropped, now);
    expect(back.revive.map(({ id }) => id)).toEqual([last.id]);
  });

  it('given who joins late, then nothing at a time that is past', () => {
    const kinds = written(workshop('2026-10-15T12:00:00Z'), [], recipients).map((row) => row.kind);
    expect(kinds).toEqual(['workshop.24h', 'workshop.1h', 'workshop.10min']);
  });

  it('given it moves, then the old ones are dropped because it moved, and new ones are made', () => {
    const before = written(session('2026-10-20T12:00:00Z'), [], recipients);
    const moved = session('2026-10-21T12:00:00Z', { revision: 2 });
    const change = compare(moved, planReminders(moved, recipients), before, now);
    expect(change.drop).toEqual(before.map(({ id }) => ({ id, because: 'moved' })));
    expect(change.insert).toHaveLength(2);
  });

  it('given somebody leaves and comes back, then theirs are dropped and revived, and nobody else notices', () => {
    const people = [
      { userId: 'ines', why: 'registered', byLink: true },
      { userId: 'tomasz', why: 'registered', byLink: true },
    ];
    const both = written(workshop('2026-10-25T12:00:00Z', { people }), [], recipients);
    const alone = workshop('2026-10-25T12:00:00Z');
    const gone = compare(alone, planReminders(alone, recipients), both, now);
    expect(new Set(gone.drop.map(({ because }) => because))).toEqual(new Set(['left']));
    expect(gone.drop).toHaveLength(4);
    const after = written(alone, both, recipients);
    expect(written(workshop('2026-10-25T12:00:00Z', { people }), after, recipients)).toEqual(both);
  });

  it('given it is cancelled, then dropped because of that; what was sent stays as it is', () => {
    const rows = written(session('2026-10-20T12:00:00Z'), [], recipients);
    const [first, second] = rows;
    const cancelled = session('2026-10-20T12:00:00Z', { isLive: false });
    const change = compare(
      cancelled,
      planReminders(cancelled, recipients),
      [{ ...first!, state: 'sent' }, second!],
      now,
    );
    expect(change.drop).toEqual([{ id: second!.id, because: 'cancelled' }]);
  });

  it('given all channels switched off, then dropped because of that', () => {
    const subject = session('2026-10-20T12:00:00Z');
    const rows = written(subject, [], recipients);
    const deaf = new Map([['ines', { ...awake, channels: [] }]]);
    expect(compare(subject, planReminders(subject, deaf), rows, now).drop.map(({ because }) => because)).toEqual([
      'muted',
      'muted',
    ]);
  });

  it.each([
    ['as planned', {}, 1, now, null],
    ['cancelled', { isLive: false }, 1, now, 'cancelled'],
    ['moved', {}, 2, now, 'moved'],
    ['left', { people: [] }, 1, now, 'left'],
    ['too late', {}, 1, new Date('2026-10-20T11:00:00Z'), 'late'],
  ] as const)('a row is stale when its subject is %s', (_, more, revision, at, expected) => {
    const subject = session('2026-10-20T12:00:00Z', more as never);
    const row = { userId: 'ines', revision, until: new Date('2026-10-20T11:00:00Z') };
    expect(staleness(subject, row, at)).toBe(expected);
  });
});

describe('properties', () => {
  const minutes = (from: number, to: number) =>
    fc.integer({ min: from, max: to }).map((n) => new Date(now.getTime() + n * 300_000));
  const wall = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30'))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
  const recipient = fc.record({
    timeZone: fc.constantFrom('Europe/Paris', 'America/Cayenne', 'Pacific/Auckland', 'Asia/Kolkata'),
    quietHours: fc.option(fc.record({ start: wall, end: wall })),
    channels: fc.constantFrom<Recipient['channels'][]>(['inbox'], ['inbox', 'mail'], []),
  });
  const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  const state = fc.record({
    startsAt: minutes(-2000, 60_000),
    people,
    isLive: fc.boolean(),
    type: fc.constantFrom('workshop', 'session'),
  });

  it('whatever happens to a subject, planned reminders belong to its last state, each once, and planning again adds nothing', () => {
    fc.assert(
      fc.property(
        fc.array(state, { minLength: 1, maxLength: 6 }),
        fc.record({ a: recipient, b: recipient, c: recipient, d: recipient }),
        (states, who) => {
          const recipients = new Map(Object.entries(who));
          let rows: ExistingReminder[] = [];
          let last: ReminderSubject | undefined;
          states.forEach((one, index) => {
            const type = states[0]!.type;
            last = workshop(one.startsAt.toISOString(), {
              ...one,
              type,
              revision: index + 1,
              people: one.people.map((userId) => ({ userId, why: 'registered', byLink: true })),
            });
            rows = written(last, rows, recipients);
          });
          const planned = rows.filter((row) => row.state === 'planned');
          const wanted = planReminders(last!, recipients);
          expect(new Set(planned.map((row) => row.id)).size).toBe(planned.length);
          for (const row of planned) {
            expect(row.revision).toBe(states.length);
            expect(row.dueAt > now).toBe(true);
            expect(row.dueAt < row.until).toBe(true);
            expect(
              wanted.some((want) => want.userId === row.userId && want.kind === row.kind && +want.dueAt === +row.dueAt),
            ).toBe(true);
          }
          expect(compare(last!, wanted, rows, now)).toEqual({ insert: [], move: [], revive: [], drop: [] });
        },
      ),
      { numRuns: 300 },
    );
  });
});
