import { defineEvent } from '../infra/events/event-bus.js';

/** What is told of a new topic. */
export type TopicCreated = { cohortId: string; topicId: string; postId: string; authorId: string; mentions: string[] };

/** What is told of a new post. */
export type PostCreated = {
  cohortId: string;
  topicId: string;
  topicAuthorId: string;
  postId: string;
  number: number;
  authorId: string;
  mentions: string[];
};

/** A topic was opened; `postId` is its question, `mentions` the members named in it. In the outbox too. */
export const topicCreated = defineEvent<TopicCreated>('topic.created');

/** Title, tags, state or counts of a topic changed, or it was deleted or restored. In the outbox too, where nothing else says it there. */
export const topicChanged = defineEvent<{ cohortId: string; topicId: string }>('topic.changed');

/** Somebody wrote in a topic. `mentions` are the members named in the post. In the outbox too. */
export const postCreated = defineEvent<PostCreated>('post.created');

/** An edit by `byId` named members (`userIds`) who were not named in the post before it. In the outbox. */
export const membersNamed = defineEvent<{ topicId: string; postId: string; byId: string; userIds: string[] }>(
  'members.named',
);

/** Somebody looked at a topic, and has read it up to this post. */
export const topicRead = defineEvent<{ topicId: string; userId: string; readNumber: number }>('topic.read');

/** A post became a tombstone: what was told of it is taken back. In the outbox. */
export const postDeleted = defineEvent<{ cohortId: string; topicId: string; postId: string }>('post.deleted');

/** Somebody else than its author changed what a post says: copies of it elsewhere are not to be read any more. In the outbox. */
export const postCorrected = defineEvent<{ cohortId: string; topicId: string; postId: string }>('post.corrected');

/** A deleted post is back, and what was told of it. In the outbox. */
export const postRestored = defineEvent<{ cohortId: string; topicId: string; postId: string }>('post.restored');

/** A topic was deleted: the thread of chat that it continued is told, and what was told of it is taken back. In the outbox. */
export const topicEnded = defineEvent<{ topicId: string }>('topic.ended');

/** A deleted topic is back: the thread of chat that it continued is told, and what was told of it is shown again. In the outbox. */
export const topicRestored = defineEvent<{ topicId: string }>('topic.restored');

/** Somebody follows a topic, a tag, or the whole forum of a cohort, more or less closely: what they are reminded of in it follows. In the outbox. */
export const forumLevelChanged = defineEvent<{ cohortId: string; userId: string }>('forum-level.changed');

/** A post was accepted as the topic's answer. In the outbox. */
export const answerAccepted = defineEvent<{ cohortId: string; topicId: string; postId: string }>('answer.accepted');

/** Somebody asks staff to look at a post; its case is read by its id. In the outbox. */
export const postFlagged = defineEvent<{ caseId: string }>('post.flagged');

/** Staff decided the case of a flagged post, once. In the outbox. */
export const flagSettled = defineEvent<{ caseId: string }>('flag.settled');

/** Somebody is asked whether they know the answer of a question; the ask is read by its id. In the outbox. */
export const helperAsked = defineEvent<{ askId: string }>('helper.asked');

/** Posts went from one topic to another, which may be new; the one may have gone with all of them. Where they are by now is read by their ids. In the outbox. */
export const postsMoved = defineEvent<{
  cohortId: string;
  fromTopicId: string;
  toTopicId: string;
  postIds: string[];
}>('posts.moved');

/** Somebody thanked for a reply to a question that has no answer yet: its author is asked to choose one, once. In the outbox. */
export const answerWanted = defineEvent<{ cohortId: string; topicId: string; postId: string }>('answer.wanted');
