import { markOf } from '../../shell/mark';
import { initialsOf } from './initials';

describe('what stands for a name where there is no photo', () => {
  it.each([
    ['Inès Le Goff', 'IG'],
    ['Inès', 'I'],
    ['Anna Anna', 'AA'],
    ["Hôte d'Ô", 'HD'],
    ['félicité 👩🏽‍💻', 'F'],
    ['🦊 Zoé', 'Z'],
    ['O\'Brien "Zoé" <b>', 'OB'],
    ['𐐨da', '𐐀'],
    ['👩🏽‍💻', '👩🏽‍💻'],
    [' ', ''],
  ])('of %s is %s, letters only and whole', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('is for a cohort its number, else its first letter', () => {
    expect(['Promotion 2026', 'Automne', '🦊 renards', '🦊'].map(markOf)).toEqual(['26', 'A', 'R', '🦊']);
  });
});
