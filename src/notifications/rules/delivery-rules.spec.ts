import fc from 'fast-check';
import { NotificationKind, PreferenceKind, type Preferences } from '../../contracts/notifications/notifications.js';
import {
  type Addressee,
  type Leaving,
  countsForBudget,
  goesWithDigest,
  isGathering,
  mailDueAt,
  planMail,
  pushDueAt,
  stepOf,
  strengthOf,
} from './delivery-rules.js';
import { DEFAULT_PREFERENCES, bringsAnEntry, channelsFor, groupOf, mailCanWait } from './preferences.js';
import { afterQuiet } from './quiet.js';

const NOW = new Date('2026-10-13T09:45:00.000Z'); // Tuesday, 11:45 in Paris
const NIGHT = { start: '20:00', end: '08:00' };
const at = (iso: string) => new Date(iso);
const WEEKS_AFTER = { startsAt: '2026-11-10T09:00:00Z' };
const DAYS_BEFORE = { startsAt: '2026-10-09T09:00:00Z' };
const DIGEST = { every: 'day', at: '08:30', weekday: 1, kinds: ['forum', 'chat'], without: [] } as const;

const preferencesWith = (change: Partial<Preferences>): Preferences => ({ ...DEFAULT_PREFERENCES, ...change });
const withDigest = preferencesWith({ digest: { ...DIGEST, kinds: [...DIGEST.kinds], without: [] } });
const offFor = (group: 'forum' | 'chat' | 'sessions') =>
  preferencesWith({ kinds: { ...DEFAULT_PREFERENCES.kinds, [group]: { inbox: true, mail: false } } });

const person = (change: Partial<Addressee> = {}): Addressee => ({
  timeZone: 'Europe/Paris',
  quietHours: NIGHT,
  quietWeekend: true,
  quietUntil: null,
  preferences: DEFAULT_PREFERENCES,
  ...change,
});

describe('when the mail of a notice leaves', () => {
  it.each([
    ['nothing is quiet', 'topic.replied', null, {}, '2026-10-13T09:45:00Z'],
    ['quiet until an instant', 'topic.replied', '2026-10-13T11:00:00Z', {}, '2026-10-13T11:00:00Z'],
    ['quiet that ended', 'topic.replied', '2026-10-13T09:45:00Z', {}, '2026-10-13T09:45:00Z'],
    ['quiet that ends at night', 'topic.replied', '2026-10-13T20:00:00Z', {}, '2026-10-14T06:00:00Z'],
    ['quiet that ends on Saturday', 'topic.replied', '2026-10-17T10:00:00Z', {}, '2026-10-19T06:00:00Z'],
    ['chat, quiet beyond its two hours', 'chat.direct', '2026-10-13T13:00:00Z', {}, '2026-10-13T13:00:00Z'],
    ['chat, quiet within its two hours', 'chat.direct', '2026-10-13T10:00:00Z', {}, '2026-10-13T11:45:00Z'],
    ['what must reach people', 'session.cancelled', '2026-10-13T13:00:00Z', {}, '2026-10-13T09:45:00Z'],
    ['what is said at once', 'session.booked', '2026-10-13T13:00:00Z', {}, '2026-10-13T09:45:00Z'],
    [
      'what would have begun by then',
      'workshop.reminder',
      '2026-10-13T13:00:00Z',
      { startsAt: '2026-10-13T12:00:00Z' },
      '2026-10-13T09:45:00Z',
    ],
    [
      'what begins after it',
      'workshop.reminder',
      '2026-10-13T13:00:00Z',
      { startsAt: '2026-10-13T13:00:01Z' },
      '2026-10-13T13:00:00Z',
    ],
  ] as const)('given %s (%s), then at its time', (_, kind, until, params, due) => {
    expect(mailDueAt({ kind, params }, NOW, person({ quietUntil: until && at(until) }))).toEqual(at(due));
  });

  it.each([
    ['is too late by then', '2026-10-13T12:00:00Z', {}, '2026-10-13T09:45:00Z'],
    ['is in time by then', '2026-10-13T13:00:01Z', {}, '2026-10-13T13:00:00Z'],
    [
      'is too late by then, before what it is about begins',
      '2026-10-13T12:00:00Z',
      WEEKS_AFTER,
      '2026-10-13T09:45:00Z',
    ],
    ['comes after what it is about', '2026-10-20T12:00:00Z', DAYS_BEFORE, '2026-10-13T13:00:00Z'],
  ])('given quiet and what %s, then it leaves as its own end says, also to a device', (_, until, params, due) => {
    const notice = { kind: 'phase.reminder' as const, params, until: at(until) };
    const quiet = person({ quietUntil: at('2026-10-13T13:00:00Z') });
    expect([mailDueAt(notice, NOW, quiet), pushDueAt(notice, NOW, quiet)]).toEqual([at(due), at(due)]);
  });

  it.each(NotificationKind.options.filter(bringsAnEntry))(
    'given %s, whose mail updates a calendar entry, then neither a quiet weekend nor a digest nor the day holds the mail',
    (kind) => {
      const friday = at('2026-10-16T19:00:00Z'); // 21:00 in Paris, quiet until Monday
      const everything = preferencesWith({ digest: { ...DIGEST, kinds: [...PreferenceKind.options], without: [] } });
      const who = person({ preferences: everything });
      const asked = { channels: ['inbox', 'mail'], byMail: true } as const;
      expect(planMail({ kind, params: WEEKS_AFTER }, asked, who, friday)).toEqual({
        ...{ state: 'waiting', dueAt: friday, rule: null },
      });
      const leaving = { isGone: false, isRead: true, isOverBudget: true, digestAt: at('2026-10-19T06:30:00Z') };
      expect(stepOf({ kind, params: WEEKS_AFTER }, leaving, who, friday)).toEqual({ to: 'send' });
    },
  );

  it('given a workshop that moves at night, then its mail leaves and the device stays silent until the morning', () => {
    const [notice, night] = [{ kind: 'workshop.moved' as const, params: WEEKS_AFTER }, at('2026-10-13T21:00:00Z')];
    expect(mailDueAt(notice, night, person())).toEqual(night);
    expect(pushDueAt(notice, night, person())).toEqual(at('2026-10-14T06:00:00Z'));
  });

  it('given one that cannot wait among those that can, then now, also to a device', () => {
    const [notice, quiet] = [
      { kind: 'session.reminder' as const, params: {} },
      person({ quietUntil: at('2026-10-13T13:00:00Z') }),
    ];
    expect(pushDueAt(notice, NOW, quiet)).toEqual(at('2026-10-13T13:00:00Z'));
    expect(pushDueAt({ ...notice, urgent: true }, NOW, quiet)).toEqual(NOW);
  });
});

describe('the mail of a notice as it is told', () => {
  const asked = { channels: ['inbox', 'mail'], byMail: true } as const;
  const told = (kind: NotificationKind, preferences = DEFAULT_PREFERENCES, quietUntil: Date | null = null) =>
    planMail({ kind, params: {} }, asked, person({ preferences, quietUntil }), NOW);

  it.each([
    ['another door mails it', { channels: ['inbox', 'mail'], byMail: false }, { state: 'none', rule: null }],
    ['its reader wants no such mails', { channels: ['inbox'], byMail: true }, { state: 'none', rule: 'preference' }],
  ] as const)('given %s, then none', (_, how, plan) => {
    expect(planMail({ kind: 'topic.replied', params: {} }, how, person({ preferences: withDigest }), NOW)).toEqual(
      plan,
    );
  });

  it('given nothing keeps it, then it waits for its time only, and no rule is named', () => {
    expect(told('topic.replied')).toEqual({ state: 'waiting', dueAt: NOW, rule: null });
    expect(told('chat.direct')).toEqual({ state: 'waiting', dueAt: at('2026-10-13T11:45:00Z'), rule: null });
  });

  it('given quiet, then the rule is named that keeps it', () => {
    const until = at('2026-10-13T12:00:00Z');
    expect(told('topic.replied', DEFAULT_PREFERENCES, until)).toEqual({
      state: 'waiting',
      dueAt: until,
      rule: 'quiet',
    });
  });

  it('given a digest for its group, then what need not be known today goes with it, and the rest by itself', () => {
    expect(told('topic.replied', withDigest)).toEqual({ state: 'digest', rule: 'digest' });
    expect(told('workshop.materials', withDigest).state).toBe('waiting');
    expect(told('session.cancelled', withDigest).state).toBe('waiting');
  });
});

describe('what goes with a digest', () => {
  const everything = preferencesWith({
    digest: { ...DIGEST, kinds: [...PreferenceKind.options], without: [] },
  });
  const CALM = [
    'workshop.materials',
    'wish.planned',
    'cycle.note',
    'topic.opened',
    'topic.replied',
    'commons.replied',
    'topic.answered',
    'topic.thanked',
    'forum.mentioned',
    'chat.mentioned',
    'chat.direct',
    'chat.watched',
    'channel.added',
  ];

  it.each(NotificationKind.options)(
    'given a digest of all groups, then %s goes with it only where it is no hurry',
    (kind) => {
      expect(goesWithDigest({ kind }, everything)).toBe(CALM.includes(kind));
      expect(goesWithDigest({ kind }, DEFAULT_PREFERENCES)).toBe(false);
      expect(goesWithDigest({ kind }, { ...everything, digest: { ...DIGEST, kinds: [], without: [] } })).toBe(false);
    },
  );
});

describe('a mail that is about to leave', () => {
  const FINE: Leaving = { isGone: false, isRead: false, isOverBudget: false, digestAt: at('2026-10-14T06:30:00Z') };
  const step = (kind: NotificationKind, leaving: Partial<Leaving> = {}, change: Partial<Addressee> = {}, params = {}) =>
    stepOf({ kind, params }, { ...FINE, ...leaving }, person(change), NOW);
  const quietUntil = at('2026-10-13T12:00:00Z');

  it.each([
    ['nothing keeps it', {}, {}, { to: 'send' }],
    [
      'its reader may not see it',
      { isGone: true, isRead: true },
      { preferences: offFor('forum') },
      { to: 'drop', rule: 'gone' },
    ],
    ['no such mails any more', { isRead: true }, { preferences: offFor('forum') }, { to: 'drop', rule: 'preference' }],
    ['it was read', { isRead: true }, { quietUntil }, { to: 'drop', rule: 'read' }],
    ['quiet began', {}, { quietUntil, preferences: withDigest }, { to: 'wait', until: quietUntil, rule: 'quiet' }],
    ['a digest was chosen', { isOverBudget: true }, { preferences: withDigest }, { to: 'digest', rule: 'digest' }],
    ['the mails of the day are used up', { isOverBudget: true }, {}, { to: 'digest', rule: 'budget' }],
  ] as const)('given %s, then the first rule that holds decides', (_, leaving, change, expected) => {
    expect(step('topic.replied', leaving, change)).toEqual(expected);
  });

  it('given it brings a calendar entry, then it leaves though it was read', () => {
    expect(step('workshop.moved', { isRead: true })).toEqual({ to: 'send' });
    expect(step('workshop.reminder', { isRead: true })).toEqual({ to: 'drop', rule: 'read' });
  });

  it('given what cannot wait, then neither reading nor quiet nor the mails of the day keep it', () => {
    for (const kind of ['session.cancelled', 'session.booked', 'account.security'] as const) {
      expect(step(kind, { isRead: true, isOverBudget: true }, { quietUntil })).toEqual({ to: 'send' });
    }
  });

  it('given it would begin before the next digest, then it leaves though the mails of the day are used up', () => {
    const begins = (startsAt: string) => step('session.reminder', { isOverBudget: true }, {}, { startsAt });
    expect(begins('2026-10-14T06:30:00Z')).toEqual({ to: 'send' });
    expect(begins('2026-10-14T06:30:01Z')).toEqual({ to: 'digest', rule: 'budget' });
  });

  it('given a group whose mails are off, then what is mandatory leaves all the same', () => {
    expect(step('session.cancelled', {}, { preferences: offFor('sessions') })).toEqual({ to: 'send' });
    expect(step('session.reminder', {}, { preferences: offFor('sessions') })).toEqual({
      to: 'drop',
      rule: 'preference',
    });
  });
});

describe('the rules, whatever the notice and the person', () => {
  const kinds = fc.constantFrom(...NotificationKind.options);
  const instants = fc.date({ min: at('2026-09-01'), max: at('2027-07-01'), noInvalidDate: true });
  const people = fc
    .record({
      timeZone: fc.constantFrom('Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Noumea'),
      quietWeekend: fc.boolean(),
      quietUntil: fc.option(instants),
      mail: fc.boolean(),
      digest: fc.option(fc.subarray([...PreferenceKind.options])),
    })
    .map(({ mail, digest, ...quiet }) =>
      person({
        ...quiet,
        preferences: preferencesWith({
          kinds: Object.fromEntries(
            PreferenceKind.options.map((group) => [group, { inbox: true, mail }]),
          ) as Preferences['kinds'],
          digest: digest && { ...DIGEST, kinds: digest, without: [] },
        }),
      }),
    );
  const leavings = fc.record({
    isGone: fc.boolean(),
    isRead: fc.boolean(),
    isOverBudget: fc.boolean(),
    digestAt: instants,
  });

  it('then nothing that can wait leaves within the quiet, and nothing leaves that its reader may not see', () => {
    fc.assert(
      fc.property(kinds, leavings, people, instants, (kind, leaving, who, now) => {
        const step = stepOf({ kind, params: {} }, leaving, who, now);
        if (step.to !== 'send') return;
        expect(leaving.isGone).toBe(false);
        expect(channelsFor(kind, who.preferences)).toContain('mail');
        if (!mailCanWait(kind)) return;
        expect(afterQuiet(now, who)).toEqual(now);
        expect(leaving.isOverBudget).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('then what must reach people leaves now, if they may see it', () => {
    fc.assert(
      fc.property(kinds, leavings, people, instants, (kind, leaving, who, now) => {
        fc.pre(!mailCanWait(kind) && (groupOf(kind) === null || channelsFor(kind, who.preferences).includes('mail')));
        const step = stepOf({ kind, params: {} }, leaving, who, now);
        expect(step).toEqual(leaving.isGone ? { to: 'drop', rule: 'gone' } : { to: 'send' });
        expect(countsForBudget(kind)).toBe(false);
      }),
    );
  });

  it('then a mail that waits is not due before now, and waits for nothing once it is due', () => {
    fc.assert(
      fc.property(kinds, people, instants, (kind, who, now) => {
        const notice = { kind, params: {} };
        const plan = planMail(notice, { channels: channelsFor(kind, who.preferences), byMail: true }, who, now);
        if (plan.state !== 'waiting') return;
        expect(plan.dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
        const later = stepOf(
          notice,
          { isGone: false, isRead: false, isOverBudget: false, digestAt: now },
          who,
          plan.dueAt,
        );
        expect(later.to).toBe('send');
      }),
      { numRuns: 500 },
    );
  });
});

describe('of several reasons in one act', () => {
  it('then being named beats what is one’s own, which beats watching, which beats belonging', () => {
    const order = [
      'member',
      'craft',
      'watching',
      'registered',
      'author',
      'asked',
      'participant',
      'mentioned',
      'security',
    ];
    const strengths = order.map((why) => strengthOf(why));
    expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    expect(new Set(strengths).size).toBe(order.length);
  });

  it('then a reason that nobody ordered stands between watching and one’s own', () => {
    expect(strengthOf('something new')).toBe(strengthOf('registered'));
    expect(strengthOf('something new')).toBeGreaterThan(strengthOf('watching', 5000));
    expect(strengthOf('something new')).toBeLessThan(strengthOf('author'));
  });

  it('then what gathers more is stronger for the same reason, and never for a weaker one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 10_000_000 }), fc.nat(10_000_000), (some, more) => {
        const [less, most] = [Math.min(some, more), Math.max(some, more)];
        expect(strengthOf('watching', most)).toBeGreaterThanOrEqual(strengthOf('watching', less));
        expect(strengthOf('watching', most)).toBeLessThan(strengthOf('author', less));
      }),
    );
    expect(strengthOf('watching', 2) - strengthOf('watching', 1)).toBe(1);
    expect(strengthOf('watching', -1)).toBe(strengthOf('watching'));
    expect(strengthOf('watching', 5_000_000)).toBe(strengthOf('watching', 999_999));
  });

  it('then what has gathered something is known by it, whatever its reason', () => {
    expect(['watching', 'author', 'new'].map((why) => isGathering(strengthOf(why, 1)))).toEqual([true, true, true]);
    expect(['watching', 'author', 'new'].map((why) => isGathering(strengthOf(why)))).toEqual([false, false, false]);
  });
});
