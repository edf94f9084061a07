import { encodeCursor } from '../../common/cursor.js';
import { EVER, behind, placeWithin, timePlaceOf } from './time-place.js';
import { idOf } from './ids.js';

const HEX = '65f000000000000000000001';
const at = new Date('2026-10-13T10:00:00Z');

describe('a cursor of time and id', () => {
  it.each([
    ['milliseconds', at.getTime()],
    ['a text', at.toISOString()],
  ])('given an instant in %s, then it is read', (_, instant) => {
    expect(timePlaceOf(encodeCursor([instant, HEX]))).toEqual({ at, id: idOf(HEX) });
  });

  it.each([
    ['no instant', ['soon', HEX]],
    ['no id', [1, 'x']],
    ['an instant that no clock reaches', [1e20, HEX]],
    ['a year that no engine keeps', [EVER.getTime() + 1, HEX]],
    ['an instant before all of ours', [-1, HEX]],
    ['three parts', [1, HEX, 1]],
  ])('given %s, then it is refused', (_, parts) => {
    expect(() => timePlaceOf(encodeCursor(parts))).toThrow(expect.objectContaining({ status: 422 }));
  });
});

describe('what lies behind a place', () => {
  const from = new Date(0);

  it('given what was seen, then older ones, and those of its instant with a smaller id', () => {
    const place = placeWithin({ at: at.getTime(), id: HEX }, EVER);
    expect(behind(place, 'startsAt', from)).toEqual([
      { startsAt: { $gte: from, $lt: at } },
      { startsAt: at, _id: { $lt: idOf(HEX) } },
    ]);
  });

  it.each([
    ['nothing', null],
    ['a whole instant', { at: at.getTime(), id: '' }],
    ['what lies beyond the end', { at: at.getTime() + 1, id: HEX }],
    ['what lies at the end, which is outside', { at: at.getTime(), id: HEX }],
  ])('given %s was seen, then older ones alone', (_, seen) => {
    expect(behind(placeWithin(seen, at), 'startsAt', from)).toEqual([{ startsAt: { $gte: from, $lt: at } }]);
  });
});
