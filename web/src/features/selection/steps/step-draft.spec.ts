import type { Step } from '../../../../../src/contracts/selection/steps';
import { changesOf, draftOf, lacksOf, over } from './step-draft';

const both = (words: string) => ({ en: words, fr: words });
const step = {
  ...{ name: both('Reading'), scale: [both('Thin'), both('Rare')], hidden: ['name'], dueAt: null },
  criteria: [
    { key: 'craft', name: both('Craft'), help: both(''), weight: 60 },
    { key: 'care', name: both('Care'), help: both(''), weight: 40 },
  ],
} as unknown as Step;
const draft = draftOf(step);

describe('a step as it is written', () => {
  it('given one part was changed, then only that is sent', () => {
    expect(changesOf(draft, { ...draft, hidden: [] })).toEqual({ hidden: [] });
    expect(changesOf(draft, { ...draft })).toEqual({});
  });

  it('given somebody else changed another part meanwhile, then both changes stand', () => {
    const mine = { ...draft, hidden: ['name', 'town'] };
    const now = { ...draft, name: both('First reading') };
    expect(over(draft, mine, now)).toEqual({ ...draft, hidden: ['name', 'town'], name: both('First reading') });
  });

  it('given weights of 99, a word without French and a criterion without a name, then each is said with the way there', () => {
    expect(lacksOf(draft)).toEqual([]);
    const [craft, care] = draft.criteria;
    const bad = {
      ...{ name: draft.name, scale: [both('Thin'), { en: 'Rare', fr: ' ' }] },
      criteria: [craft!, { ...care!, name: both(''), weight: 39 }],
    };
    expect(lacksOf(bad).map(({ id, code }) => [id, code])).toEqual([
      ['scale-1-fr', 'required'],
      ['c-care-name-en', 'required'],
      ['c-care-name-fr', 'required'],
      ['criteria', 'not_hundred'],
    ]);
    expect(lacksOf({ ...draft, criteria: [] })).toMatchObject([{ id: 'criteria', code: 'required' }]);
  });
});
