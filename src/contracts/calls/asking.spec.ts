import type { FormField } from './forms.js';
import { askedQuestions, missingOfAsked, withAsked, withDependents } from './asking.js';
import { handedIn, missingIn } from './answers.js';

const field = (key: string, kind: FormField['kind'], shownIf: FormField['shownIf'] = []): FormField => ({
  ...{ key, kind, label: { en: key, fr: key }, help: { en: '', fr: '' }, required: true, isHidden: false },
  ...{ max: null, accept: 'any', options: [], shownIf },
});
const option = (key: string) => ({ key, label: { en: key, fr: key } });
const form = [
  field('name', 'short'),
  { ...field('work', 'one'), options: [option('firm'), option('public')] },
  field('part', 'section', [{ field: 'work', is: 'public' }]),
  { ...field('service', 'one', [{ field: 'work', is: 'public' }]), options: [option('town'), option('state')] },
  field('town', 'short', [{ field: 'service', is: 'town' }]),
  field('other', 'short'),
];

describe('questions that are opened again', () => {
  it('given some that others hang on, then those are opened along, however far, and no section', () => {
    expect(withDependents(form, ['work'])).toEqual(['work', 'service', 'town']);
    expect(withDependents(form, ['other', 'service', 'other'])).toEqual(['other', 'service', 'town']);
    expect(withDependents(form, ['town', 'name'])).toEqual(['town', 'name']);
  });

  it('given an answer that asks for more, then that is missing, and once it is there all of it is handed in', () => {
    const opened = withDependents(form, ['work']);
    const handed = { name: 'Zoé', work: 'firm', other: 'x' };
    const changed = withAsked(handed, { ...handed, work: 'public' }, opened);
    expect(missingOfAsked(missingIn(form, changed), opened)).toEqual([{ field: 'service', code: 'required' }]);
    const whole = withAsked(handed, { ...handed, work: 'public', service: 'town', town: 'Brest' }, opened);
    expect(missingOfAsked(missingIn(form, whole), opened)).toEqual([]);
    expect(handedIn(form, whole)).toEqual({ name: 'Zoé', work: 'public', service: 'town', town: 'Brest', other: 'x' });
  });

  it('given what was answered, then those are named that one sees', () => {
    const asked = { fields: withDependents(form, ['work']) };
    const keys = (answers: Parameters<typeof askedQuestions>[1]) =>
      askedQuestions(form, answers, asked).map(({ key }) => key);
    expect(keys({ work: 'firm' })).toEqual(['work']);
    expect(keys({ work: 'public' })).toEqual(['work', 'service']);
  });
});
