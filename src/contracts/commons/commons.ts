import { z } from 'zod';
import { FlagKind } from '../forum/flags.js';
import { TopicKind } from '../forums.js';
import { ClientId, Id, Instant, Line, PageQuery, Person, Text } from '../primitives.js';

/** What of a post stays in the cohort when it goes to the commons: its files, its poll, and what it quotes of others. */
export const Staying = z.enum(['files', 'poll', 'quotes']);
export type Staying = z.infer<typeof Staying>;

/**
 * A post of mine in a topic of a cohort, as it would be seen in the commons: markdown, in which whom it names and who is not in the commons topic is `@…`. `there`: it is seen there;
 * `hidden`: it is there, and flags hid it until staff have looked. `mixed` are not my words alone: others edited it. `empty` has no words of mine. `removed`: it was taken out of the commons by staff.
 */
export const OwnWords = z.object({
  id: Id,
  number: z.number(),
  body: z.string(),
  staying: z.array(Staying),
  state: z.enum(['free', 'there', 'hidden', 'mixed', 'empty', 'removed']),
});
export type OwnWords = z.infer<typeof OwnWords>;

/**
 * GET C/topics/:id/commons: where a topic of a cohort stands with the commons, for who asks. `part` is mine: its author opens it, who wrote in it says for their own words whether they
 * go along, staff ask its author. `commonsTopicId` while it is open; `removed`: staff took it out, and it stays closed. `asked` is by whom and since when I am asked, null where I am not or
 * have answered; `declined`: I said no, and may say yes later. `mine` are my posts in it, the first 200; `others` are who else wrote in it, and whether words of theirs are there.
 */
export const CommonsStanding = z.object({
  part: z.enum(['author', 'writer', 'staff', 'reader']),
  title: z.string(),
  tags: z.array(z.string()),
  commonsTopicId: Id.nullable(),
  removed: z.boolean(),
  asked: z.object({ by: Person, at: Instant }).nullable(),
  declined: z.boolean(),
  mine: z.array(OwnWords),
  others: z.array(z.object({ person: Person, posts: z.number(), isThere: z.boolean() })),
  abilities: z.object({ open: z.boolean(), join: z.boolean(), wish: z.boolean() }),
});
export type CommonsStanding = z.infer<typeof CommonsStanding>;

/**
 * POST C/topics/:id/commons: my words go to the commons, as they stand now: a copy, which does not follow what is edited here later. By the topic's author it is opened (the
 * question is among `postIds` then) and who else wrote in it is asked, each once; by others once it is open. What is there already stays as it is there; what flags hid there before comes hidden, and waits for staff. 403, 404, 409 `not_open`,
 * `removed_by_staff`, 422 `/postIds` `unknown`, `not_own`, `question_missing`.
 */
export const CarryWords = z.strictObject({ postIds: z.array(Id).min(1).max(200) });
export type CarryWords = z.infer<typeof CarryWords>;

/** GET /api/commons/topics: the latest first; `state=unanswered` those first that wait longest. `q`: each of its words begins one of title, tags, question or answer. */
export const CommonsTopicsQuery = PageQuery.extend({
  q: Line(200).optional(),
  tag: Line(40).optional(),
  state: z.enum(['unanswered', 'solved']).optional(),
});
export type CommonsTopicsQuery = z.infer<typeof CommonsTopicsQuery>;

/**
 * A topic that all cohorts and alumni of the installation read. `lastAt`: when something last came. `state` as in the forum: unanswered (nobody but its author wrote), open, solved (an answer is
 * chosen).
 */
export const CommonsTopicSummary = z.object({
  id: Id,
  kind: TopicKind,
  state: z.enum(['unanswered', 'open', 'solved']),
  title: z.string(),
  tags: z.array(z.string()),
  author: Person,
  excerpt: z.string(),
  posts: z.number(),
  openedAt: Instant,
  lastAt: Instant,
  lastAuthor: Person,
});
export type CommonsTopicSummary = z.infer<typeof CommonsTopicSummary>;

/**
 * A post in the commons. `body` is markdown; `<@userId>` in it names one of `mentions`, who all wrote in the topic. It is null for one that staff removed (`removed`) or that was flagged and is
 * hidden until they have looked (`hidden`; its author and those who may look read it). `carried`: it was written in a cohort, at `createdAt`.
 */
export const CommonsPost = z.object({
  id: Id,
  author: Person,
  body: z.string().nullable(),
  mentions: z.array(Person),
  isQuestion: z.boolean(),
  isAnswer: z.boolean(),
  carried: z.boolean(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  removed: z.boolean(),
  hidden: z.boolean(),
  abilities: z.object({ edit: z.boolean(), delete: z.boolean(), flag: z.boolean(), accept: z.boolean() }),
});
export type CommonsPost = z.infer<typeof CommonsPost>;

/**
 * GET /api/commons/topics/:id. `origin`, for members of the cohort that it comes from, is where its first post stands there now. `answer` is the reply that was chosen, `chosen` by whom and when: its author
 * may (`accept`), and so may staff of that cohort and admins. `delete`: I am one of those, and may remove all of it.
 */
export const CommonsTopic = CommonsTopicSummary.extend({
  origin: z.object({ cohortId: Id, topicId: Id }).nullable(),
  answer: CommonsPost.nullable(),
  chosen: z.object({ by: Person, at: Instant }).nullable(),
  abilities: z.object({ delete: z.boolean(), accept: z.boolean() }),
});
export type CommonsTopic = z.infer<typeof CommonsTopic>;

/** POST /api/commons/topics/:id/posts: everybody who is in a cohort. Sent again with its `clientId`, it is kept once. */
export const WriteCommonsPost = z.strictObject({ body: Text(30_000, 1), clientId: ClientId.optional() });
export type WriteCommonsPost = z.infer<typeof WriteCommonsPost>;

/** PUT /api/commons/topics/:id/answer: this reply is the answer, in the place of one that was. DELETE: there is none. 403, 404, 409 `not_an_answer`, `not_a_question`. */
export const ChooseCommonsAnswer = z.strictObject({ postId: Id });
export type ChooseCommonsAnswer = z.infer<typeof ChooseCommonsAnswer>;

/** PATCH /api/commons/posts/:id (its author). `seen` is what it said when one began; 409 `edited_meanwhile` where it says something else by now. */
export const EditCommonsPost = z.strictObject({ body: Text(30_000, 1), seen: Text(30_000) });
export type EditCommonsPost = z.infer<typeof EditCommonsPost>;

/** GET /api/commons/flags: the flagged posts that I may decide: as staff of the cohorts that their topics come from, or as an admin. Who waits longest first, at most 20: the next come as these are decided. POST .../posts/:id/keep says that a post stays, DELETE .../posts/:id removes it. */
export const CommonsFlags = z.object({
  items: z.array(
    z.object({
      topicId: Id,
      title: z.string(),
      post: CommonsPost,
      flags: z.array(z.object({ by: Person, kind: FlagKind, reason: z.string(), at: Instant })),
      since: Instant,
    }),
  ),
});
export type CommonsFlags = z.infer<typeof CommonsFlags>;
