import { composed } from './composed.js';

describe('a text in normal form C', () => {
  it('given a letter with its accents apart, then they are one', () => {
    expect(composed('e\u0301te\u0301')).toBe('été');
  });

  it('given thirty marks on one letter, then all stay; of more, thirty', () => {
    expect(composed(`x${'\u0316'.repeat(30)}`)).toBe(`x${'\u0316'.repeat(30)}`);
    expect(composed(`x${'\u0316'.repeat(31)}y`)).toBe(`x${'\u0316'.repeat(30)}y`);
  });
});
