import { defineEvent } from '../infra/events/event-bus.js';

/** A topic was opened; `postId` is its question, `mentions` the members named in it. */
export const topicCreated = defineEvent<{
  cohortId: string;
  topicId: string;
  postId: string;
  authorId: string;
  mentions: string[];
}>('topic.created');

/** Title, tags, state or counts of a topic changed, or it was deleted. */
export const topicChanged = defineEvent<{ cohortId: string; topicId: string }>('topic.changed');

/** Somebody wrote in a topic. `mentions` are the members named in the post. */
export const postCreated = defineEvent<{
  cohortId: string;
  topicId: string;
  topicAuthorId: string;
  postId: string;
  number: number;
  authorId: string;
  mentions: string[];
}>('post.created');

/** A post was accepted as the topic's answer by `byId`; `authorId` wrote the post. */
export const answerAccepted = defineEvent<{
  cohortId: string;
  topicId: string;
  topicAuthorId: string;
  postId: string;
  authorId: string;
  byId: string;
}>('answer.accepted');

/** `userId` asks staff to look at a post. */
export const postFlagged = defineEvent<{ cohortId: string; topicId: string; postId: string; userId: string }>(
  'post.flagged',
);
