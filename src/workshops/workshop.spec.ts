import { Types } from 'mongoose';
import type { Problem } from '../common/problem.js';
import {
  edited,
  moveToldAt,
  mustBeCancellable,
  mustBePlannable,
  mustBePublishable,
  published,
  stateOf,
} from './workshop.js';
import type { WorkshopRow } from './workshop.schema.js';
import { abilities, isWorkshopHost, maySee } from './workshops.policy.js';

const NOW = new Date('2026-10-13T09:45:00Z');
const at = (text: string) => new Date(`2026-10-${text}:00Z`);
const host = new Types.ObjectId();

const workshop = (more: Partial<WorkshopRow> = {}) =>
  ({
    title: 'Plain words',
    description: '',
    kind: 'workshop',
    tags: [],
    startsAt: at('15T08:00'),
    endsAt: at('15T10:00'),
    timeZone: 'Europe/Paris',
    place: 'Room Écrins',
    link: null,
    capacity: 20,
    onlineCapacity: null,
    offerMinutes: null,
    opensAt: null,
    closesAt: null,
    requires: null,
    hosts: [host],
    materials: [],
    status: 'published',
    revision: 4,
    ...more,
  }) as WorkshopRow;

const running = { startsAt: at('13T09:00'), endsAt: at('13T10:00') };
const past = { startsAt: at('12T08:00'), endsAt: at('13T09:45') };
const longPast = { startsAt: at('11T08:00'), endsAt: at('11T09:45') };

function problemOf(act: () => unknown): { code: string; errors: unknown } | null {
  try {
    act();
    return null;
  } catch (error) {
    const { code, more } = error as Problem;
    return { code, errors: more.errors };
  }
}

describe('the life of a workshop', () => {
  it.each([
    ['a draft', { status: 'draft' as const }, 'draft'],
    ['one to come', {}, 'open'],
    ['one that starts this minute', { startsAt: NOW }, 'started'],
    ['one that runs', running, 'started'],
    ['one that ended this minute', past, 'over'],
    ['a cancelled one', { ...past, status: 'cancelled' as const }, 'cancelled'],
  ])('given %s, then its state is right', (_name, more, state) => {
    expect(stateOf(workshop(more), NOW)).toBe(state);
  });

  it.each([
    ['a day to the minute', at('14T10:00'), at('15T10:00'), null],
    ['a minute more than a day', at('14T10:00'), at('15T10:05'), ['/endsAt', 'too_long']],
    ['no length', at('14T10:00'), at('14T10:00'), ['/endsAt', 'before_start']],
    ['a start now', NOW, at('13T10:00'), ['/startsAt', 'in_past']],
  ])('given %s, then it is plannable or says why not', (_name, startsAt, endsAt, expected) => {
    const problem = problemOf(() => mustBePlannable({ startsAt, endsAt }, NOW));
    if (!expected) expect(problem).toBeNull();
    else expect(problem?.errors).toEqual([expect.objectContaining({ field: expected[0], code: expected[1] })]);
  });

  it.each([
    ['a draft to come', { status: 'draft' as const }, null, 'not_published'],
    ['a draft of yesterday', { status: 'draft' as const, ...past }, 'started', 'not_published'],
    ['a published one', {}, 'already_published', null],
    ['a running one', running, 'already_published', null],
    ['a past one', past, 'already_published', 'over'],
    ['a cancelled one', { status: 'cancelled' as const }, 'cancelled', 'cancelled'],
  ])('given %s, then publishing and cancelling are allowed or refused', (_name, more, publish, cancel) => {
    expect(problemOf(() => mustBePublishable(workshop(more), NOW))?.code ?? null).toBe(publish);
    expect(problemOf(() => mustBeCancellable(workshop(more), NOW))?.code ?? null).toBe(cancel);
  });

  it('given a draft that was moved, then publishing it keeps which revision others see first', () => {
    expect(published(workshop({ status: 'draft', revision: 3 }))).toEqual({
      status: 'published',
      publishedRevision: 3,
    });
  });
});

describe('when the letters of a move leave', () => {
  it.each([
    ['it never moved', null, '13T10:00'],
    ['those of the last one left long ago', '13T09:56', '13T10:00'],
    ['those of the last one left two minutes ago', '13T09:58', '13T10:01'],
    ['those of the last one left just now', '13T10:00', '13T10:03'],
    ['those of the last one wait for one minute more', '13T10:01', '13T10:01'],
    ['those of the last one are said to leave tomorrow, by another clock', '14T10:00', '13T10:00'],
  ])('given %s, then within three minutes and no letters nearer than that', (_name, before, then) => {
    expect(moveToldAt(before === null ? null : at(before), at('13T10:00'))).toEqual(at(then));
  });
});

describe('editing', () => {
  it.each([
    ['nothing', {}, [], 4],
    ['what it is already', { title: 'Plain words', hosts: [new Types.ObjectId(host)] }, [], 4],
    ['words', { title: 'Plainer words', tags: ['rgaa'] }, ['text'], 4],
    ['places', { capacity: 3 }, ['capacity'], 4],
    ['hosts', { hosts: [] }, ['hosts'], 4],
    ['the room', { place: null }, ['place'], 5],
    ['the link', { link: 'https://meet.example' }, ['place'], 5],
    ['the start', { startsAt: at('15T09:00') }, ['time'], 5],
    ['the zone', { timeZone: 'America/Cayenne' }, ['time'], 5],
  ])(
    'given %s, then it knows what changed, and the revision rises for time and place only',
    (_name, edit, changed, to) => {
      const result = edited(workshop(), edit, NOW, { revision: 4 });
      expect(result.changed).toEqual(changed);
      expect(result.change.revision ?? 4).toBe(to);
      expect(result.change.edition).toBe(changed.length > 0 ? 2 : undefined);
    },
  );

  it('given one that runs, then it may end later, but not before now, nor start anew in the past', () => {
    expect(edited(workshop(running), { endsAt: at('13T11:00') }, NOW).changed).toEqual(['time']);
    expect(problemOf(() => edited(workshop(running), { endsAt: at('13T09:30') }, NOW))?.errors).toEqual([
      { field: '/endsAt', code: 'in_past' },
    ]);
    expect(problemOf(() => edited(workshop(running), { startsAt: at('13T09:05') }, NOW))?.errors).toEqual([
      { field: '/startsAt', code: 'in_past' },
    ]);
  });

  it.each([
    ['a cancelled one', { status: 'cancelled' as const }, { title: 'x' }, 'cancelled'],
    ['a past one', past, { title: 'x' }, 'over'],
    ['another revision', { revision: 5 }, { title: 'x' }, 'stale'],
    ['another edition', { edition: 2 }, { title: 'x' }, 'stale'],
  ])('given %s, then it is refused', (_name, more, edit, code) => {
    expect(problemOf(() => edited(workshop(more), edit, NOW, { revision: 4, edition: 1 }))?.code).toBe(code);
  });
});

describe('who may', () => {
  const actor = (
    role: 'staff' | 'fellow' | 'coach' | 'host' | 'alumni',
    userId = 'someone',
    cohortState = 'running',
  ) => ({
    role,
    userId,
    projectId: null as string | null,
    craft: 'designer',
    cohortState: cohortState as 'running' | 'closed',
  });
  const granted = (...args: Parameters<typeof abilities>) =>
    Object.entries(abilities(...args))
      .filter(([, may]) => may)
      .map(([name]) => name);

  it.each([
    [
      'staff, a draft',
      actor('staff'),
      { status: 'draft' as const },
      null,
      ['edit', 'publish', 'discard', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'its host, a draft',
      actor('fellow', String(host)),
      { status: 'draft' as const },
      null,
      ['edit', 'publish', 'discard', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'the fellow who proposed it',
      actor('fellow', String(host)),
      { status: 'draft' as const, proposed: true },
      null,
      ['edit', 'discard', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'a coach who holds a proposal too',
      actor('coach', String(host)),
      { status: 'draft' as const, proposed: true },
      null,
      ['edit', 'publish', 'discard', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'its host, open',
      actor('fellow', String(host)),
      {},
      null,
      ['edit', 'cancel', 'admit', 'takeAttendance', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'staff, open',
      actor('staff'),
      {},
      null,
      ['edit', 'cancel', 'join', 'admit', 'takeAttendance', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    ['a host of an agency', actor('host'), {}, null, ['join']],
    ['a fellow of a team', { ...actor('fellow'), projectId: 'p' }, {}, null, ['join', 'joinAsTeam', 'duplicate']],
    [
      'a fellow of a team who waits',
      { ...actor('fellow'), projectId: 'p' },
      {},
      'waitlisted' as const,
      ['leave', 'duplicate'],
    ],
    ['a fellow who left', actor('fellow'), {}, 'cancelled' as const, ['join', 'duplicate']],
    ['a fellow who goes', actor('fellow'), {}, 'going' as const, ['leave', 'excuse', 'duplicate']],
    ['a fellow who waits', actor('fellow'), {}, 'waitlisted' as const, ['leave', 'duplicate']],
    ['a fellow for whom a place is held', actor('fellow'), {}, 'offered' as const, ['accept', 'leave', 'duplicate']],
    ['a fellow, too early', actor('fellow'), { opensAt: new Date(NOW.getTime() + 1) }, null, ['duplicate']],
    ['a fellow, too late', actor('fellow'), { closesAt: NOW }, null, ['duplicate']],
    [
      'a fellow, where coaches are asked for',
      actor('fellow'),
      { requires: { roles: ['coach' as const], crafts: [] } },
      null,
      ['duplicate'],
    ],
    [
      'a designer among designers',
      actor('fellow'),
      { requires: { roles: [], crafts: ['designer' as const] } },
      null,
      ['join', 'duplicate'],
    ],
    [
      'a designer among developers',
      actor('fellow'),
      { requires: { roles: [], crafts: ['developer' as const] } },
      null,
      ['duplicate'],
    ],
    [
      'a fellow, while it runs',
      actor('fellow'),
      running,
      'going' as const,
      ['leave', 'checkIn', 'excuse', 'duplicate'],
    ],
    ['a fellow who was there, while it runs', actor('fellow'), running, 'attended' as const, ['duplicate']],
    ['a fellow who is excused', actor('fellow'), {}, 'excused' as const, ['leave', 'excuse', 'duplicate']],
    ['a fellow, after it', actor('fellow'), past, 'going' as const, ['checkIn', 'duplicate']],
    ['a fellow who was there, after it', actor('fellow'), past, 'attended' as const, ['giveFeedback', 'duplicate']],
    ['a fellow, long after it', actor('fellow'), longPast, 'going' as const, ['duplicate']],
    [
      'staff, after it',
      actor('staff'),
      past,
      null,
      ['takeAttendance', 'readFeedback', 'seeRegistrations', 'duplicate', 'setPublicPage'],
    ],
    [
      'staff, a cancelled one',
      actor('staff'),
      { status: 'cancelled' as const },
      null,
      ['seeRegistrations', 'duplicate'],
    ],
    ['staff of a closed cohort', actor('staff', 'x', 'closed'), {}, null, ['seeRegistrations']],
  ])('given %s, then just that', (_name, who, more, mine, expected) => {
    expect(granted(who, workshop(more), mine, NOW)).toEqual(expected);
  });

  it('given a draft, then only staff and its hosts see it', () => {
    const draft = workshop({ status: 'draft' });
    expect(['staff', 'coach', 'fellow', 'host', 'alumni'].map((role) => maySee(actor(role as 'staff'), draft))).toEqual(
      [true, false, false, false, false],
    );
    expect(isWorkshopHost(String(host), draft)).toBe(true);
    expect(maySee(actor('coach', String(host)), draft)).toBe(true);
  });
});
