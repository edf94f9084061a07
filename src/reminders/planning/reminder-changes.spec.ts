import {
  type ExistingReminder,
  type Recipient,
  type ReminderSubject,
  compare,
  planReminders,
} from './reminder-plan.js';

const now = new Date('2026-10-13T09:45:00Z');
const awake: Recipient = { timeZone: 'Europe/Paris', quietHours: null, channels: ['inbox', 'mail'] };
const session: ReminderSubject = {
  ...{ type: 'session', id: 's', cohortId: 'c', revision: 1, title: 'Hanna', titleKey: null, isLive: true },
  time: { startsAt: new Date('2026-10-20T12:00:00Z'), timeZone: 'Europe/Paris' },
  people: [
    { userId: 'ines', why: 'participant' },
    { userId: 'tomasz', why: 'participant' },
  ],
};
const both = new Map([
  ['ines', awake],
  ['tomasz', awake],
]);
const rowsOf = (subject: ReminderSubject, recipients = both): ExistingReminder[] =>
  planReminders(subject, recipients).map((want) => ({
    ...want,
    ...{ id: `${want.userId} ${want.kind}`, revision: subject.revision, state: 'planned', title: subject.title },
    attempts: 0,
    titleKey: subject.titleKey,
  }));
const changeOf = (subject: ReminderSubject, rows: ExistingReminder[], recipients = both, at = now) =>
  compare(subject, planReminders(subject, recipients), rows, at);

describe('what becomes of reminders that are there', () => {
  it('given another title, then all planned ones are to say it', () => {
    const { insert, move, revive, drop } = changeOf({ ...session, title: 'Hanna Weber' }, rowsOf(session));
    expect([insert, move.length, revive, drop]).toEqual([[], 4, [], []]);
  });

  it('given another name of the programme, or none any more, then all planned ones are to say it', () => {
    const named = (titleKey: string | null): ReminderSubject => ({ ...session, title: null, titleKey });
    for (const [before, after] of [
      [named('build'), named(null)],
      [named(null), named('build')],
    ] as const) {
      const { insert, move, revive, drop } = changeOf(after, rowsOf(before));
      expect([insert, move.length, revive, drop]).toEqual([[], 4, [], []]);
    }
  });

  it('given one person on other channels, then theirs alone', () => {
    const recipients = new Map([...both, ['ines', { ...awake, channels: ['inbox' as const] }]]);
    const { move } = changeOf(session, rowsOf(session), recipients);
    expect(move.map(({ id, to }) => [id, to.channels])).toEqual([
      ['ines session.24h', ['inbox']],
      ['ines session.1h', ['inbox']],
    ]);
  });

  it('given who is not known, then nothing is planned for them, and for the others all', () => {
    expect(planReminders(session, new Map([['tomasz', awake]])).map(({ userId }) => userId)).toEqual([
      'tomasz',
      'tomasz',
    ]);
  });

  it('given a dropped one whose time has come, then it is not revived', () => {
    const rows = rowsOf(session).map((row): ExistingReminder => ({ ...row, state: 'dropped' }));
    const dayBefore = new Date('2026-10-19T12:00:00Z');
    expect(changeOf(session, rows, both, dayBefore).revive.map(({ id }) => id)).toEqual([
      'ines session.1h',
      'tomasz session.1h',
    ]);
  });

  it.each(['sending', 'handing', 'sent', 'failed'] as const)(
    'given one that is %s, then it stays as it is',
    (state) => {
      const rows = rowsOf(session).map((row): ExistingReminder => ({ ...row, state }));
      const later = {
        ...session,
        title: 'Another',
        time: { startsAt: new Date('2026-10-21T12:00:00Z'), timeZone: 'UTC' },
      };
      expect(changeOf(later, rows)).toEqual({ insert: [], move: [], revive: [], drop: [] });
    },
  );

  it('given one that was never tried and is due by a new time, then it moves there, and goes', () => {
    const soon = { ...session, time: { startsAt: new Date('2026-10-13T10:00:00Z'), timeZone: 'Europe/Paris' } };
    expect(changeOf(soon, rowsOf(session)).move).toHaveLength(4);
    const tried = rowsOf(session).map((row) => ({ ...row, attempts: 1 }));
    expect(changeOf(soon, tried).move).toEqual([]);
  });

  it('given one of two leaves, then theirs are dropped because of that, and of who stays and wants no mail because of that', () => {
    const alone = { ...session, people: [{ userId: 'ines', why: 'participant' }] };
    const deaf = new Map([['ines', { ...awake, channels: [] }]]);
    expect(changeOf(alone, rowsOf(session), deaf).drop.map(({ id, because }) => [id, because])).toEqual([
      ['ines session.24h', 'muted'],
      ['ines session.1h', 'muted'],
      ['tomasz session.24h', 'left'],
      ['tomasz session.1h', 'left'],
    ]);
  });
});
