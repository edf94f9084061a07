import { type Waiting, fittingQuestions } from './fitting-questions.js';

const question = (id: string, tags: string[], more: Partial<Waiting> = {}): Waiting => ({
  ...{ id, authorId: 'zoé', tags, createdAt: new Date('2026-10-08T10:00:00Z') },
  ...more,
});
const fitting = (gives: string[], ...questions: Waiting[]) =>
  fittingQuestions({ userId: 'inès', gives, without: new Set(['muted']) }, questions).map((one) => [one.id, one.gives]);

describe('the questions of a digest', () => {
  it.each<[string, string[], Waiting, string[][]]>([
    ['has a tag that they give', ['Accessibilité'], question('a', ['accessibilite']), [['a', 'Accessibilité']]],
    ['has a part of what they give', ['User interviews'], question('a', ['interviews']), [['a', 'User interviews']]],
    ['has another tag', ['SQL'], question('a', ['mysql']), []],
    ['has no tag', ['SQL'], question('a', []), []],
    ['is for somebody who gives nothing', [], question('a', ['sql']), []],
    ['is their own', ['SQL'], question('a', ['sql'], { authorId: 'inès' }), []],
    ['is muted, or was asked of them', ['SQL'], question('muted', ['sql']), []],
  ])('given one that %s', (_, gives, one, expected) => {
    expect(fitting(gives, one)).toEqual(expected);
  });

  it('given many, then three: what asks for more first, then the latest, then always the same', () => {
    const late = question('late', ['sql'], { createdAt: new Date('2026-10-09T10:00:00Z') });
    const both = question('both', ['sql', 'design']);
    const [b, a] = [question('b', ['sql']), question('a', ['sql'])];
    expect(fitting(['SQL', 'Design'], b, a, late, both).map(([id]) => id)).toEqual(['both', 'late', 'a']);
  });
});
