import { z } from 'zod';
import { composed } from './composed.js';
import { Closing, MovedPost, Pin, SlowMode } from './forum-states.js';
import { Attach, Attachment } from './files.js';
import { BeginPoll, Poll } from './forum/polls.js';
import { MAX_ATTACHMENTS } from './limits.js';
import { ClientId, Id, Instant, Line, PageQuery, Person, Reaction, Text } from './primitives.js';

export const SubscriptionLevel = z.enum(['watching', 'tracking', 'normal', 'muted']);
export type SubscriptionLevel = z.infer<typeof SubscriptionLevel>;

/** A question has an answer, which may be accepted; a discussion has none, and waits for none. */
export const TopicKind = z.enum(['question', 'discussion']);
export type TopicKind = z.infer<typeof TopicKind>;

/** How closely a person follows a tag or a whole forum. `watching_first`: they are told of each new topic, and not of its replies. */
export const ForumLevel = z.enum(['watching', 'watching_first', 'tracking', 'normal', 'muted']);
export type ForumLevel = z.infer<typeof ForumLevel>;

/** A tag: lower-case words joined by dashes. */
export const Tag = z
  .string()
  .max(120, { abort: true })
  // A capital I with a dot becomes two characters, of which one is a mark.
  .overwrite((value) => composed(value).toLowerCase().replaceAll('i\u0307', 'i'))
  .max(30)
  // Letters may bear marks: many scripts cannot be written without.
  .regex(/^([\p{L}\p{N}]\p{M}*)+(-([\p{L}\p{N}]\p{M}*)+)*$/u);

/**
 * A topic in a list. `state`: unanswered (nobody but the author wrote), open, solved (an answer is accepted); a discussion is open, and so is what was closed without an answer. `readNumber` is the number of the post
 * up to which I have read (0: never opened); `unread` counts others' living posts after it.
 */
export const TopicSummary = z.object({
  id: Id,
  kind: TopicKind,
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
  closed: Closing.nullable(),
  pinned: Pin.nullable(),
  readNumber: z.number(),
  unread: z.number(),
});
export type TopicSummary = z.infer<typeof TopicSummary>;

/**
 * A post; the first one of a topic is its question. `body` is markdown in which `<@userId>` names a member (their faces are in
 * `mentions`); null with `deletedAt` is a tombstone. An author without a name is a former member. `quotes` are the messages of chat that a topic begins with, below
 * `body`: each of `author` or of `bot`, its `body` null once it is gone in chat; `staying` counts the messages of that thread that were not carried here. `quoted` are the posts of the
 * cohort that `body` quotes, each below a line `> <#postId>` (written `> <#number name>`), but for those that are gone. What it said before its `version` is in its history. A deleted one has no
 * `attachments`. A `wiki` is edited by every member (PUT, DELETE C/posts/:id/wiki: its author and staff); `editedBy` edited it last. `hidden`: a tombstone of what was flagged, by its `flags`
 * alone until staff have looked, or by `staff`. `reactors` are the faces of those who put `reactions` on it. `heading` is the title of the topic that it began before that was merged. `poll` is voted on (forum/polls.ts). `moved`: it
 * stood here, and nothing of it is here any more.
 */
export const Post = z.object({
  id: Id,
  topicId: Id,
  number: z.number(),
  author: Person,
  heading: z.string().nullable(),
  body: z.string().nullable(),
  poll: Poll.nullable(),
  attachments: z.array(Attachment),
  quotes: z.array(z.object({ author: Person.nullable(), bot: z.string().nullable(), body: z.string().nullable() })),
  staying: z.number(),
  quoted: z.array(z.object({ id: Id, topicId: Id, number: z.number(), author: Person })),
  mentions: z.array(Person),
  votes: z.number(),
  voted: z.boolean(),
  reactions: z.array(Reaction),
  reactors: z.array(Person),
  isAnswer: z.boolean(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  version: z.number(),
  editedBy: Person.nullable(),
  wiki: z.boolean(),
  deletedAt: Instant.nullable(),
  deletedBy: Person.nullable(),
  hidden: z.enum(['flags', 'staff']).nullable(),
  moved: MovedPost.nullable(),
  abilities: z.object({
    edit: z.boolean(),
    delete: z.boolean(),
    vote: z.boolean(),
    accept: z.boolean(),
    restore: z.boolean(),
    wiki: z.boolean(),
  }),
});
export type Post = z.infer<typeof Post>;

/** Uploads of mine for the cohort that go with what I write, in this order. */
export const Attachments = z.array(Attach).max(MAX_ATTACHMENTS);

/** The revision of my draft of this (forum-drafts.ts): it goes as this is posted, unless it was written on elsewhere. */
const OfDraft = z.number().int().min(1);

/** A thread of chat: its channel and the message that it hangs on. */
export const ThreadRef = z.strictObject({ channelId: Id, messageId: Id });
export type ThreadRef = z.infer<typeof ThreadRef>;

/** `chosen` says who chose the answer, and when (null for one from before that was kept). `duplicateOf` is the topic in which its question was asked before. `thread` is the chat thread that the topic continues, `workshop` the one of which it asks, each for who may read it; `handbookPage` the page of the handbook that was made from it, `commonsTopic` the topic of the commons in which its author opened it to all cohorts. `readAt` is when I last read on in it, or first wrote; `subscription` the level that holds; `draft` the revision of a reply that I began (forum-drafts.ts), `edits` the posts of the cohort that I began to change. `nextReplyAt` is when I may reply again in slow mode, null where I may now. */
export const Topic = TopicSummary.extend({
  cohortId: Id,
  question: Post,
  answer: Post.nullable(),
  chosen: z.object({ by: Person, at: Instant }).nullable(),
  duplicateOf: z.object({ id: Id, title: z.string() }).nullable(),
  thread: ThreadRef.nullable(),
  workshop: z.object({ id: Id, title: z.string() }).nullable(),
  handbookPage: Id.nullable(),
  commonsTopic: Id.nullable(),
  subscription: SubscriptionLevel,
  readAt: Instant.nullable(),
  draft: z.number().nullable(),
  edits: z.array(Id),
  slow: SlowMode.nullable(),
  nextReplyAt: Instant.nullable(),
  abilities: z.object({
    ...{ edit: z.boolean(), reply: z.boolean(), react: z.boolean(), accept: z.boolean() },
    ...{ close: z.boolean(), reopen: z.boolean(), lock: z.boolean(), pin: z.boolean(), slow: z.boolean() },
    ...{ move: z.boolean(), merge: z.boolean(), duplicate: z.boolean() },
  }),
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
    kind: TopicKind.default('question'),
    body: Text(30_000, 1).optional(),
    attachments: Attachments.optional(),
    poll: BeginPoll.optional(),
    tags: z.array(Tag).max(5).default([]),
    fromThread: ThreadRef.optional(),
    aboutWorkshop: Id.optional(),
    clientId: ClientId.optional(),
    draft: OfDraft.optional(),
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

/**
 * PATCH C/posts/:id. What it said before is kept in its history, with who changed it and `why`. `attachments` are all its files from now on: those that it has or had,
 * and new uploads of mine; left out, they stay as they are. `seen` is
 * the `body` from which I began: what others changed since stands beside mine, paragraph by paragraph; 409 `edited_meanwhile` (`EditedMeanwhile`) where both changed the
 * same one. Needed for a wiki. `seenAttachments` are the files from which I began: those that others added since stay, and those that they took out stay out.
 */
export const EditPost = WritePost.extend({
  why: Line(120).optional(),
  attachments: Attachments.optional(),
  seen: Text(30_000).optional(),
  seenAttachments: Attachments.optional(),
  draft: OfDraft.optional(),
});
export type EditPost = z.infer<typeof EditPost>;

/** POST C/topics/:id/posts. The same `clientId` of mine again answers the reply that it made. 409 `topic_closed`, `topic_locked`, each with `why`; `slow_mode` with the instant `until` which I wait. */
export const WriteReply = WritePost.extend({
  clientId: ClientId.optional(),
  attachments: Attachments.optional(),
  poll: BeginPoll.optional(),
  draft: OfDraft.optional(),
});
export type WriteReply = z.infer<typeof WriteReply>;

/** GET C/topics/:id/posts: in their order, from the post `from` on, or the last ones before the post `before`. */
export const PostsQuery = PageQuery.extend({
  from: z.coerce.number().int().min(1).optional(),
  before: z.coerce.number().int().min(1).optional(),
});
export type PostsQuery = z.infer<typeof PostsQuery>;

/** PUT C/topics/:id/read: I have read up to this post. Never moves back, nor past the last post. The topic may be tracked by that, as `subscription` says. */
export const MarkTopicRead = z.strictObject({ number: z.number().int().min(1) });
export type MarkTopicRead = z.infer<typeof MarkTopicRead>;

export const TopicReadState = TopicSummary.pick({ readNumber: true, unread: true }).extend({
  subscription: SubscriptionLevel,
});
export type TopicReadState = z.infer<typeof TopicReadState>;

export const AcceptAnswer = z.strictObject({ postId: Id });
export type AcceptAnswer = z.infer<typeof AcceptAnswer>;

export const SetSubscription = z.strictObject({ level: SubscriptionLevel });
export type SetSubscription = z.infer<typeof SetSubscription>;

/**
 * PUT C/tags/:tag/subscription (404 for a tag that no topic has and I chose no level for, 409 `too_many_tag_levels` beyond 200 of them) and C/forum/subscription. For a topic, what was chosen
 * for it stands over what was chosen for its tags, and that over the whole.
 */
export const SetForumLevel = z.strictObject({ level: ForumLevel });
export type SetForumLevel = z.infer<typeof SetForumLevel>;

/** GET C/forum/subscription: my level of the whole forum, and those of the tags for which I chose one. */
export const ForumLevels = z.object({
  level: ForumLevel,
  tags: z.array(z.object({ tag: z.string(), level: ForumLevel })),
});
export type ForumLevels = z.infer<typeof ForumLevels>;

/**
 * GET C/topics. `state=unanswered` lists the oldest first: they wait longest. `list=new`: begun by others since I joined, at most 30 days ago, and never opened by
 * me; `list=unread`: those I watch or track in which something is unread; `list=fresh`: what is in either.
 */
export const TopicsQuery = PageQuery.extend({
  q: z.string().max(100).optional(),
  tag: z.string().max(30).optional(),
  state: z.enum(['unanswered', 'solved']).optional(),
  list: z.enum(['new', 'unread', 'fresh']).optional(),
  mine: z.enum(['true', 'false']).optional(),
  /** Those that follow up a workshop. */
  workshop: Id.optional(),
  sort: z.enum(['latest', 'oldest', 'votes']).optional(),
});
export type TopicsQuery = z.infer<typeof TopicsQuery>;

/** GET C/topics/similar: topics that share words with a title being typed, the most alike first, at most 5. */
export const SimilarTopicsQuery = z.strictObject({ title: z.string().max(300) });
export type SimilarTopicsQuery = z.infer<typeof SimilarTopicsQuery>;

/** Counts for the tabs and the tag filter: GET C/topics/counts. `fresh` is of my own list. */
export const TopicCounts = z.object({
  all: z.number(),
  fresh: z.number(),
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

/** Socket event to a person's own devices: how far they have read a topic. */
export const TopicRead = TopicReadState.extend({ cohortId: Id, topicId: Id });
export type TopicRead = z.infer<typeof TopicRead>;
