import 'temporal-polyfill/global';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { changedParts, type Draft, keptOf, merged, unfinished } from './draft';
import { isLacking, lackOf } from './lacks';
import { instantOf, momentOf } from '../../../ui/times/moments';
import { sameHourIn } from './moments';

const both = (words: string) => ({ en: words, fr: words });
const name: FormField = {
  ...{ key: 'name', kind: 'short', label: both('Name'), help: both(''), required: true, isHidden: false },
  ...{ max: 120, options: [], accept: 'any', shownIf: [] },
};
const draft: Draft = {
  ...{
    title: both('A call'),
    lead: both(''),
    text: both('Text'),
    outcome: both(''),
    timeZone: 'Europe/Paris',
    dates: [],
    criteria: [],
  },
  ...{ opensAt: '2026-09-21T09:00:00.000Z', closesAt: null, keepRefusedMonths: 3, fields: [name] },
};

describe('two who write one call', () => {
  it('given each another part, then both stand', () => {
    const mine = { ...draft, title: both('Mine') };
    const theirs = { ...draft, keepRefusedMonths: 6 };
    expect(merged(draft, mine, theirs)).toEqual({
      draft: { ...draft, title: both('Mine'), keepRefusedMonths: 6 },
      both: [],
    });
  });

  it('given the same part, then mine is kept and it is said; given the same words, there is nothing to choose', () => {
    const mine = { ...draft, title: both('Mine') };
    const theirs = { ...draft, title: both('Theirs') };
    expect(merged(draft, mine, theirs)).toEqual({ draft: mine, both: ['title'] });
    expect(merged(draft, mine, mine)).toEqual({ draft: mine, both: [] });
    expect(changedParts(draft, mine)).toEqual(['title']);
  });
});

describe('what cannot be saved yet', () => {
  const date = { on: '2026-11-17', until: null, title: both(''), text: both('') };

  it('given a date without a day, or that ends before it begins, or a form with something in the air, then that part waits', () => {
    expect(unfinished({ ...draft, dates: [date] }, false)).toEqual([]);
    expect(unfinished({ ...draft, dates: [date, { ...date, on: '' }] }, false)).toEqual(['dates']);
    expect(unfinished({ ...draft, dates: [{ ...date, on: '0202-11-16' }] }, false)).toEqual(['dates']);
    expect(unfinished({ ...draft, fields: [name, name] }, false)).toEqual(['fields']);
    // What is wrong otherwise is kept, and said when it goes out.
    expect(unfinished({ ...draft, fields: [] }, false)).toEqual([]);
  });

  it('given a call that everybody reads, then each part waits until it is whole', () => {
    const whole = { ...draft, closesAt: '2026-10-22T10:00:00.000Z' };
    expect(unfinished(whole, true)).toEqual([]);
    expect(unfinished({ ...whole, title: { en: 'A call', fr: ' ' } }, true)).toEqual(['title']);
    expect(unfinished({ ...whole, opensAt: whole.closesAt }, true)).toEqual(['opensAt', 'closesAt']);
    expect(unfinished({ ...whole, dates: [{ ...date, title: both('Day') }] }, true)).toEqual([]);
    expect(unfinished({ ...whole, dates: [{ ...date, title: both('Day'), until: '2026-11-16' }] }, true)).toEqual([
      'dates',
    ]);
    const one = { key: 'o1', name: both('Craft'), help: both(''), weight: 40 };
    expect(unfinished({ ...whole, criteria: [one] }, true)).toEqual(['criteria']);
    expect(unfinished({ ...whole, criteria: [{ ...one, weight: 100 }] }, true)).toEqual([]);
    expect(unfinished({ ...whole, lead: { en: 'x', fr: '' } }, true)).toEqual(['lead']);
  });

  it('given what a browser kept, then it is taken if it is whole', () => {
    const kept = { revision: 4, known: draft, draft, both: ['title'] };
    expect(keptOf(JSON.stringify(kept), draft)).toEqual(kept);
    const { outcome: _, ...before } = draft;
    expect(keptOf(JSON.stringify({ ...kept, known: before, draft: before }), draft)).toEqual(kept);
    expect(keptOf('', draft)).toBeNull();
    expect(keptOf('{"revision":1,"known":{},"draft":{},"both":[]}', draft)).toBeNull();
  });
});

describe('what is lacking', () => {
  const at = (field: string, code: string) => lackOf({ field, code }, draft);

  it('given where the server says it is, then there is a way there', () => {
    expect(at('/title/fr', 'required')).toMatchObject({ tab: 'text', id: 'call-title-fr', language: 'fr' });
    expect(at('/closesAt', 'required')).toMatchObject({ tab: 'text', id: 'call-closesAt' });
    expect(at('/criteria', 'not_hundred')).toMatchObject({ tab: 'criteria', id: 'criteria' });
    expect(at('/fields/0', 'no_fr')).toMatchObject({
      tab: 'form',
      field: 'name',
      id: 'f-name-label-fr',
      language: 'fr',
    });
    expect(at('/fields/0', 'too_few_options')).toMatchObject({ id: 'f-name-options' });
    expect(at('/dates/2/title/en', 'required')).toMatchObject({ tab: 'text', id: 'date-2-title-en' });
    const criteria = [{ key: 'o1', name: both(''), help: both(''), weight: 100 }];
    expect(lackOf({ field: '/criteria/0/name/en', code: 'required' }, { ...draft, criteria })).toMatchObject({
      ...{ tab: 'criteria', id: 'c-o1-name-en' },
    });
    expect(at('/fields/7', 'no_name')).toMatchObject({ tab: 'form', id: 'add-field' });
  });

  it('given that it was written meanwhile, then it is not said any more', () => {
    expect(isLacking(at('/closesAt', 'required'), draft)).toBe(true);
    expect(isLacking(at('/closesAt', 'required'), { ...draft, closesAt: draft.opensAt })).toBe(false);
    expect(isLacking(at('/closesAt', 'not_after'), { ...draft, closesAt: draft.opensAt })).toBe(true);
    expect(isLacking(at('/closesAt', 'not_after'), draft)).toBe(false);
    expect(isLacking(at('/title/fr', 'required'), draft)).toBe(false);
    expect(isLacking(at('/title/fr', 'required'), { ...draft, title: { en: 'A', fr: ' ' } })).toBe(true);
    const one = { key: 'o1', name: both('Craft'), help: both(''), weight: 40 };
    expect(isLacking(at('/criteria', 'not_hundred'), { ...draft, criteria: [one] })).toBe(true);
    expect(isLacking(at('/criteria', 'not_hundred'), draft)).toBe(false);
    expect(isLacking(at('/dates/0/until', 'end_before_start'), draft)).toBe(false);
    const old = '2020-01-01T00:00:00.000Z';
    expect(isLacking(at('/closesAt', 'in_the_past'), { ...draft, closesAt: old })).toBe(true);
    expect(isLacking(at('/fields/0', 'no_fr'), draft)).toBe(false);
    expect(isLacking(at('/fields/0', 'no_fr'), { ...draft, fields: [{ ...name, label: { en: 'N', fr: '' } }] })).toBe(
      true,
    );
    expect(isLacking(at('/title', 'what_nobody_knows'), draft)).toBe(true);
  });
});

describe('a moment of a call', () => {
  it('given a zone, then it is read and written there, and another zone keeps the hour', () => {
    const at = '2026-10-22T10:00:00.000Z';
    expect(momentOf(at, 'Europe/Paris')).toEqual({ day: '2026-10-22', time: '12:00' });
    expect(momentOf(null, 'Europe/Paris')).toBeNull();
    expect(instantOf({ day: '2026-10-22', time: '12:00' }, 'Europe/Paris')).toBe(at);
    expect(instantOf({ day: '', time: '12:00' }, 'Europe/Paris')).toBeNull();
    expect(sameHourIn(at, 'Europe/Paris', 'Indian/Reunion')).toBe('2026-10-22T08:00:00.000Z');
    expect(sameHourIn(null, 'Europe/Paris', 'Indian/Reunion')).toBeNull();
  });
});
