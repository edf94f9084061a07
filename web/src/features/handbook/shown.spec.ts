import type { HandbookEntry } from '../../../../src/contracts/handbook/handbook';
import { behindIn, byParent, lineOf, readIn, titleIn, withBelow } from './shown';

const entry = (
  id: string,
  parentId: string | null,
  en: string | null = id,
  fr: string | null = null,
): HandbookEntry => ({
  ...{ id, parentId, title: { en, fr }, isOld: false, isMine: false },
});
const pages = [entry('a', null), entry('b', 'a'), entry('c', 'b'), entry('d', null, null, 'quatre')];

describe('what is shown of a handbook', () => {
  it('given a language in which a page says nothing, then it is read in the other', () => {
    const words = { title: 'T', body: '' };
    expect([readIn({ en: words, fr: null }, 'fr'), readIn({ en: words, fr: words }, 'fr')]).toEqual(['en', 'fr']);
    expect(titleIn(entry('d', null, null, 'quatre'), 'en')).toEqual({ text: 'quatre', lang: 'fr' });
    expect(titleIn(entry('a', null, 'one', 'un'), 'fr')).toEqual({ text: 'un' });
  });

  it('given one language was changed long after the other, then the other is behind', () => {
    const words = { title: 'T', body: '' };
    const at = (hours: number) => new Date(hours * 3_600_000).toISOString();
    const behind = (en: number, fr: number) => behindIn({ en: words, fr: words, changed: { en: at(en), fr: at(fr) } });
    expect([behind(0, 0.5), behind(0, 2), behind(2, 0)]).toEqual([null, 'en', 'fr']);
    expect(behindIn({ en: words, fr: null, changed: { en: at(9), fr: null } })).toBeNull();
  });

  it('knows what is above and below a page', () => {
    expect(lineOf(pages, 'c').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(lineOf(pages, 'x')).toEqual([]);
    expect([...withBelow(pages, 'b')]).toEqual(['b', 'c']);
    expect(
      byParent(pages)
        .get(null)
        ?.map(({ id }) => id),
    ).toEqual(['a', 'd']);
  });
});
