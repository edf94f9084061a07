import type { Said } from './wish.js';
import { toldFrom, toldTo } from './told.js';

/** `a b+ c±`: who wants it, who gives it, and who does both. */
const said = (text: string): Said[] =>
  text
    .split(' ')
    .filter(Boolean)
    .flatMap((word): Said[] => {
      const userId = word[0]!;
      if (word.endsWith('±'))
        return [
          { userId, side: 'want' },
          { userId, side: 'give' },
        ];
      return [{ userId, side: word.endsWith('+') ? 'give' : 'want' }];
    });

describe('whose time is counted', () => {
  it.each([
    ['nobody was, and two others are there', '', 'a b c', 'a', ''],
    ['nobody was, and three others are there', '', 'a b c d', 'a', 'a b c d'],
    ['nobody was, and three are there for who is not among them', '', 'b c d', 'a', 'b c d'],
    ['one came', 'a b c d', 'a b c d e', 'a', 'a b c d'],
    ['two came, and who asks', 'b c d', 'a b c d e f', 'a', 'b c d'],
    ['three came', 'a b c d', 'a b c d e f g', 'a', 'a b c d e f g'],
    ['one went', 'a b c d', 'a b c', 'a', 'a b c d'],
    ['one went and one came', 'a b c d', 'a b c e', 'a', 'a b c d'],
    ['one went and two came', 'a b c d', 'a b c e f', 'a', 'a b c e f'],
    ['one gives by now', 'a b c d', 'a b c d+', 'a', 'a b c d'],
    ['three give by now', 'a b c d', 'a b± c+ d±', 'a', 'a b± c+ d±'],
    ['nobody but who asks', 'a b c d', 'a+ b c d', 'a', 'a b c d'],
  ])('given %s (%j, now %j), then for %s %j are counted', (_name, before, now, asking, expected) => {
    expect(toldFrom(said(before), said(now), asking)).toEqual(said(expected));
  });

  it('given the same in another order, then it is no change', () => {
    const [before, now] = [said('a b± c± d±'), said('d± a c± b±').toReversed()];
    expect(toldFrom(before, now, 'a')).toBe(before);
  });
});

describe('what somebody is told', () => {
  it.each([
    ['b c d', 'a b c d', 'b c d a'],
    ['a b c d', 'b c d', 'b c d'],
    ['a b c d', 'a+ b c d e', 'b c d a+'],
    ['a b c', 'a b c d e', null],
  ])('given %j are counted and %j are there, then a is told of %j', (told, now, expected) => {
    expect(toldTo('a', said(told), said(now))).toEqual(expected === null ? null : said(expected));
  });
});
