import type { TopicTemplate } from '../../../../../src/contracts/forum/templates';
import { USUAL_TEMPLATES } from '../../../../../src/contracts/forum/usual-templates';
import { applied, beganWith, isFree } from './applied';

const decision: TopicTemplate = {
  ...{ id: 'decision', kind: 'discussion', tags: ['decided', 'team'] },
  names: { en: 'Decision', fr: 'Décision' },
  texts: { en: '# Why', fr: '# Pourquoi' },
};
const report: TopicTemplate = { ...decision, id: 'report', tags: ['report'], texts: { en: '', fr: '# La suite' } };
const known = { templates: [decision, report], locale: 'en' as const };
const typed = (body: string, tags: string[] = []) => ({ kind: 'question' as const, body, tags });

it.each<[string, ReturnType<typeof typed>, TopicTemplate, object]>([
  ['nothing typed', typed(' \n'), decision, { kind: 'discussion', body: '# Why', tags: ['decided', 'team'] }],
  ['words in the other language alone', typed(''), report, { body: '# La suite' }],
  [
    'another template, untouched, with its tags',
    typed('# Why\n', ['decided', 'mine']),
    report,
    { body: '# La suite', tags: ['mine', 'report'] },
  ],
  ['another template in the other language', typed('# Pourquoi'), report, { body: '# La suite' }],
  [
    'own words',
    typed('My words  ', ['mine']),
    decision,
    { body: 'My words\n\n# Why', tags: ['mine', 'decided', 'team'] },
  ],
  ['a template that was written in', typed('# Why\n\nBecause.'), report, { body: '# Why\n\nBecause.\n\n# La suite' }],
  ['tags that are there', typed('', ['a', 'b', 'c', 'd']), decision, { tags: ['a', 'b', 'c', 'd', 'decided'] }],
])('given %s, then the template is there and nothing typed is gone', (_name, before, template, after) =>
  expect(applied(before, template, known)).toMatchObject(after),
);

it('asks only where somebody typed', () => {
  expect([' ', '# Why', '# La suite\n', 'Mine', '# Why not'].map((body) => isFree(body, known.templates))).toEqual([
    ...[true, true, true],
    ...[false, false],
  ]);
  for (const { texts } of USUAL_TEMPLATES) expect(isFree(texts.fr, USUAL_TEMPLATES)).toBe(true);
});

it('knows a draft that began with a template', () => {
  expect(['# Why\n\nBecause.', '# Pourquoi', 'Mine', ''].map((body) => beganWith(body, decision))).toEqual([
    ...[true, true, false, false],
  ]);
});
