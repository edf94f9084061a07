import { defineEvent } from '../../infra/events/event-bus.js';

/** A topic is to be discussed in a channel: its card is sent there. In the outbox. */
export const topicDiscussed = defineEvent<{ discussionId: string }>('topic.discussed');
