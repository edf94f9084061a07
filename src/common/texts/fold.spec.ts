import { fold, foldedWords, wordPrefix } from './fold.js';

describe('text as people compare it', () => {
  it.each([
    ['Événement', 'evenement'],
    ['CŒUR', 'coeur'],
    ['Lætitia Straße', 'laetitia strasse'],
    ['Łukasz Søren', 'lukasz soren'],
    ['İpek Işık', 'ipek isik'],
    ['مُحَمَّد', 'محمد'],
    ['🧗', '🧗'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('given signs of regular expressions, then only words are left', () => {
    expect(foldedWords(['(a+)+$', 'b.*c', 'B'])).toEqual(['a', 'b', 'c']);
    expect(wordPrefix('(((')).toBeNull();
    expect(wordPrefix('.Éc*')).toEqual(/^ec/);
  });
});
