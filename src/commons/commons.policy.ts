import type { CommonsActor } from '../cohorts/commons/commons-access.js';
import type { CommonsPost } from '../contracts/commons/commons.js';

/** Staff of the cohort that a topic comes from keep order in it, whoever writes there, and so do admins of the installation. */
export const keepsOrder = ({ isAdmin, staffIn }: CommonsActor, topicCohortId: string): boolean =>
  isAdmin || staffIn.has(topicCohortId);

/** What of a topic the rules look at; ids as texts. */
export interface CommonsTopicFacts {
  authorId: string;
  cohortId: string;
}

/** As in the forum: who asked says which reply is the answer, or who keeps order. */
export const choosesAnswer = (actor: CommonsActor, { authorId, cohortId }: CommonsTopicFacts): boolean =>
  authorId === actor.userId || keepsOrder(actor, cohortId);

/** What the rules look at; ids as texts. */
export interface CommonsPostFacts {
  authorId: string;
  topicCohortId: string;
  /** It can be the answer: a reply to a question, and the actor chooses among those. */
  isToChoose?: boolean;
  isRemoved: boolean;
  isHidden: boolean;
}

/** Authors edit and delete their own words, also hidden ones; who keeps order removes. Whoever reads a post of somebody else may flag it. */
export function commonsPostAbilities(actor: CommonsActor, post: CommonsPostFacts): CommonsPost['abilities'] {
  const mine = post.authorId === actor.userId;
  const alive = !post.isRemoved;
  return {
    edit: alive && mine && !post.isHidden,
    delete: alive && (mine || keepsOrder(actor, post.topicCohortId)),
    flag: alive && !mine && !post.isHidden,
    accept: alive && !post.isHidden && post.isToChoose === true,
  };
}

/** A hidden post is read by its author and by those who decide. */
export const readsWords = (actor: CommonsActor, post: CommonsPostFacts): boolean =>
  !post.isRemoved && (!post.isHidden || post.authorId === actor.userId || keepsOrder(actor, post.topicCohortId));
