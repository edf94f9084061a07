import type { CohortActor } from '../common/actor.js';
import type { ClosedHow } from '../contracts/forum-states.js';
import type { Topic, TopicKind } from '../contracts/forums.js';
import { postAbilities, topicAbilities } from './forums.policy.js';

type Deed = keyof Topic['abilities'];

const actor = (userId: string, role: CohortActor['role'] = 'fellow') => ({ userId, role }) as CohortActor;
const WHO = {
  author: actor('zoe'),
  other: actor('ali', 'coach'),
  staff: actor('aurore', 'staff'),
};

const topic = (how: ClosedHow | null = null, byId = 'aurore', kind: TopicKind = 'question') => ({
  ...{ authorId: 'zoe', kind },
  closed: how && { how, byId, why: null },
});

/** What each may do. */
const may = (of: ReturnType<typeof topic>) =>
  Object.fromEntries(
    Object.entries(WHO).map(([who, one]) => {
      const abilities = topicAbilities(one, of);
      return [who, (Object.keys(abilities) as Deed[]).filter((deed) => abilities[deed]).join(' ')];
    }),
  );

describe('what is done with a topic', () => {
  it.each([
    [
      'an open question',
      topic(),
      {
        author: 'edit reply react accept close duplicate',
        other: 'reply react',
        staff: 'edit reply react accept close lock pin slow move merge duplicate',
      },
    ],
    [
      'an open discussion',
      topic(null, '', 'discussion'),
      {
        author: 'edit reply react close',
        other: 'reply react',
        staff: 'edit reply react close lock pin slow move merge',
      },
    ],
    [
      'closed by its author',
      topic('closed', 'zoe'),
      {
        author: 'edit react accept reopen',
        other: 'react',
        staff: 'edit react accept reopen lock pin slow move merge duplicate',
      },
    ],
    [
      'closed by staff',
      topic('closed'),
      {
        author: 'edit react accept',
        other: 'react',
        staff: 'edit react accept reopen lock pin slow move merge duplicate',
      },
    ],
    [
      'a duplicate, as its author said',
      topic('duplicate', 'zoe'),
      {
        author: 'edit react accept reopen',
        other: 'react',
        staff: 'edit react accept reopen lock pin slow move merge',
      },
    ],
    [
      'locked',
      topic('locked'),
      {
        author: '',
        other: '',
        staff: 'edit reply react accept reopen pin slow move merge',
      },
    ],
    [
      'locked by its author, who was of the staff then',
      topic('locked', 'zoe'),
      {
        author: '',
        other: '',
        staff: 'edit reply react accept reopen pin slow move merge',
      },
    ],
  ])('%s', (_name, of, who) => expect(may(of)).toEqual(who));
});

describe('what is done with a post of a locked topic', () => {
  const post = {
    ...{ authorId: 'zoe', number: 2, deleted: false, topicAuthorId: 'ali', topicKind: 'question' as const },
    topicClosed: { how: 'locked' as const },
  };

  it.each([
    [
      'nothing by its author',
      WHO.author,
      { edit: false, delete: false, vote: false, accept: false, restore: false, wiki: false },
    ],
    [
      'nothing by who asked',
      WHO.other,
      { edit: false, delete: false, vote: false, accept: false, restore: false, wiki: false },
    ],
    [
      'all as ever by staff',
      WHO.staff,
      { edit: false, delete: true, vote: true, accept: true, restore: false, wiki: true },
    ],
  ])('%s', (_name, who, abilities) => expect(postAbilities(who, post, new Date())).toEqual(abilities));

  it('nor is what its author deleted brought back', () => {
    const now = new Date();
    const gone = { ...post, deleted: true, deletedBy: 'zoe', keptSince: now };
    expect(postAbilities(WHO.author, gone, now).restore).toBe(false);
    expect(postAbilities(WHO.author, { ...gone, topicClosed: null }, now).restore).toBe(true);
    expect(postAbilities(WHO.staff, gone, now).restore).toBe(true);
  });
});
