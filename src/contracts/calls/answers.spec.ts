import { type Answers, handedIn, mayBeKept, missingIn, shownFields } from './answers.js';
import { type FormField, lacksOfForm, problemsOfForm } from './forms.js';

const field = (key: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  ...{ key, kind, label: { en: key, fr: key }, help: { en: '', fr: '' }, required: true, isHidden: false },
  ...{ max: null, accept: 'any', options: [], shownIf: [], ...more },
});
const option = (key: string) => ({ key, label: { en: key, fr: key } });
const name = field('name', 'short', { max: 20 });
const work = field('work', 'one', { options: [option('firm'), option('public')] });
const service = field('service', 'short', { shownIf: [{ field: 'work', is: 'public' }] });
const until = field('until', 'date', { shownIf: [{ field: 'service', is: 'x' }] });
const form = [name, field('part', 'section'), work, service];
const codes = (fields: FormField[], answers: Answers) =>
  missingIn(fields, answers).map(({ field: key, code }) => `${key} ${code}`);

describe('what is shown', () => {
  it('given a condition, then its field is asked only where it holds, and nothing that hangs on a field that is not asked', () => {
    const keys = (answers: Answers) => shownFields(form, answers).map(({ key }) => key);
    expect(keys({})).toEqual(['name', 'part', 'work']);
    expect(keys({ work: 'firm', service: 'x' })).toEqual(['name', 'part', 'work']);
    expect(keys({ work: 'public' })).toEqual(['name', 'part', 'work', 'service']);
    expect(shownFields([...form, until], { work: 'firm', service: 'x' })).toHaveLength(3);
    const several = field('skills', 'several', { options: [option('web'), option('maps')] });
    const maps = field('maps', 'long', { shownIf: [{ field: 'skills', is: 'maps' }] });
    expect(shownFields([several, maps], { skills: ['web'] })).toEqual([several]);
    expect(shownFields([several, maps], { skills: ['web', 'maps'] })).toEqual([several, maps]);
    const agreed = field('agreed', 'statement');
    const more = field('more', 'short', { shownIf: [{ field: 'agreed', is: 'yes' }] });
    expect(shownFields([agreed, more], { agreed: false })).toEqual([agreed]);
    expect(shownFields([agreed, more], { agreed: true })).toEqual([agreed, more]);
  });
});

describe('what is missing', () => {
  it('given nothing, then all that is required and shown is named in its order', () => {
    expect(codes(form, {})).toEqual(['name required', 'work required']);
    expect(codes(form, { name: ' \n ', work: 'public' })).toEqual(['name required', 'service required']);
    expect(codes(form, { name: 'Zoé', work: 'firm' })).toEqual([]);
    // Nothing of it can be seen.
    const unseen = { name: '\u200b\u2060 ', work: 'firm' };
    expect([codes(form, unseen), handedIn(form, unseen)]).toEqual([['name required'], { work: 'firm' }]);
  });

  it.each([
    ['short', 'one line', 'two\nlines'],
    ['number', 12.5, '12'],
    ['number', 0, true],
    ['date', '2026-02-28', '2026-02-30'],
    ['email', ' Zoe@Example.org ', 'zoe@'],
    ['phone', '+33 (0)6 12-34-56.78', 'call me'],
    ['phone', '0262 12 34 56', '12345'],
    ['link', 'https://portfolio.example/a?b#c', 'portfolio.payet'],
    ['link', 'http://a.example', 'javascript:alert(1)'],
    ['statement', true, 'yes'],
  ] as const)('given a %s, then %j fits and %j does not', (kind, right, wrong) => {
    const fields = [field('it', kind)];
    expect(codes(fields, { it: right })).toEqual([]);
    expect(codes(fields, { it: wrong })).toEqual(['it wrong_format']);
  });

  it('given options that are not there, then it says so', () => {
    const several = field('skills', 'several', { options: [option('web')], required: false });
    expect(codes([work, several], { work: 'moon', skills: ['web', 'moon'] })).toEqual([
      'work unknown_option',
      'skills unknown_option',
    ]);
    expect(codes([several], {})).toEqual([]);
  });

  it('given a text that is too long, then it says by how much; spaces around it do not count', () => {
    expect(missingIn([name], { name: 'x'.repeat(23) })).toEqual([{ field: 'name', code: 'too_long', over: 3 }]);
    expect(missingIn([name], { name: ` ${'x'.repeat(20)} ` })).toEqual([]);
  });
});

describe('what is handed in', () => {
  it('given answers to what is not asked any more, or to nothing that is known, then they stay behind', () => {
    expect(handedIn(form, { name: ' Zoé ', work: 'firm', service: 'x', other: 'y', part: 'z' })).toEqual({
      ...{ name: 'Zoé', work: 'firm', part: 'z' },
    });
  });

  it('given a draft, then each kind keeps the shape that it has', () => {
    expect(mayBeKept(name, 'half a')).toBe(true);
    expect(mayBeKept(name, 4)).toBe(false);
    expect(mayBeKept(field('n', 'number'), 'four')).toBe(false);
    expect(mayBeKept(field('s', 'several'), ['a'])).toBe(true);
    expect(mayBeKept(field('s', 'statement'), false)).toBe(true);
    expect(mayBeKept(field('s', 'section'), 'x')).toBe(false);
  });
});

describe('a form', () => {
  it('given a form, then names, keys and conditions must be right', () => {
    expect(problemsOfForm(form)).toEqual([]);
    expect(problemsOfForm([])).toEqual([{ field: 'name', code: 'no_name' }]);
    expect(problemsOfForm([{ ...name, required: false }])).toEqual([{ field: 'name', code: 'no_name' }]);
    expect(problemsOfForm([...form, work])).toEqual([{ field: 'work', code: 'doubled' }]);
    expect(problemsOfForm([name, service, work])).toEqual([{ field: 'service', code: 'not_above' }]);
    const self = field('self', 'one', { options: [option('a'), option('a')], shownIf: [{ field: 'self', is: 'a' }] });
    expect(problemsOfForm([name, self])).toEqual([
      ...[
        { field: 'self', code: 'doubled_options' },
        { field: 'self', code: 'not_above' },
      ],
    ]);
    const wrong = field('wrong', 'short', { shownIf: [{ field: 'work', is: 'moon' }] });
    expect(problemsOfForm([name, work, wrong])).toEqual([{ field: 'wrong', code: 'unknown_option' }]);
  });

  it('given words in one language only, then it is not ready', () => {
    expect(lacksOfForm(form)).toEqual([]);
    const half = { en: 'Help', fr: '' };
    expect(lacksOfForm([{ ...name, help: half }])).toEqual([{ field: 'name', code: 'no_fr' }]);
    expect(lacksOfForm([{ ...work, options: [{ key: 'a', label: { en: '', fr: 'A' } }] }])).toEqual([
      ...[
        { field: 'work', code: 'no_en' },
        { field: 'work', code: 'too_few_options' },
      ],
    ]);
  });
});
