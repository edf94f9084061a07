import type { FormField } from '../../../../src/contracts/calls/forms';
import { meantLink } from './links';
import { askedOf, sectionsOf } from './sections';

const field = (key: string, kind: FormField['kind'] = 'short'): FormField => ({
  ...{ key, kind, label: { en: key, fr: key }, help: { en: '', fr: '' }, required: true, isHidden: false },
  ...{ max: null, options: [], accept: 'any', shownIf: [] },
});

describe('the sections of a form', () => {
  const keysOf = (fields: FormField[]) =>
    sectionsOf(fields).map(({ section, fields: under }) => [section?.key ?? null, under.map(({ key }) => key)]);

  it('given fields before the first heading, then they stand in a part without one', () => {
    expect(keysOf([field('name'), field('you', 'section'), field('town'), field('end', 'section')])).toEqual([
      [null, ['name']],
      ['you', ['town']],
      ['end', []],
    ]);
  });

  it('given none, then there are none', () => {
    expect(keysOf([])).toEqual([]);
    expect(askedOf([field('you', 'section'), field('town')]).map(({ key }) => key)).toEqual(['town']);
  });
});

describe('the address that was meant', () => {
  it.each([
    ['portfolio.example', 'https://portfolio.example'],
    [' //www.example.org/a?b#c ', 'https://www.example.org/a?b#c'],
    ['https://a.example', null],
    ['portfolio', null],
    ['my site.example', null],
    ['javascript:alert(1)', null],
    ['me@example.org', null],
    ['', null],
  ])('given %j, then it is %j', (typed, meant) => {
    expect(meantLink(typed)).toBe(meant);
  });
});
