import { listOf } from './list-of';

describe('names in a list', () => {
  it('stand in English without a comma before the last, as in Europe', () => {
    expect(listOf(['Inès', 'Tomasz', 'Hanna'], 'en')).toBe('Inès, Tomasz and Hanna');
    expect(listOf(['Inès', 'Tomasz', 'Hanna'], 'en', 'disjunction')).toBe('Inès, Tomasz or Hanna');
    expect(listOf(['Inès', 'Tomasz', 'Hanna'], 'fr')).toBe('Inès, Tomasz et Hanna');
  });
});
