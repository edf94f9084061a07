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

/** Title, tags, state or counts of a topic changed, or it was deleted. */
export const topicChanged = defineEvent<{ cohortId: string; topicId: string }>('topic.changed');

/** Somebody wrote in a topic. `mentions` are the members named in the post. In the outbox too. */
export const postCreated = defineEvent<PostCreated>('post.created');

/** A topic that continued a thread of chat was deleted: the thread is told. In the outbox. */
export const topicEnded = defineEvent<{ topicId: string }>('topic.ended');

/** A post was accepted as the topic's answer. In the outbox. */
export const answerAccepted = defineEvent<{ topicId: string; postId: string }>('answer.accepted');

/** `userId` asks staff to look at a post. */
export const postFlagged = defineEvent<{ cohortId: string; topicId: string; postId: string; userId: string }>(
  'post.flagged',
);
