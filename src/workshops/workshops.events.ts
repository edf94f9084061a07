import type { RegistrationStatus } from '../contracts/workshops.js';
import { defineEvent } from '../infra/events/event-bus.js';

/** What of a workshop changed: `time` and `place` (the link is one, too) are what people plan by, and raise its revision. */
export type WorkshopAspect = 'time' | 'place' | 'capacity' | 'hosts' | 'text';

/** A draft was made: only staff and its hosts may hear of it. */
export const workshopDrafted = defineEvent<{ cohortId: string; workshopId: string }>('workshop.drafted');

/** A draft was published: the cohort may see and join it. */
export const workshopPublished = defineEvent<{ cohortId: string; workshopId: string }>('workshop.published');

/** A workshop (a draft, too) was edited. Never published with an empty `changed`. */
export const workshopChanged = defineEvent<{ cohortId: string; workshopId: string; changed: WorkshopAspect[] }>(
  'workshop.changed',
);

/** A published workshop was called off; its registrations stay as they were, so that one knows whom to tell. */
export const workshopCancelled = defineEvent<{ cohortId: string; workshopId: string }>('workshop.cancelled');

/** How a person's standing with a workshop changed. */
export interface RegistrationChange {
  cohortId: string;
  workshopId: string;
  userId: string;
  from: RegistrationStatus | null;
  to: RegistrationStatus;
  promoted: boolean;
  lapsed: boolean;
}

/**
 * One person's standing with a workshop changed. `promoted`: they got a place without asking again, from the waiting list; `lapsed`: they
 * did not answer an offer in time and are out of the line.
 */
export const registrationChanged = defineEvent<RegistrationChange>('registration.changed');
