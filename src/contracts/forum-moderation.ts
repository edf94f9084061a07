import { z } from 'zod';
import { Tag, TopicKind } from './forums.js';
import { MAX_MOVED, SLOW_MINUTES } from './limits.js';
import { Id, Instant, Line, Person, PlainDate } from './primitives.js';

const Why = Line(200).optional();

/**
 * POST C/topics/:id/close (its author, and staff), .../reopen (whoever of them closed it, and staff; what was marked as a duplicate is one no more), .../lock (staff). 409 `topic_closed`,
 * `topic_locked`, each with `why`, and `topic_open`, for what it is already.
 */
export const CloseTopic = z.strictObject({ why: Why });
export type CloseTopic = z.infer<typeof CloseTopic>;

/** PUT C/topics/:id/pin (staff): first in the list until the end of that day in the zone of the cohort; DELETE ends it. 422 `past`, `too_far` (beyond a year). */
export const PinTopic = z.strictObject({ until: PlainDate, why: Why });
export type PinTopic = z.infer<typeof PinTopic>;

/**
 * PUT C/topics/:id/slow (staff): each member but staff writes one reply in so many minutes, until the end of that day in the zone of the cohort; without a day until DELETE ends it. What was written
 * before counts; an edit is no reply. 422 `past`, `too_far` (beyond a year).
 */
export const SlowTopic = z.strictObject({
  minutes: z.literal([...SLOW_MINUTES]),
  until: PlainDate.optional(),
  why: Why,
});
export type SlowTopic = z.infer<typeof SlowTopic>;

/**
 * POST C/topics/:id/move (staff): replies go to another topic, or to a new one with this title, of which the first of them is the beginning. All or none: 409 `posts_gone` where one of them was
 * deleted or moved meanwhile; 422 `/postIds` `is_question`, `/toTopicId` `unknown`, `same_topic`. A line stays where each stood. Answers with the topic where they are.
 */
export const MovePosts = z
  .strictObject({
    postIds: z.array(Id).min(1).max(MAX_MOVED),
    toTopicId: Id.optional(),
    title: Line(150, 5).optional(),
    kind: TopicKind.default('question'),
    tags: z.array(Tag).max(5).optional(),
    why: Why,
  })
  .refine(({ toTopicId, title }) => (toTopicId === undefined) !== (title === undefined), {
    path: ['title'],
    params: { code: 'required' },
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .meta({ oneOf: [{ required: ['toTopicId'] }, { required: ['title'] }] });
export type MovePosts = z.infer<typeof MovePosts>;

/**
 * POST C/topics/:id/merge (staff): all posts go to another topic, the question as a reply with its heading, and with them followers, and the answer where that one has none. Its addresses lead
 * there. 409 `too_many_posts`; 422 `/intoTopicId` `unknown`, `same_topic`. Answers with the other topic.
 */
export const MergeTopic = z.strictObject({ intoTopicId: Id, why: Why });
export type MergeTopic = z.infer<typeof MergeTopic>;

/**
 * POST C/topics/:id/duplicate (its author, and staff): the question was asked before, in `ofTopicId`. It closes; who voted for it votes for that one, who follows it follows that one, each once.
 * 409 `is_duplicate` with the `topicId` of the one that it leads to itself, `not_a_question`; 422 `/ofTopicId` `unknown`, `same_topic`.
 */
export const MarkDuplicate = z.strictObject({ ofTopicId: Id });
export type MarkDuplicate = z.infer<typeof MarkDuplicate>;

/** GET C/topics/:id/posts/:number: where the post stands that has, or once had, this number there. Also where the topic was merged into another. */
export const PostPlace = z.object({ topicId: Id, postId: Id, number: z.number() });
export type PostPlace = z.infer<typeof PostPlace>;

export const TopicActKind = z.enum([
  'closed',
  'locked',
  'reopened',
  'pinned',
  'unpinned',
  'slowed',
  'hastened',
  'moved_away',
  'moved_here',
  'merged_here',
  'duplicate',
  'answer_chosen',
  'answer_withdrawn',
]);
export type TopicActKind = z.infer<typeof TopicActKind>;

/**
 * GET C/topics/:id/acts, the newest first: what was done with a topic itself, by whom, when and why. `topic` is the other one of a move, a merge or a duplicate, as far as it is there; `posts` counts what moved; `post` is the answer
 * that was chosen, null where it is gone; `until` the last day of a pin or of slow mode, `minutes` how slow that is.
 */
export const TopicAct = z.object({
  id: Id,
  what: TopicActKind,
  by: Person,
  at: Instant,
  why: z.string().nullable(),
  topic: z.object({ id: Id, title: z.string() }).nullable(),
  posts: z.number().nullable(),
  post: z.object({ number: z.number(), author: Person }).nullable(),
  until: PlainDate.nullable(),
  minutes: z.number().nullable(),
});
export type TopicAct = z.infer<typeof TopicAct>;
