import { type Carried, type PlainStand, standAlong } from './stand-along.js';

const at = new Date('2026-11-20T10:00:00Z');
const earlier = new Date('2026-11-19T10:00:00Z');
const reader = { isAuthor: false, begins: false };
const carried = (over: Partial<Carried> = {}): Carried => ({ at, numbers: [3, 5, 6], last: 4, levels: 'all', ...over });

describe('how far somebody has read a topic to which posts were moved', () => {
  it.each<[string, PlainStand, PlainStand, Partial<Carried>, PlainStand | null]>([
    ['all here, all there', { readNumber: 6 }, { readNumber: 4, readAt: earlier }, {}, { readNumber: 7 }],
    ['some here, all there', { readNumber: 5 }, { readNumber: 4, readAt: earlier }, {}, { readNumber: 6 }],
    ['all here, not all there', { readNumber: 6 }, { readNumber: 3, readAt: earlier }, {}, null],
    ['none of them here', { readNumber: 2 }, { readNumber: 4, readAt: earlier }, {}, null],
    [
      'some here, and it is new',
      { readNumber: 3, readAt: earlier },
      {},
      { last: 0 },
      { readNumber: 1, readAt: earlier },
    ],
    ['nothing here, and it is new', {}, {}, { last: 0 }, null],
    ['nothing that goes along', { readNumber: 9 }, { readNumber: 4, readAt: earlier }, { numbers: [] }, null],
  ])('%s', (_name, from, there, over, change) =>
    expect(standAlong(from, there, reader, carried(over))).toEqual(change),
  );

  it('given they wrote one of the posts, then they have opened it', () => {
    expect(standAlong({}, {}, { isAuthor: true, begins: false }, carried())).toEqual({ readAt: at });
  });
});

describe('how closely somebody follows a topic to which posts were moved', () => {
  const chose = (level: PlainStand['level']): PlainStand => ({ level, byItself: false });
  const given = (level: PlainStand['level']): PlainStand => ({ level, byItself: true });
  it.each<[string, PlainStand, PlainStand, Partial<Carried>, PlainStand | null]>([
    ['as here, where they chose nothing there', chose('watching'), {}, {}, chose('watching')],
    ['as it was given here', given('tracking'), {}, {}, given('tracking')],
    ['as they chose there', chose('watching'), chose('normal'), {}, null],
    ['the closer one, where there it was given', chose('watching'), given('tracking'), {}, chose('watching')],
    ['not less than was given there', chose('normal'), given('tracking'), {}, null],
    ['not muted with this one', chose('muted'), {}, {}, null],
    ['muted with this one, where it is new', chose('muted'), {}, { last: 0 }, chose('muted')],
    ['not at all, where only authors go along', chose('watching'), {}, { levels: 'authors' }, null],
  ])('%s', (_name, from, there, over, change) =>
    expect(standAlong(from, there, reader, carried(over))).toEqual(change),
  );

  it('given their words begin a new one, then they watch it, unless they chose otherwise', () => {
    const begins = { isAuthor: true, begins: true };
    const asNew = carried({ last: 0 });
    expect(standAlong({}, {}, begins, asNew)).toEqual({ ...given('watching'), readAt: at });
    expect(standAlong(given('tracking'), {}, begins, asNew)).toEqual({ ...given('watching'), readAt: at });
    expect(standAlong(chose('normal'), {}, begins, asNew)).toEqual({ ...chose('normal'), readAt: at });
    expect(standAlong(chose('muted'), {}, begins, asNew)).toEqual({ ...chose('muted'), readAt: at });
  });
});
