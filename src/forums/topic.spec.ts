import type { CohortActor } from '../common/actor.js';
import { postAbilities, topicAbilities } from './forums.policy.js';
import { likeness, mentionedIds, stateOf, tellingWords, topicWords, withNames } from './topic.js';

const ZOE = '65f000000000000000000001';
const ALI = '65f000000000000000000002';

describe('the state of a topic', () => {
  it.each([
    ['nobody but the author wrote', { solved: false, others: 0 }, 'unanswered'],
    ['somebody wrote', { solved: false, others: 2 }, 'open'],
    ['an answer is accepted', { solved: true, others: 1 }, 'solved'],
    ['the author answered alone', { solved: true, others: 0 }, 'solved'],
  ])('when %s', (_name, topic, state) => expect(stateOf(topic)).toBe(state));
});

describe('mentions', () => {
  it('are found once each, whatever the case, and nothing else is', () => {
    expect(mentionedIds(`<@${ZOE}> and <@${ALI.toUpperCase()}> and <@${ZOE}> and @zoe <@nobody>`)).toEqual([ZOE, ALI]);
  });

  it('are at most 20', () => {
    const body = Array.from({ length: 30 }, (_, index) => `<@${String(index).padStart(24, '0')}>`).join(' ');
    expect(mentionedIds(body)).toHaveLength(20);
  });

  it('become names in plain text', () => {
    expect(withNames(`ask <@${ZOE}> or <@${ALI}>`, new Map([[ZOE, 'Zoé']]))).toBe('ask @Zoé or @…');
  });
});

describe('finding topics', () => {
  it('by words without case and accents, and not by ids of people', () => {
    const words = topicWords('Événements à venir', ['open-data'], `Bonjour <@${ZOE}>`);
    expect(words).toEqual(['evenements', 'a', 'venir', 'open', 'data', 'bonjour']);
  });

  it('alike by the words they share, those of the title first', () => {
    const asked = tellingWords('How to publish a dataset?');
    expect(asked).toEqual(['publish', 'dataset']);
    const inTitle = { title: 'Publish a dataset', words: ['publish', 'a', 'dataset'] };
    const inBody = { title: 'A question', words: ['a', 'question', 'dataset'] };
    expect(likeness(inTitle, asked)).toBeGreaterThan(likeness(inBody, asked));
    expect(likeness({ title: 'Lunch', words: ['lunch'] }, asked)).toBe(0);
  });
});

describe('who may do what', () => {
  const actor = (userId: string, role: CohortActor['role']) => ({ userId, role }) as CohortActor;
  const post = { authorId: ALI, number: 2, deleted: false, topicAuthorId: ZOE };

  it.each([
    ['its author', actor(ALI, 'fellow'), post, { edit: true, delete: true, vote: false, accept: false }],
    ['the asker', actor(ZOE, 'fellow'), post, { edit: false, delete: false, vote: true, accept: true }],
    ['staff', actor('s', 'staff'), post, { edit: false, delete: true, vote: true, accept: true }],
    ['alumni', actor('a', 'alumni'), post, { edit: false, delete: false, vote: true, accept: false }],
    [
      'the asker with the question',
      actor(ZOE, 'fellow'),
      { ...post, authorId: ZOE, number: 1 },
      { edit: true, delete: true, vote: false, accept: false },
    ],
    [
      'its author with a tombstone',
      actor(ALI, 'fellow'),
      { ...post, deleted: true },
      { edit: false, delete: false, vote: false, accept: false },
    ],
  ])('with a post: %s', (_name, who, what, abilities) => expect(postAbilities(who, what)).toEqual(abilities));

  it('with a topic: its author and staff lead', () => {
    expect(topicAbilities(actor(ZOE, 'host'), { authorId: ZOE })).toEqual({ edit: true, reply: true, accept: true });
    expect(topicAbilities(actor('s', 'staff'), { authorId: ZOE })).toEqual({ edit: true, reply: true, accept: true });
    expect(topicAbilities(actor(ALI, 'coach'), { authorId: ZOE })).toEqual({ edit: false, reply: true, accept: false });
  });
});
