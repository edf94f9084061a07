import { defineEvent } from '../infra/events/event-bus.js';

/** A login ended (logout, reuse, password change, ended elsewhere): its sockets are cut. */
export const loginEnded = defineEvent<{ loginId: string; userId: string; because: string }>('login.ended');

/** Name, face, craft, zone or language of a person changed. `craftChanged`, since craft channels follow it. */
export const personChanged = defineEvent<{ userId: string; craftChanged: boolean; timeZoneChanged: boolean }>(
  'person.changed',
);
