import { type Candidate, isAbout, likelyHelpers, sparedHelpers } from './helper-rule.js';

const one = (userId: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ userId, gives: [], answers: 0, askedLately: 0 },
  ...more,
});
const idsOf = (tags: string[], ...candidates: Candidate[]) =>
  likelyHelpers(tags, candidates).map(({ userId }) => userId);

describe('who may know', () => {
  it('given what they give and what they answered, then both count, and more answers count no more than three', () => {
    const gives = one('gives', { gives: ['Accessibility audits'] });
    const answered = one('answered', { answers: 1 });
    const both = one('both', { gives: ['Accessibility'], answers: 1 });
    const many = one('many', { answers: 40 });
    expect(idsOf(['accessibility'], gives, answered, both, many)).toEqual(['both', 'many', 'gives']);
  });

  it('given nothing that speaks for them, or asked enough, then they are not named', () => {
    expect(idsOf(['accessibility'], one('a'), one('b', { gives: ['SQL'] }))).toEqual([]);
    expect(idsOf(['sql'], one('a', { gives: ['SQL'], askedLately: 3 }))).toEqual([]);
    expect(idsOf([], one('a', { gives: ['SQL'] }))).toEqual([]);
  });

  it('given equals, then who was asked less first, then always the same', () => {
    const sql = (userId: string, askedLately = 0) => one(userId, { gives: ['SQL'], askedLately });
    expect(idsOf(['sql'], sql('c', 2), sql('b'), sql('a'), sql('d', 1))).toEqual(['a', 'b', 'd']);
  });

  it('given who was asked enough, then they are spared, the likeliest first, and who has no reason is not', () => {
    const asked = (userId: string, more: Partial<Candidate>) => one(userId, { askedLately: 3, ...more });
    const all = [
      asked('a', {}),
      asked('b', { answers: 1 }),
      asked('c', { gives: ['SQL'] }),
      one('d', { gives: ['SQL'] }),
    ];
    expect(sparedHelpers(['sql'], all).map(({ userId }) => userId)).toEqual(['c', 'b']);
    expect(idsOf(['sql'], ...all)).toEqual(['d']);
  });

  it('says why', () => {
    expect(likelyHelpers(['open-data'], [one('a', { gives: ['Design', 'Open data'], answers: 2 })])).toEqual([
      { userId: 'a', gives: 'Open data', answers: 2 },
    ]);
  });
});

it.each([
  ['Accessibilité', 'accessibilite', true],
  ['Open data', 'open-data', true],
  ['Data', 'open-data', true],
  ['SQL', 'mysql', false],
  ['User research and interviews', 'interviews', true],
  ['', 'sql', false],
  ['🎉', 'sql', false],
])('given %j and the tag %j, then about it: %s', (skill, tag, expected) => {
  expect(isAbout(skill, tag)).toBe(expected);
});
