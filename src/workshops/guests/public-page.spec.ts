import type { GuestAnswers, GuestQuestion } from '../../contracts/workshops/guests.js';
import type { WorkshopRow } from '../workshop.schema.js';
import {
  answersInWords,
  addressOf,
  guestBarrier,
  keptAnswers,
  placesLeft,
  publicPathOf,
  roomForGuests,
  wrongAnswers,
} from './public-page.js';

const NOW = new Date('2026-10-13T09:45:00Z');
const DAY = 86_400_000;
const row = (more: Partial<WorkshopRow> = {}) =>
  ({
    status: 'published',
    startsAt: new Date(NOW.getTime() + DAY),
    endsAt: new Date(NOW.getTime() + 2 * DAY),
    capacity: 10,
    onlineCapacity: null,
    reserved: 2,
    going: { onsite: 3, online: 0 },
    offered: { onsite: 1, online: 0 },
    waitlisted: { onsite: 0, online: 0 },
    opensAt: null,
    closesAt: null,
    ...more,
  }) as WorkshopRow;

describe('places for guests', () => {
  const page = (guestPercent?: number) => ({ publicPage: { guestPercent } }) as Partial<WorkshopRow>;
  it.each([
    [undefined, 7, null, { onsite: 2, online: 0 }, { onsite: 2, online: 0 }],
    [50, 7, 11, { onsite: 4, online: 1 }, { onsite: 0, online: 5 }],
    [25, 10, null, { onsite: 5, online: 0 }, { onsite: 0, online: 0 }],
    [1, 10, 100, { onsite: 0, online: 0 }, { onsite: 1, online: 1 }],
  ] as const)(
    'given %s of a hundred of %s and %s places, then of those there is room for more',
    (percent, capacity, onlineCapacity, there, room) =>
      expect(roomForGuests(row({ ...page(percent), capacity, onlineCapacity }), there)).toEqual(room),
  );

  it('given all of them, then guests wait beyond them, too', () => {
    expect(roomForGuests(row(page(100)), { onsite: 500, online: 0 }).onsite).toBeGreaterThan(1000);
  });
});

describe('a page for everybody', () => {
  it.each([
    ['Événement : « clair » !', 'evenement-clair-abc234'],
    ['   ', 'workshop-abc234'],
  ])('given the title %s, then its address is %s', (title, expected) => {
    expect(addressOf(title, 'abc234')).toBe(expected);
  });

  it.each([
    ['on and published', { on: true }, 'published', '/w/a'],
    ['on, but a draft', { on: true }, 'draft', null],
    ['on, and called off', { on: true }, 'cancelled', '/w/a'],
    ['off', { on: false }, 'published', null],
  ] as const)('given it is %s, then its path is so', (_name, page, status, path) => {
    const publicPage = { slug: 'a', guests: true, plusOne: false, shownHosts: [], questions: [], ...page };
    expect(publicPathOf({ publicPage, status })).toBe(path);
  });

  it.each([
    ['some are free', {}, 'onsite', 4],
    ['others wait for what is free', { waitlisted: { onsite: 1, online: 0 } }, 'onsite', 0],
    ['more come than there are places', { capacity: 4 }, 'onsite', 0],
    ['there is no way on line', {}, 'online', null],
    ['there is one', { onlineCapacity: 5, going: { onsite: 3, online: 2 } }, 'online', 3],
  ] as const)('given %s, then so many are left', (_name, more, mode, left) => {
    expect(placesLeft(row(more), mode)).toBe(left);
  });

  it.each([
    ['all is well', {}, 'running', null],
    ['it is a draft', { status: 'draft' }, 'running', 'not_published'],
    ['it was called off', { status: 'cancelled' }, 'running', 'cancelled'],
    ['it runs', { startsAt: NOW }, 'running', 'started'],
    ['it is over', { startsAt: NOW, endsAt: NOW }, 'running', 'over'],
    ['the cohort is closed', {}, 'closed', 'cohort_closed'],
    ['it opens later', { opensAt: new Date(NOW.getTime() + 1) }, 'running', 'not_open_yet'],
    ['it has closed', { closesAt: NOW }, 'running', 'registration_closed'],
  ] as const)('given %s, then guests may register or hear why not', (_name, more, cohort, because) => {
    expect(guestBarrier(row(more), cohort, NOW)).toBe(because);
  });
});

describe('answers', () => {
  const ask = (kind: GuestQuestion['kind'], required = true): GuestQuestion => ({
    ...{ id: 'q', kind, label: 'Q', required, options: kind === 'choice' ? ['a', 'b'] : [] },
  });

  it.each([
    ['words', ask('text'), 'yes, please', null],
    ['none', ask('text'), undefined, 'required'],
    ['empty ones', ask('text'), '', 'required'],
    ['none where none is needed', ask('text', false), undefined, null],
    ['yes and no for words', ask('text'), true, 'wrong_type'],
    ['one of the options', ask('choice'), 'b', null],
    ['another one', ask('choice'), 'c', 'unknown_option'],
    ['no', ask('yesno'), false, null],
    ['words for yes and no', ask('yesno'), 'no', 'wrong_type'],
  ] as const)('given %s, then it says what is wrong', (_name, question, answer, code) => {
    const answers: GuestAnswers = answer === undefined ? {} : { q: answer };
    expect(wrongAnswers([question], answers)).toEqual(code ? [{ field: '/answers/q', code }] : []);
  });

  it.each(['text', 'choice', 'yesno'] as const)(
    'given a question by a name that every object has, then it is answered by what was said alone (%s)',
    (kind) => {
      const [may, must] = [false, true].map((required) => ({ ...ask(kind, required), id: 'constructor' }));
      expect(wrongAnswers([may!], {})).toEqual([]);
      expect(wrongAnswers([must!], {})).toEqual([{ field: '/answers/constructor', code: 'required' }]);
      expect([keptAnswers([may!], {}), answersInWords([may!], {})]).toEqual([{}, []]);
      const said = { constructor: kind === 'yesno' ? true : 'a' } as GuestAnswers;
      expect(wrongAnswers([must!], said)).toEqual([]);
      expect(keptAnswers([must!], said)).toEqual(said);
      expect(answersInWords([must!], said)).toEqual([{ question: 'Q', answer: said['constructor'] }]);
    },
  );

  it('given more than was asked, then only that is kept', () => {
    expect(keptAnswers([ask('text')], { q: 'a', other: 'b' })).toEqual({ q: 'a' });
  });
});
