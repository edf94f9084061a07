import type { CohortActor } from '../../common/actor.js';
import { type TopicDeed, type TopicStanding, closedProblem, refusalOf } from './closing.js';

const zoe = { userId: 'zoe', role: 'fellow' } as CohortActor;
const ali = { userId: 'ali', role: 'host' } as CohortActor;
const staff = { userId: 'aurore', role: 'staff' } as CohortActor;
const open: TopicStanding = { authorId: 'zoe', kind: 'question', closed: null };
const shut = (how: 'closed' | 'locked' | 'duplicate', byId = 'aurore'): TopicStanding => ({
  ...open,
  closed: { how, byId, why: 'Asked too often' },
});

describe('why something may not be done with a topic', () => {
  it.each<[string, TopicDeed, CohortActor, TopicStanding, string | null]>([
    ['another closes it', 'close', ali, open, 'forbidden'],
    ['its author closes it', 'close', zoe, open, null],
    ['it is closed', 'close', staff, shut('closed'), 'topic_closed'],
    ['it is locked', 'close', staff, shut('locked'), 'topic_locked'],
    ['its author locks it', 'lock', zoe, open, 'forbidden'],
    ['staff lock what is closed', 'lock', staff, shut('closed'), null],
    ['staff lock what is a duplicate', 'lock', staff, shut('duplicate'), null],
    ['it is locked already', 'lock', staff, shut('locked'), 'topic_locked'],
    ['it is open already', 'reopen', zoe, open, 'topic_open'],
    ['its author opens what staff closed', 'reopen', zoe, shut('closed'), 'forbidden'],
    ['its author opens what they closed', 'reopen', zoe, shut('closed', 'zoe'), null],
    ['its author opens what they locked as staff once', 'reopen', zoe, shut('locked', 'zoe'), 'forbidden'],
    ['another opens it', 'reopen', ali, shut('closed', 'ali'), 'forbidden'],
    ['staff open what is locked', 'reopen', staff, shut('locked'), null],
    ['its author says of what a duplicate', 'duplicate', zoe, open, null],
    ['its author says so of what is closed', 'duplicate', zoe, shut('closed', 'zoe'), 'topic_closed'],
    ['staff say so of what is closed', 'duplicate', staff, shut('closed'), null],
    ['it is one already', 'duplicate', staff, shut('duplicate'), 'topic_closed'],
    ['a locked one is a duplicate', 'duplicate', staff, shut('locked'), 'topic_locked'],
    ['a discussion is a duplicate', 'duplicate', staff, { ...open, kind: 'discussion' }, 'not_a_question'],
    ['its author pins it', 'pin', zoe, open, 'forbidden'],
    ['its author makes it slow', 'slow', zoe, open, 'forbidden'],
    ['its author moves posts', 'move', zoe, open, 'forbidden'],
    ['its author merges it', 'merge', zoe, open, 'forbidden'],
    ['staff merge what is locked', 'merge', staff, shut('locked'), null],
  ])('%s', (_name, deed, actor, topic, code) => expect(refusalOf(deed, actor, topic)?.code ?? null).toBe(code));

  it('says the reason that was given', () => {
    expect(closedProblem({ how: 'closed', why: 'Answered in the handbook' })).toMatchObject({
      ...{ status: 409, code: 'topic_closed', more: { why: 'Answered in the handbook' } },
    });
    expect(closedProblem({ how: 'locked', why: null })).toMatchObject({ code: 'topic_locked', more: { why: null } });
  });
});
