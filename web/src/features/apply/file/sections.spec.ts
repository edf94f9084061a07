import type { FormField } from '../../../../../src/contracts/calls/forms';
import { firstToSettle, shownSections } from './sections';

const field = (key: string): FormField => ({
  ...{ key, kind: 'short', label: { en: key, fr: key }, help: { en: '', fr: '' }, required: true, isHidden: false },
  ...{ max: null, accept: 'any', options: [], shownIf: [] },
});

describe('what is to be settled before a file is handed in', () => {
  const sections = shownSections([field('town'), field('proud')], { town: 'Brest' });

  it('given two texts of one field, then that comes first, and else what is missing', () => {
    expect(firstToSettle(sections, { town: 'Quimper' })).toBe('town');
    expect(firstToSettle(sections, {})).toBe('proud');
  });

  it('given two texts of a field that is not drawn, then it is in nobody’s way', () => {
    expect(firstToSettle(sections, { name: 'Zoé' })).toBe('proud');
    expect(firstToSettle(shownSections([field('town')], { town: 'Brest' }), { name: 'Zoé' })).toBeUndefined();
  });
});
