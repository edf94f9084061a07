import type { FormField } from '../../contracts/calls/forms.js';
import { TAKEN_OUT, shownFile } from './anonymous.js';

const field = (key: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  ...{ key, kind, label: { en: key, fr: key }, help: { en: '', fr: '' }, required: false, isHidden: false, max: null },
  ...{ accept: 'any', options: [], shownIf: [], ...more },
});

const fields = [
  field('name', 'short'),
  field('second', 'email'),
  field('number', 'phone'),
  field('work', 'long'),
  field('cv', 'file'),
  field('sex', 'one'),
  field('more', 'short', { shownIf: [{ field: 'sex', is: 'woman' }] }),
  field('site', 'link', { isHidden: true }),
];
const answers = {
  name: 'Zoé de la Brière',
  second: 'zbriere@home.fr',
  number: '+33 6 12 34 56 78',
  work: 'ZOE printed it. De la rue, Brière’s own.',
  cv: { fileId: 'f', name: 'CV Zoé.pdf', size: 1, type: 'application/pdf' },
  sex: 'woman',
  more: 'x',
  site: 'https://zoe.example',
};
const hiding = { hidden: ['name', 'second', 'number', 'sex', 'site'], known: fields.map(({ key }) => key) };
const workOf = async (work: string, name = answers.name) =>
  (await shownFile({ fields, answers: { ...answers, name, work } }, hiding)).answers['work'];

describe('shownFile', () => {
  it('leaves hidden fields out with those that are asked after them, and takes names out of the rest', async () => {
    const shown = await shownFile({ fields, answers }, hiding);
    expect(shown.fields.map(({ key }) => key)).toEqual(['work', 'cv']);
    expect(shown.hidden.map(({ en }) => en)).toEqual(['name', 'second', 'number', 'sex', 'more', 'site']);
    expect(shown.answers).toEqual({
      work: `${TAKEN_OUT} printed it. De la rue, ${TAKEN_OUT}’s own.`,
      cv: { fileId: 'f', name: '', size: 1, type: 'application/pdf' },
    });
    expect(JSON.stringify(shown)).not.toMatch(/zo[eé]|bri[eè]re/i);
  });

  it('changes nothing where the name may be read', async () => {
    const shown = await shownFile({ fields, answers }, { ...hiding, hidden: ['sex'] });
    expect(shown.answers).toEqual({ ...answers, sex: undefined, more: undefined });
  });

  it('hides what staff did not know of when they chose, if its form says so', async () => {
    const { answers: shown } = await shownFile(
      { fields, answers },
      { hidden: ['name'], known: ['name', 'work', 'cv', 'sex', 'more'] },
    );
    expect(Object.keys(shown)).toEqual(['work', 'cv', 'sex', 'more']);
  });

  it.each([
    ['Write to jpl@legall.fr, or Z.B@x.org.', `Write to ${TAKEN_OUT}, or ${TAKEN_OUT}`],
    ['https://people.example/in/zoebriere75', `https://people.example/in/${TAKEN_OUT}`],
    [
      'Call 06 12 34 56 78 or 0033612345678, not 01 23 45 67 89.',
      `Call ${TAKEN_OUT} or ${TAKEN_OUT}, not 01 23 45 67 89.`,
    ],
    ['Brière Zoé de la, in 2024', `${TAKEN_OUT}, in 2024`],
    ['The house, and 12,000 files.', 'The house, and 12,000 files.'],
  ])('makes of %j %j', async (text, shown) => {
    expect(await workOf(text)).toBe(shown);
  });

  it.each([
    ['Li Wu', 'I am Li Wu. Wu Li it is. Lines of Wuhan.', `I am ${TAKEN_OUT}. ${TAKEN_OUT} it is. Lines of Wuhan.`],
    ['李小龙', '我叫李小龙。', `我叫${TAKEN_OUT}。`],
    ['', 'Nobody.', 'Nobody.'],
    ['…', 'Nobody…', 'Nobody…'],
  ])('knows the name %j', async (name, text, shown) => {
    expect(await workOf(text, name)).toBe(shown);
  });

  it('lets others have their turn between two long texts', async () => {
    const many = Array.from({ length: 10 }, (_, index) => ({
      ...fields[0]!,
      key: `long${index}`,
      kind: 'long' as const,
    }));
    const texts = Object.fromEntries(many.map(({ key }) => [key, 'a.'.repeat(10_000)]));
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    await shownFile({ fields: [...fields, ...many], answers: { ...answers, ...texts } }, hiding);
    clearInterval(count);
    expect(turns).toBeGreaterThan(4);
  });
});
