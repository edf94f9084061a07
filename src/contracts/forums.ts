import { z } from 'zod';
import { composed } from './composed.js';
import { ClientId, Id, Instant, Line, PageQuery, Person, Text } from './primitives.js';

export const SubscriptionLevel = z.enum(['watching', 'tracking', 'normal', 'muted']);
export type SubscriptionLevel = z.infer<typeof SubscriptionLevel>;

/** A tag: lower-case words joined by dashes. */
export const Tag = z
  .string()
  .max(120, { abort: true })
  .overwrite((value) => composed(value).toLowerCase())
  .max(30)
  .regex(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u);

/** A topic in a list. `state`: unanswered (nobody but the author wrote), open, solved (an answer is accepted). */
export const TopicSummary = z.object({
  id: Id,
  title: z.string(),
  tags: z.array(z.string()),
  author: Person,
  state: z.enum(['unanswered', 'open', 'solved']),
  posts: z.number(),
  votes: z.number(),
  createdAt: Instant,
  lastPostAt: Instant,
  lastAuthor: Person,
  excerpt: z.string(),
});
export type TopicSummary = z.infer<typeof TopicSummary>;

/**
 * A post; the first one of a topic is its question. `body` is markdown in which `<@userId>` names a member (their faces are in
 * `mentions`); null with `deletedAt` is a tombstone. An author without a name is a former member. `quotes` are the messages of chat that a topic begins with, below
 * `body`: each of `author` or of `bot`, its `body` null once it is gone in chat; `staying` counts the messages of that thread that were not carried here.
 */
export const Post = z.object({
  id: Id,
  topicId: Id,
  number: z.number(),
  author: Person,
  body: z.string().nullable(),
  quotes: z.array(z.object({ author: Person.nullable(), bot: z.string().nullable(), body: z.string().nullable() })),
  staying: z.number(),
  mentions: z.array(Person),
  votes: z.number(),
  voted: z.boolean(),
  isAnswer: z.boolean(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  abilities: z.object({ edit: z.boolean(), delete: z.boolean(), vote: z.boolean(), accept: z.boolean() }),
});
export type Post = z.infer<typeof Post>;

/** A thread of chat: its channel and the message that it hangs on. */
export const ThreadRef = z.strictObject({ channelId: Id, messageId: Id });
export type ThreadRef = z.infer<typeof ThreadRef>;

/** `thread` is the chat thread that the topic continues, `workshop` the one of which it asks, each for who may read it. */
export const Topic = TopicSummary.extend({
  cohortId: Id,
  question: Post,
  answer: Post.nullable(),
  thread: ThreadRef.nullable(),
  workshop: z.object({ id: Id, title: z.string() }).nullable(),
  subscription: SubscriptionLevel,
  abilities: z.object({ edit: z.boolean(), reply: z.boolean(), accept: z.boolean() }),
});
export type Topic = z.infer<typeof Topic>;

/**
 * POST C/topics. With `fromThread` the messages of a chat thread are quoted below `body`, which may then be left out: all of them from a
 * channel that is open to the cohort, else one's own only. A thread becomes one topic: asked again, the answer is that topic.
 * `aboutWorkshop`: it follows up a workshop, whose page lists it; the author must see the workshop (422 `unknown`).
 * The same `clientId` of mine again answers the topic that it made.
 */
export const CreateTopic = z
  .strictObject({
    title: Line(150, 5),
    body: Text(30_000, 1).optional(),
    tags: z.array(Tag).max(5).default([]),
    fromThread: ThreadRef.optional(),
    aboutWorkshop: Id.optional(),
    clientId: ClientId.optional(),
  })
  .refine(({ body, fromThread }) => body !== undefined || fromThread !== undefined, {
    path: ['body'],
    params: { code: 'required' },
    // Said together with what else is wrong.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .meta({ anyOf: [{ required: ['body'] }, { required: ['fromThread'] }] });
export type CreateTopic = z.infer<typeof CreateTopic>;

export const UpdateTopic = z.strictObject({ title: Line(150, 5).optional(), tags: z.array(Tag).max(5).optional() });
export type UpdateTopic = z.infer<typeof UpdateTopic>;

export const WritePost = z.strictObject({ body: Text(30_000, 1) });
export type WritePost = z.infer<typeof WritePost>;

/** POST C/topics/:id/posts. The same `clientId` of mine again answers the reply that it made. */
export const WriteReply = WritePost.extend({ clientId: ClientId.optional() });
export type WriteReply = z.infer<typeof WriteReply>;

export const AcceptAnswer = z.strictObject({ postId: Id });
export type AcceptAnswer = z.infer<typeof AcceptAnswer>;

export const SetSubscription = z.strictObject({ level: SubscriptionLevel });
export type SetSubscription = z.infer<typeof SetSubscription>;

/** POST C/posts/:id/flag: hands the post over, as it is now, to staff. Once for each person and text of it: again, nothing. 409 `own_words`, `too_many_reports`. */
export const FlagPost = z.strictObject({ reason: Line(500) });
export type FlagPost = z.infer<typeof FlagPost>;

/** GET C/topics. `state=unanswered` lists the oldest first: they wait longest. */
export const TopicsQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  tag: z.string().max(30).optional(),
  state: z.enum(['unanswered', 'solved']).optional(),
  mine: z.enum(['true', 'false']).optional(),
  /** Those that follow up a workshop. */
  workshop: Id.optional(),
  sort: z.enum(['latest', 'oldest', 'votes']).optional(),
});
export type TopicsQuery = z.infer<typeof TopicsQuery>;

/** GET C/topics/similar: topics that share words with a title being typed, the most alike first, at most 5. */
export const SimilarTopicsQuery = z.strictObject({ title: z.string().max(300) });
export type SimilarTopicsQuery = z.infer<typeof SimilarTopicsQuery>;

/**
 * GET C/flags (staff): posts of others that somebody asked staff to look at, the oldest first; DELETE C/flags/:flagId when that is done. `text` and `topicTitle` are
 * as they were then, `state` says what became of the post since.
 */
export const PostFlag = z.object({
  id: Id,
  topicId: Id,
  topicTitle: z.string(),
  post: z.object({
    id: Id,
    number: z.number(),
    author: Person,
    excerpt: z.string(),
    state: z.enum(['same', 'edited', 'deleted']),
  }),
  text: z.string(),
  by: Person,
  reason: z.string(),
  createdAt: Instant,
});
export type PostFlag = z.infer<typeof PostFlag>;

/** Counts for the tabs and the tag filter: GET C/topics/counts. */
export const TopicCounts = z.object({
  all: z.number(),
  unanswered: z.number(),
  solved: z.number(),
  mine: z.number(),
  tags: z.array(z.object({ tag: z.string(), topics: z.number() })),
});
export type TopicCounts = z.infer<typeof TopicCounts>;

/** Socket events to the cohort. */
export const TopicChanged = z.object({ cohortId: Id, topicId: Id, state: TopicSummary.shape.state, posts: z.number() });
export type TopicChanged = z.infer<typeof TopicChanged>;
export const PostCreated = z.object({ cohortId: Id, topicId: Id, postId: Id, number: z.number(), authorId: Id });
export type PostCreated = z.infer<typeof PostCreated>;
