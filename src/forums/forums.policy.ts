import type { CohortActor } from '../common/actor.js';
import type { Post, Topic } from '../contracts/forums.js';

/** What the rules look at; ids as texts. */
export interface PostFacts {
  authorId: string;
  number: number;
  deleted: boolean;
  topicAuthorId: string;
}

/** Every member reads and writes, in a closed cohort too. Authors edit their own words, staff only take away. */
export function postAbilities(actor: CohortActor, post: PostFacts): Post['abilities'] {
  const mine = post.authorId === actor.userId;
  const staff = actor.role === 'staff';
  const alive = !post.deleted;
  return {
    edit: alive && mine,
    delete: alive && (mine || staff),
    vote: alive && !mine,
    accept: alive && post.number > 1 && (staff || post.topicAuthorId === actor.userId),
  };
}

/** The author and staff may rename a topic and say which post answers it. */
export function topicAbilities(actor: CohortActor, topic: { authorId: string }): Topic['abilities'] {
  const mayLead = actor.role === 'staff' || topic.authorId === actor.userId;
  return { edit: mayLead, reply: true, accept: mayLead };
}
