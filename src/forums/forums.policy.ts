import type { CohortActor } from '../common/actor.js';
import type { Post, Topic, TopicKind } from '../contracts/forums.js';
import { mayRestore } from './deleting/deletion.js';
import { type TopicDeed, type TopicStanding, mayReply, mayTouch, refusalOf } from './moderation/closing.js';

/** What the rules look at; ids as texts. */
export interface PostFacts {
  authorId: string;
  number: number;
  deleted: boolean;
  wiki?: boolean;
  topicAuthorId: string;
  topicKind: TopicKind;
  topicClosed?: Pick<NonNullable<TopicStanding['closed']>, 'how'> | null;
  /** Who deleted it, where that was kept. */
  deletedBy?: string | null;
  /** It was hidden because it was flagged. */
  hidden?: boolean;
  /** Since when a deleted one can be restored, while it can. */
  keptSince?: Date | null;
}

/** Every member reads and writes, in a closed cohort too. Authors edit their own words, all members those of a wiki; staff only take away. In a topic that staff locked nobody else does any of it. */
export function postAbilities(actor: CohortActor, post: PostFacts, now: Date): Post['abilities'] {
  const mine = post.authorId === actor.userId;
  const staff = actor.role === 'staff';
  const isOpen = mayTouch(actor, post.topicClosed ?? null);
  const alive = !post.deleted && isOpen;
  return {
    edit: alive && (mine || post.wiki === true),
    delete: alive && (mine || staff),
    wiki: alive && (mine || staff),
    vote: alive && !mine,
    accept: alive && post.number > 1 && post.topicKind === 'question' && (staff || post.topicAuthorId === actor.userId),
    restore:
      isOpen &&
      mayRestore(
        actor,
        {
          authorId: post.authorId,
          byId: post.deletedBy ?? null,
          hidden: post.hidden ?? false,
          keptSince: post.keptSince ?? null,
        },
        now,
      ),
  };
}

const DEEDS = ['close', 'reopen', 'lock', 'pin', 'slow', 'move', 'merge', 'duplicate'] satisfies TopicDeed[];

/** The author and staff may rename a topic and say which post answers it; nothing answers a discussion. What else may be done with it says `refusalOf`. */
export function topicAbilities(actor: CohortActor, topic: TopicStanding): Topic['abilities'] {
  const isOpen = mayTouch(actor, topic.closed);
  const mayLead = isOpen && (actor.role === 'staff' || topic.authorId === actor.userId);
  const deeds = DEEDS.map((deed) => [deed, refusalOf(deed, actor, topic) === null] as const);
  return {
    edit: mayLead,
    reply: mayReply(actor, topic.closed),
    react: isOpen,
    accept: mayLead && topic.kind === 'question',
    ...(Object.fromEntries(deeds) as Record<TopicDeed, boolean>),
  };
}
