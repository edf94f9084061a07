import { defineEvent } from '../infra/events/event-bus.js';

/** A login ended (logout, reuse, password change, ended elsewhere): its sockets are cut. */
export const loginEnded = defineEvent<{ loginId: string; userId: string; because: string }>('login.ended');

/** An account is in the hands of who reads the mail of its address again: what was made in its name before may be another's (`isTheirs`). In the outbox. */
export const accountGivenBack = defineEvent<{ userId: string }>('account.returned');

/** An admin is none any more, or their account is closed: what they saw of all cohorts may be another's. In the outbox. */
export const adminEnded = defineEvent<{ userId: string }>('admin.ended');

/**
 * A person said something of themselves, wants not to be disturbed, or took that back; how they stand is read from the database.
 * `quietChanged`: what waits to reach them follows, in the outbox too.
 */
export const standingChanged = defineEvent<{ userId: string; quietChanged: boolean }>('standing.changed');

/** A mail server refused a letter to the address of a person's account, and says with this status that the address is gone; or it is known to be none. */
export const addressRefused = defineEvent<{ userId: string; email: string; status: string }>('address.refused');

/** Somebody has shown that the address of their account is theirs. In the outbox. */
export const addressConfirmed = defineEvent<{ userId: string }>('address.confirmed');

/** A person shows from now on when they are here, or no more. */
export const presenceChanged = defineEvent<{ userId: string; shown: boolean }>('presence.changed');

/** Name, face, craft, zone or language of a person changed. `craftChanged`, since craft channels follow it. A craft and a zone that changed are in the outbox too. */
export const personChanged = defineEvent<{ userId: string; craftChanged: boolean; timeZoneChanged: boolean }>(
  'person.changed',
);
