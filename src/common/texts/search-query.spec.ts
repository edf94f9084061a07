import { daysOf, parseQuery, stateOf, strangeFilters, thingOf, withoutFilter } from './search-query.js';

const filtersOf = (text: string) => parseQuery(text).filters.map(({ kind, value }) => [kind, value]);

describe('what is typed into a search field', () => {
  it.each([
    ['nothing', '   ', [], []],
    ['words', 'Réunion  demain', ['Réunion', 'demain'], []],
    ['a phrase', 'budget "plan de charge"', ['budget'], ['plan de charge']],
    ['a French phrase', '« plan de charge » budget', ['budget'], ['plan de charge']],
    ['curly quotes', '“open source”', [], ['open source']],
    ['a quote that is not closed', 'budget "plan de', ['budget'], ['plan de']],
    ['an empty phrase', '"" a', ['a'], []],
    ['an address', 'https://agency.example/a?b=c', ['https://agency.example/a?b=c'], []],
    ['a time', '14:30', ['14:30'], []],
    ['an operator that is none', 'to:marie constructor:x', ['to:marie', 'constructor:x'], []],
    ['an operator without a value', 'from:', ['from:'], []],
    ['a regular expression', '(a+)+$', ['(a+)+$'], []],
  ])('given %s', (_name, text, words, phrases) => {
    expect(parseQuery(text)).toEqual({ words, phrases, not: { words: [], phrases: [] }, filters: [] });
  });

  it.each([
    ['a word', 'budget -draft', ['budget'], ['draft'], []],
    ['a phrase', '-"plan de charge" budget', ['budget'], [], ['plan de charge']],
    ['a word with a dash within', 'peer-to-peer rendez-vous', ['peer-to-peer', 'rendez-vous'], [], []],
    ['a dash alone, a number, two dashes', '- -5 --x', ['-', '-5', '--x'], [], []],
    ['a day, which has another side', '-before:2026', [], ['before:2026'], []],
  ])('given %s with a dash before it, then it is left out', (_name, text, words, notWords, notPhrases) => {
    expect(parseQuery(text)).toMatchObject({ words, not: { words: notWords, phrases: notPhrases }, filters: [] });
  });

  it('given a filter with a dash before it, then it is turned round, and can be taken away', () => {
    const text = 'budget -from:marie -dans:général is:pinned';
    const { filters } = parseQuery(text);
    expect(filters.map(({ kind, value, isNot }) => [kind, value, isNot])).toEqual([
      ['from', 'marie', true],
      ['in', 'général', true],
      ['is', 'pinned', false],
    ]);
    expect(withoutFilter(text, filters[0]!)).toBe('budget -dans:général is:pinned');
  });

  it.each([
    ['colour:red -label:"x y" from:marie', ['colour', 'label']],
    ['https://agency.example 14:30 Note: mailto:x', ['mailto']],
    ['constructor:x toString:y constructor:z', ['toString']],
  ])('given %s, then %j look like filters and are none', (text, strange) => {
    expect(strangeFilters(text)).toEqual(strange);
  });

  it.each([
    ['pinned', 'pinned'],
    ['Épinglé', 'pinned'],
    ['saved', 'saved'],
    ['mention', 'mention'],
    ['fil', 'thread'],
    ['solved', null],
    ['constructor', null],
  ])('given is:%s, then it means %s', (value, state) => {
    expect(stateOf(value)).toBe(state);
  });

  it.each([
    ['from:marie', [['from', 'marie']]],
    [
      'de:marie dans:aide-générale',
      [
        ['from', 'marie'],
        ['in', 'aide-générale'],
      ],
    ],
    ['FROM:"Marie Dupont"', [['from', 'Marie Dupont']]],
    ['de:« Marie Dupont »', [['from', 'Marie Dupont']]],
    ['in:#general-help', [['in', '#general-help']]],
    [
      'before:2026-10-01 after:2026-09',
      [
        ['before', '2026-10-01'],
        ['after', '2026-09'],
      ],
    ],
    [
      'avant:01/10/2026 après:hier',
      [
        ['before', '01/10/2026'],
        ['after', 'hier'],
      ],
    ],
    ['apre\u0300s:2026', [['after', '2026']]],
    [
      'has:file avec:lien',
      [
        ['has', 'file'],
        ['has', 'lien'],
      ],
    ],
  ])('given %s, then its filters are known', (text, filters) => {
    expect(filtersOf(text)).toEqual(filters);
  });

  it('given a filter between words, then it can be cut out', () => {
    const text = 'budget from:"Marie D" 2026';
    const [filter] = parseQuery(text).filters;
    expect(withoutFilter(text, filter!)).toBe('budget 2026');
    expect(parseQuery(text).words).toEqual(['budget', '2026']);
  });

  it.each<[string, number]>([
    ['"', 0],
    ['from:', 0],
    ['« ', 0],
    ['a', 1],
    [' :', 500_000],
  ])('given a million characters of %j, then they are read, for which quadratic time would be long', (once, words) => {
    expect(parseQuery(once.repeat(1_000_000 / once.length)).words.length).toBe(words);
  });

  it('given spaces after a quote that no other closes, then they are walked through once', () => {
    // In cubic time this would take years, in quadratic time an hour.
    expect(parseQuery(`"${' '.repeat(1_000_000)}«`)).toMatchObject({ words: [], phrases: [] });
    expect(parseQuery('" budget  2026 " rest').phrases).toEqual(['budget  2026']);
  });
});

describe('the values of operators', () => {
  it.each([
    ['2026-10-13', '2026-10-13', '2026-10-14'],
    ['13/10/2026', '2026-10-13', '2026-10-14'],
    ['13.10.2026', '2026-10-13', '2026-10-14'],
    ['2026-2-28', '2026-02-28', '2026-03-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
    ['12/2026', '2026-12-01', '2027-01-01'],
    ['2026', '2026-01-01', '2027-01-01'],
    ['today', '2026-03-01', '2026-03-02'],
    ['Hier', '2026-02-28', '2026-03-01'],
    ["aujourd'hui", '2026-03-01', '2026-03-02'],
  ])('%s is from %s until %s', (value, first, next) => {
    expect(daysOf(value, '2026-03-01')).toEqual({ first, next });
  });

  it.each(['2026-02-30', '2026-13', '31/04/2026', '0999', '9999', '9999-12-31', 'soon', '', '10-13', 'constructor'])(
    '%s is no day',
    (value) => {
      expect(daysOf(value, '2026-03-01')).toBeNull();
    },
  );

  it.each([
    ['File', 'file'],
    ['fichiers', 'file'],
    ['lien', 'link'],
    ['reaction', null],
    ['toString', null],
  ])('has:%s is %s', (value, thing) => expect(thingOf(value)).toBe(thing));
});
