import { defineEvent } from '../infra/events/event-bus.js';

/** Somebody who applies wrote to the programme team about their file; the message is read by its id. In the outbox. */
export const applicationMessageSent = defineEvent<{ messageId: string }>('application-message.sent');

/** A call closes at another time than before: later, or now. Who has a draft hears of it. In the outbox. */
export const callMoved = defineEvent<{ callId: string }>('call.moved');
