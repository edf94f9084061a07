import type { Member } from '../../api/types';
import { marked, sortFound } from './search';

const member = (name: string, gives: string[] = [], wants: string[] = []) => ({ name, gives, wants }) as Member;

describe('people found', () => {
  it('come once, by name before gives before wants', () => {
    const [a, b, c] = [
      member('Accessa', ['accessibility'], []),
      member('Oriane', ['Accessible charts'], ['accessibility']),
      member('Karim', [], ['Accessible dashboards']),
    ];
    expect(sortFound([a, b, c], 'accessib acc')).toEqual({ name: [a], gives: [b], wants: [c] });
  });
});

describe('what is marked', () => {
  it.each([
    ['Événements publics', 'evenem', ['Événem|', 'ents publics']],
    ['RGAA audits', 'aud', ['RGAA ', 'aud|', 'its']],
    ['RGAA audits', '', ['RGAA audits']],
    ['a (b)', '(', ['a (b)']],
  ])('in %j for %j', (text, q, expected) => {
    const pieces = marked(text, q);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    const hits = pieces.filter((piece) => piece.hit).map((piece) => `${piece.text}|`);
    expect(hits).toEqual(expected.filter((piece) => piece.endsWith('|')));
  });
});
