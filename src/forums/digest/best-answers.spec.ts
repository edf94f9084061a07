import { type Answer, bestAnswers } from './best-answers.js';

const SINCE = new Date('2026-10-06T06:30:00Z');
const at = (day: number) => new Date(`2026-10-${String(day).padStart(2, '0')}T10:00:00Z`);
const answer = (id: string, more: Partial<Answer> = {}): Answer => ({
  ...{ id, topicId: `topic of ${id}`, authorId: 'léo', askedBy: 'zoé', acceptedAt: null, createdAt: at(8), thanks: 0 },
  ...more,
});
const best = (...answers: Answer[]) =>
  bestAnswers({ userId: 'inès', since: SINCE, muted: new Set(['muted']) }, answers).map(({ id }) => id);

describe('the best answers of a digest', () => {
  it.each<[string, Answer, boolean]>([
    ['accepted since the last one', answer('a', { acceptedAt: at(9) }), true],
    ['accepted since, written long before', answer('a', { acceptedAt: at(9), createdAt: at(1) }), true],
    ['accepted before the last one', answer('a', { acceptedAt: at(5), thanks: 9 }), false],
    ['thanked for by two', answer('a', { thanks: 2 }), true],
    ['thanked for by one', answer('a', { thanks: 1 }), false],
    ['thanked for, written before the last one', answer('a', { thanks: 9, createdAt: at(5) }), false],
    ['neither accepted nor thanked for', answer('a'), false],
    ['their own', answer('a', { acceptedAt: at(9), authorId: 'inès' }), false],
    ['to what they asked', answer('a', { acceptedAt: at(9), askedBy: 'inès' }), false],
    ['of a topic that they muted', answer('a', { acceptedAt: at(9), topicId: 'muted' }), false],
    ['who asked answered it', answer('a', { acceptedAt: at(9), authorId: 'zoé' }), true],
  ])('given one that is %s, then %#', (_, one, isNamed) => {
    expect(best(one)).toEqual(isNamed ? ['a'] : []);
  });

  it('given many, then the three weightiest, of equals the latest, then always the same', () => {
    const accepted = answer('accepted', { acceptedAt: at(7), thanks: 1 });
    const loved = answer('loved', { thanks: 5 });
    const later = answer('later', { acceptedAt: at(9) });
    const [b, a] = [answer('b', { acceptedAt: at(8) }), answer('a', { acceptedAt: at(8) })];
    expect(best(b, a, later, loved, accepted)).toEqual(['loved', 'accepted', 'later']);
    expect(best(b, a)).toEqual(['a', 'b']);
  });

  it('given two of one topic, then the weightier', () => {
    const one = answer('one', { topicId: 't', thanks: 2 });
    const two = answer('two', { topicId: 't', acceptedAt: at(9) });
    expect(best(one, two)).toEqual(['two']);
  });
});
