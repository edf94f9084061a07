import fc from 'fast-check';
import { DAY, HOUR } from '../../common/times/clock.js';
import { type RequestAct, RequestState } from '../../contracts/mentoring/requests.js';
import { Role } from '../../contracts/roles.js';
import { notAskable } from './askable.js';
import {
  type Acting,
  type Candidate,
  type Standing,
  abilities,
  after,
  expectedBy,
  othersOf,
  partOf,
  successorsOf,
} from './request.js';

const T0 = new Date('2026-10-13T09:00:00Z');
const at = (hours: number) => new Date(T0.getTime() + hours * HOUR);

const asked = (more: Partial<Standing> = {}): Standing => ({
  askerId: 'asker',
  ownerId: 'owner',
  craft: null,
  state: 'open',
  askedAt: T0,
  waitingSince: T0,
  ...more,
});
const ofCraft = (more: Partial<Standing> = {}) => asked({ ownerId: null, craft: 'designer', ...more });

const people: Record<string, Acting> = {
  asker: { userId: 'asker', role: 'fellow', craft: 'designer' },
  owner: { userId: 'owner', role: 'coach', craft: null },
  designer: { userId: 'designer', role: 'fellow', craft: 'designer' },
  fellow: { userId: 'other', role: 'fellow', craft: 'data' },
  staff: { userId: 'staff', role: 'staff', craft: null },
  host: { userId: 'host', role: 'host', craft: 'designer' },
  admin: { userId: 'admin', role: 'admin', craft: 'designer' },
};
const can = (who: string, request: Standing, now = T0) =>
  Object.entries(abilities(people[who]!, request, now))
    .filter(([, allowed]) => allowed)
    .map(([name]) => name);

describe('who has to do with a request', () => {
  it.each([
    ['asker', asked(), 'asker'],
    ['owner', asked(), 'owner'],
    ['staff', asked(), 'staff'],
    ['designer', asked(), null],
    ['fellow', asked(), null],
    ['host', asked(), null],
    ['designer', ofCraft(), 'craft'],
    ['designer', ofCraft({ ownerId: 'owner', state: 'accepted' }), null],
    ['designer', ofCraft({ state: 'withdrawn' }), null],
    ['fellow', ofCraft(), null],
    ['host', ofCraft(), null],
    ['admin', ofCraft(), null],
  ])('given %s, then %#: their part', (who, request, part) => {
    expect(partOf(people[who]!, request)).toBe(part);
  });
});

describe('what they may do', () => {
  it.each<[string, Standing, number, string[]]>([
    ['owner', asked(), 0, ['accept', 'decline', 'askBack', 'passOn']],
    ['owner', asked({ state: 'asked_back' }), 0, ['accept', 'decline', 'passOn']],
    ['owner', asked({ state: 'accepted' }), 0, []],
    ['owner', asked({ state: 'declined' }), 0, []],
    ['asker', asked(), 0, ['withdraw']],
    ['asker', asked({ state: 'asked_back' }), 0, ['tellMore', 'withdraw']],
    ['asker', asked({ state: 'declined' }), 0, ['passOn', 'seeOthers']],
    ['asker', asked(), 7 * 24 - 1, ['withdraw']],
    ['asker', asked(), 7 * 24, ['passOn', 'withdraw', 'seeOthers']],
    ['asker', asked({ state: 'withdrawn' }), 200, []],
    ['staff', asked(), 0, ['passOn']],
    ['staff', asked({ state: 'declined' }), 0, ['passOn', 'seeOthers']],
    ['staff', ofCraft(), 0, ['accept', 'decline', 'askBack', 'passOn']],
    ['designer', ofCraft(), 0, ['accept', 'askBack', 'passOn']],
    ['fellow', ofCraft(), 0, []],
    ['host', ofCraft(), 0, []],
  ])('given %s and request %#, then these acts', (who, request, hours, acts) => {
    expect(can(who, request, at(hours))).toEqual(acts);
  });

  it('given a closed cohort, then nothing changes any more', () => {
    for (const who of Object.keys(people)) {
      const acting: Acting = { ...people[who]!, cohortState: 'closed' };
      expect(Object.values(abilities(acting, ofCraft(), at(300)))).not.toContain(true);
    }
  });

  it('given anybody who has no part, then no act at all', () => {
    fc.assert(
      fc.property(standings, actors, fc.integer({ min: 0, max: 400 }), (request, acting, hours) => {
        const some = Object.values(abilities(acting, request, at(hours))).includes(true);
        return !some || partOf(acting, request) !== null;
      }),
    );
  });
});

describe('what an act makes of it', () => {
  it.each<[RequestAct, Partial<Standing>, { userId: string; toId?: string }, object]>([
    ['accepted', ofCraft(), { userId: 'designer' }, { state: 'accepted', waiting: false, ownerId: 'designer' }],
    ['asked_back', ofCraft(), { userId: 'designer' }, { state: 'asked_back', waiting: true, ownerId: 'designer' }],
    ['declined', {}, { userId: 'owner' }, { state: 'declined', waiting: false, ownerId: 'owner' }],
    ['told_more', { state: 'asked_back' }, { userId: 'asker' }, { state: 'open', ownerId: 'owner', askedAt: T0 }],
    ['passed_on', {}, { userId: 'owner', toId: 'next' }, { state: 'open', ownerId: 'next', askedAt: T0 }],
    ['passed_on', { state: 'declined' }, { userId: 'asker', toId: 'next' }, { ownerId: 'next', askedAt: at(30) }],
    ['handed_over', { state: 'asked_back' }, { userId: 's', toId: 'next' }, { state: 'asked_back', ownerId: 'next' }],
    ['withdrawn', {}, { userId: 'asker' }, { state: 'withdrawn', waiting: false, ownerId: 'owner' }],
  ])('given %s on %j by %j', (act, more, by, expected) => {
    const done = after(asked(more), act as Exclude<RequestAct, 'asked'>, by, at(30));
    expect(done).toMatchObject(expected);
    expect(done.waitingSince).toEqual(at(30));
  });
});

describe('when something happens at the latest', () => {
  it.each<[string, Partial<Standing>, number, number | null]>([
    ['just asked', {}, 0, 48],
    ['reminded', {}, 48, 96],
    ['with staff', {}, 97, 168],
    ['others were offered', {}, 168, null],
    ['passed on after 90 hours', { waitingSince: at(90) }, 91, 96],
    ['passed on after 100 hours', { waitingSince: at(100) }, 101, 148],
    ['answered', { state: 'accepted' }, 1, null],
  ])('given %s', (_name, more, now, expected) => {
    expect(expectedBy(asked(more), at(now))).toEqual(expected === null ? null : at(expected));
  });

  it('is never past', () => {
    fc.assert(
      fc.property(standings, fc.integer({ min: 0, max: 400 }), (request, hours) => {
        const next = expectedBy(request, at(hours));
        return next === null || next > at(hours);
      }),
    );
  });
});

describe('who else could help', () => {
  const one = (userId: string, more: Partial<Candidate> = {}): Candidate => ({
    ...{ userId, craft: 'designer', gives: [], freeAt: null, load: 0 },
    ...more,
  });
  const wanted = { craft: 'designer', gives: [], without: [] };
  const now = T0.getTime();
  const ids = (candidates: Candidate[], more: object = {}) =>
    othersOf(candidates, { ...wanted, ...more }, now).map(({ userId }) => userId);

  it.each<[string, Candidate[], object, string[]]>([
    ['nobody of the craft', [one('a', { craft: 'data' })], {}, []],
    ['somebody who gives it', [one('a', { craft: 'data', gives: ['law'] })], { gives: ['law'] }, ['a']],
    ['who had it already', [one('a'), one('b')], { without: ['a'] }, ['b']],
    ['no craft is known', [one('a', { craft: null })], { craft: null }, []],
    ['a free slot', [one('a'), one('b', { freeAt: now + 9 * DAY, load: 9 })], {}, ['b', 'a']],
    ['an earlier day', [one('a', { freeAt: now + 2 * DAY }), one('b', { freeAt: now + DAY, load: 5 })], {}, ['b', 'a']],
    [
      'one day, and less to do',
      [one('a', { freeAt: now + HOUR, load: 3 }), one('b', { freeAt: now + 5 * HOUR, load: 1 })],
      {},
      ['b', 'a'],
    ],
    ['four of them', [one('d'), one('c', { load: 1 }), one('b'), one('a')], {}, ['a', 'b', 'd']],
  ])('given %s', (_name, candidates, more, expected) => {
    expect(ids(candidates, more)).toEqual(expected);
  });

  it('given any candidates in any order, then three at most, all fitting, and always the same ones', () => {
    const candidate = fc.record({
      userId: fc.string({ minLength: 1, maxLength: 3 }),
      craft: fc.constantFrom('designer', 'data', null),
      gives: fc.subarray(['law', 'sql']),
      freeAt: fc.option(fc.integer({ min: now, max: now + 20 * DAY })),
      load: fc.nat(9),
    });
    const candidates = fc.uniqueArray(candidate, { selector: ({ userId }) => userId, maxLength: 12 });
    fc.assert(
      fc.property(candidates, (all) => {
        const law = { gives: ['law'] };
        const found = ids(all, law);
        const fitting = all.filter(({ craft, gives }) => craft === 'designer' || gives.includes('law'));
        expect(found).toHaveLength(Math.min(3, fitting.length));
        expect(ids([...all].reverse(), law)).toEqual(found);
      }),
    );
  });
});

describe('who takes over', () => {
  it('given coaches and staff, then those of the craft first, the least loaded of each first, and nobody else', () => {
    const one = (userId: string, role: Role, isOfTheCraft: boolean, load: number) => ({
      userId,
      role,
      isOfTheCraft,
      load,
    });
    const members = [
      one('staff', 'staff', true, 0),
      one('fellow', 'fellow', true, 0),
      one('leaver', 'coach', true, 0),
      one('other', 'coach', false, 0),
      one('busy', 'coach', true, 5),
      one('idle', 'coach', true, 1),
      one('host', 'host', true, 0),
    ];
    expect(successorsOf(members, 'leaver').map(({ userId }) => userId)).toEqual(['idle', 'busy', 'other', 'staff']);
  });
});

describe('who can be asked', () => {
  it.each([
    ['nobody here', null, 'not_a_member'],
    ['oneself', { userId: 'asker', role: 'coach', gives: [] }, 'yourself'],
    ['a host', { userId: 'x', role: 'host', gives: ['law'] }, 'cannot_be_asked'],
    ['a fellow who gives nothing', { userId: 'x', role: 'fellow', gives: [] }, 'cannot_be_asked'],
    ['a fellow who gives', { userId: 'x', role: 'fellow', gives: ['sql'] }, null],
    ['a coach', { userId: 'x', role: 'coach', gives: [] }, null],
    ['an alumni', { userId: 'x', role: 'alumni', gives: [] }, null],
    ['the programme team', { userId: 'x', role: 'staff', gives: [] }, null],
  ] as const)('given %s', (_name, one, expected) => {
    expect(notAskable(one, 'asker')).toBe(expected);
  });
});

const standings = fc.record({
  askerId: fc.constant('asker'),
  ownerId: fc.constantFrom('owner', 'staff', null),
  craft: fc.constantFrom('designer', null),
  state: fc.constantFrom(...RequestState.options),
  askedAt: fc.integer({ min: 0, max: 200 }).map(at),
  waitingSince: fc.integer({ min: 0, max: 200 }).map(at),
});
const actors = fc.record({
  userId: fc.constantFrom('asker', 'owner', 'staff', 'somebody'),
  role: fc.constantFrom(...Role.options, 'admin' as const),
  craft: fc.constantFrom('designer', 'data', null),
});
