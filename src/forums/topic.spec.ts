import type { CohortActor } from '../common/actor.js';
import { postAbilities, topicAbilities } from './forums.policy.js';
import { mentionedIds, stateOf, topicWords, withNames } from './topic.js';

const ZOE = '65f000000000000000000001';
const ALI = '65f000000000000000000002';

describe('the state of a topic', () => {
  it.each([
    ['nobody but the author wrote', { solved: false, others: 0 }, 'unanswered'],
    ['somebody wrote', { solved: false, others: 2 }, 'open'],
    ['an answer is accepted', { solved: true, others: 1 }, 'solved'],
    ['the author answered alone', { solved: true, others: 0 }, 'solved'],
    ['nobody wrote in a question', { solved: false, others: 0, kind: 'question' as const }, 'unanswered'],
    ['it was closed without an answer', { solved: false, others: 0, closed: { how: 'closed' } }, 'open'],
    ['nobody wrote in a discussion', { solved: false, others: 0, kind: 'discussion' as const }, 'open'],
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
});

describe('who may do what', () => {
  const actor = (userId: string, role: CohortActor['role']) => ({ userId, role }) as CohortActor;
  const post = { authorId: ALI, number: 2, deleted: false, topicAuthorId: ZOE, topicKind: 'question' as const };

  it.each([
    [
      'its author',
      actor(ALI, 'fellow'),
      post,
      { edit: true, delete: true, wiki: true, vote: false, accept: false, restore: false },
    ],
    [
      'the asker',
      actor(ZOE, 'fellow'),
      post,
      { edit: false, delete: false, wiki: false, vote: true, accept: true, restore: false },
    ],
    [
      'staff',
      actor('s', 'staff'),
      post,
      { edit: false, delete: true, wiki: true, vote: true, accept: true, restore: false },
    ],
    [
      'alumni',
      actor('a', 'alumni'),
      post,
      { edit: false, delete: false, wiki: false, vote: true, accept: false, restore: false },
    ],
    [
      'the asker with the question',
      actor(ZOE, 'fellow'),
      { ...post, authorId: ZOE, number: 1 },
      { edit: true, delete: true, wiki: true, vote: false, accept: false, restore: false },
    ],
    [
      'the asker of a discussion',
      actor(ZOE, 'fellow'),
      { ...post, topicKind: 'discussion' as const },
      { edit: false, delete: false, wiki: false, vote: true, accept: false, restore: false },
    ],
    [
      'alumni with a wiki',
      actor('a', 'alumni'),
      { ...post, wiki: true },
      { edit: true, delete: false, wiki: false, vote: true, accept: false, restore: false },
    ],
    [
      'its author with a tombstone',
      actor(ALI, 'fellow'),
      { ...post, deleted: true },
      { edit: false, delete: false, wiki: false, vote: false, accept: false, restore: false },
    ],
  ])('with a post: %s', (_name, who, what, abilities) =>
    expect(postAbilities(who, what, new Date())).toEqual(abilities),
  );

  it('with a discussion: nothing answers it', () => {
    const lead = topicAbilities(actor('s', 'staff'), { authorId: ZOE, kind: 'discussion', closed: null });
    expect(lead).toMatchObject({ edit: true, reply: true, accept: false });
  });

  it('with a topic: its author and staff lead', () => {
    expect(topicAbilities(actor(ZOE, 'host'), { authorId: ZOE, kind: 'question', closed: null })).toMatchObject({
      edit: true,
      reply: true,
      accept: true,
    });
    expect(topicAbilities(actor('s', 'staff'), { authorId: ZOE, kind: 'question', closed: null })).toMatchObject({
      edit: true,
      reply: true,
      accept: true,
    });
    expect(topicAbilities(actor(ALI, 'coach'), { authorId: ZOE, kind: 'question', closed: null })).toMatchObject({
      edit: false,
      reply: true,
      accept: false,
    });
  });
});
