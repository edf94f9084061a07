import fc from 'fast-check';
import { MAX_HANDBOOK_LEVELS } from '../contracts/handbook/handbook.js';
import { type Place, inOrder, lastOrder, moved, refusalBelow } from './tree.js';

const page = (id: string, parentId: string | null, order: number): Place => ({ id, parentId, order });
const ids = (pages: readonly Place[]) => pages.map(({ id }) => id).join(' ');

/** a (b (c), d), e */
const pages = [page('e', null, 1), page('d', 'a', 1), page('a', null, 0), page('c', 'b', 0), page('b', 'a', 0)];

describe('the tree of a handbook', () => {
  it('lists each page before those below it; one whose parent is gone stands at the top', () => {
    expect(ids(inOrder(pages))).toBe('a b c d e');
    expect(ids(inOrder(pages.filter(({ id }) => id !== 'b')))).toBe('a d c e');
  });

  it.each([
    ['e before b', 'e', { parentId: 'a', before: 'b' }, 'a e b c d'],
    ['b to the top', 'b', { parentId: null, before: null }, 'a d e b c'],
    ['c behind d', 'c', { parentId: 'a', before: null }, 'a b d c e'],
    ['d before itself’s neighbour', 'd', { parentId: 'a', before: 'b' }, 'a d b c e'],
  ])('given %s, then so', (_name, id, place, expected) => {
    const changed = moved(pages, id, place) as Place[];
    const after = pages.map((one) => changed.find((other) => other.id === one.id) ?? one);
    expect(ids(inOrder(after))).toBe(expected);
  });

  it('given the same place, then nothing changes', () =>
    expect(moved(pages, 'b', { parentId: 'a', before: 'd' })).toEqual([]));

  it.each([
    ['itself', 'a', { parentId: 'a', before: null }, 'into_itself'],
    ['what is below it', 'a', { parentId: 'c', before: null }, 'into_itself'],
    ['a page that is not there', 'a', { parentId: 'x', before: null }, 'unknown'],
    ['before a page of another parent', 'e', { parentId: 'a', before: 'c' }, 'unknown'],
  ])('given a page below %s, then it is refused', (_name, id, place, why) => expect(moved(pages, id, place)).toBe(why));

  it('given as many levels as there may be, then no more', () => {
    const line = Array.from({ length: MAX_HANDBOOK_LEVELS }, (_, at) => page(`${at}`, at ? `${at - 1}` : null, 0));
    const [last, before] = [`${MAX_HANDBOOK_LEVELS - 1}`, `${MAX_HANDBOOK_LEVELS - 2}`] as const;
    expect(refusalBelow(line, last)).toBe('too_deep');
    expect(refusalBelow(line, before)).toBeNull();
    expect(refusalBelow(line, 'x')).toBe('unknown');
    expect(moved([...line, page('y', null, 1), page('z', 'y', 0)], 'y', { parentId: before, before: null })).toBe(
      'too_deep',
    );
    expect(moved([...line, page('y', null, 1)], 'y', { parentId: before, before: null })).toHaveLength(1);
  });

  it('given a new page, then it is the last below its parent', () => {
    expect([lastOrder(pages, null), lastOrder(pages, 'a'), lastOrder(pages, 'e')]).toEqual([2, 2, 0]);
  });

  it('given any moves, then every page is there once, and none too deep', () => {
    const move = fc.record({ id: fc.nat(11), parent: fc.option(fc.nat(11)), before: fc.option(fc.nat(11)) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        let now = Array.from({ length: 12 }, (_, at) => page(`p${at}`, null, at));
        for (const { id, parent, before } of moves) {
          const of = (at: number | null) => (at === null ? null : `p${at}`);
          const changed = moved(now, `p${id}`, { parentId: of(parent), before: of(before) });
          if (Array.isArray(changed)) now = now.map((one) => changed.find((other) => other.id === one.id) ?? one);
        }
        expect(
          inOrder(now)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(now.map(({ id }) => id).sort());
        for (const one of now) expect(refusalBelow(now, one.parentId)).toBeNull();
      }),
    );
  });
});
