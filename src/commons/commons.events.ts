import { defineEvent } from '../infra/events/event-bus.js';

/** Somebody is asked whether their topic, or their words in one, go to the commons; the ask is read by its id. In the outbox. */
export const commonsAsked = defineEvent<{ askId: string }>('commons.asked');

/** Somebody wrote in a topic of the commons. In the outbox. */
export const commonsReplied = defineEvent<{ topicId: string; postId: string }>('commons.replied');

/** A post of the commons was flagged for the first time, or is hidden now: by flags or, by its author (`byId`), brought anew as it was. In the outbox. */
export const commonsFlagged = defineEvent<{ postId: string; hidden: boolean; byId?: string }>('commons.flagged');
