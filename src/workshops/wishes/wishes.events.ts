import { defineEvent } from '../../infra/events/event-bus.js';

/** A subject on the demand board was written, joined, left, edited, closed or dropped; what it is now is read by its id. */
export const wishChanged = defineEvent<{ cohortId: string; wishId: string }>('wish.changed');

/** A workshop that came of a wish was published, on this day (UTC; not said by what was published before it was kept): those who wanted it are to be told. */
export const wishPlanned = defineEvent<{ cohortId: string; wishId: string; day?: string }>('wish.planned');
