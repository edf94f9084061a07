import { defineEvent } from '../infra/events/event-bus.js';

/** Somebody who applies wrote to the programme team about their file; the message is read by its id. In the outbox. */
export const applicationMessageSent = defineEvent<{ messageId: string }>('application-message.sent');

/** A call closes at another time than before: later, or now. Who has a draft hears of it. In the outbox. */
export const callMoved = defineEvent<{ callId: string }>('call.moved');

/** Who is accepted does not come: they took their file back, or their place went to the next. In the outbox. */
export const acceptanceEnded = defineEvent<{ applicationId: string }>('acceptance.ended');

/** Files were declined, and their letters go now: those that were undone meanwhile are not declined. In the outbox. */
export const applicationsDeclined = defineEvent<{ applicationIds: string[] }>('applications.declined');

/** A file was erased on the day that was promised: what other rooms keep about it goes, too. In the outbox. */
export const applicationErased = defineEvent<{ applicationId: string }>('application.erased');

/** A call keeps what is handed in to it for another time than before: for how many months is read by its id. In the outbox. */
export const callKeepingChanged = defineEvent<{ callId: string }>('call-keeping.changed');
