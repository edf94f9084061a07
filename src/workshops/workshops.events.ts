import type { FIELDS_BY_ASPECT } from '../contracts/workshops/workshop-fields.js';
import type { RegistrationStatus } from '../contracts/workshops/workshops.js';
import { defineEvent } from '../infra/events/event-bus.js';

/** What of a workshop changed: `time` and `place` (the link is one, too) are what people plan by, and raise its revision. */
export type WorkshopAspect = keyof typeof FIELDS_BY_ASPECT;

/** A draft was made: only staff and its hosts may hear of it. */
export const workshopDrafted = defineEvent<{ cohortId: string; workshopId: string }>('workshop.drafted');

/** A draft was published: the cohort may see and join it. */
export const workshopPublished = defineEvent<{ cohortId: string; workshopId: string }>('workshop.published');

/** A draft was dropped for good. */
export const workshopDiscarded = defineEvent<{ cohortId: string; workshopId: string }>('workshop.discarded');

/** One act on several dates of a series: all their events name it, so that people are told once. */
export interface SeriesAct {
  seriesId: string;
  actId: string;
}

/** A workshop (a draft, too) was edited; with `act` as one date of several. Never published with an empty `changed`. */
export const workshopChanged = defineEvent<{
  cohortId: string;
  workshopId: string;
  changed: WorkshopAspect[];
  act?: SeriesAct;
}>('workshop.changed');

/** A host left the cohort and was taken out of what they would have hosted there; which workshops that are is read by both ids. */
export const hostLeft = defineEvent<{ cohortId: string; userId: string }>('host.left');

/** A published workshop was called off; its registrations stay as they were, so that one knows whom to tell. */
export const workshopCancelled = defineEvent<{ cohortId: string; workshopId: string; act?: SeriesAct }>(
  'workshop.cancelled',
);

/** Materials were added to a workshop or taken away, or its minutes written: read by its id. */
export const workshopDocumented = defineEvent<{ cohortId: string; workshopId: string }>('workshop.documented');

/** Hosts wrote to people of a workshop; what and to whom is read by its id. In the outbox. */
export const workshopMessaged = defineEvent<{ messageId: string }>('workshop.messaged');

/** Somebody who was there said how it was, once. */
export const feedbackGiven = defineEvent<{ cohortId: string; workshopId: string; userId: string }>('workshop.rated');

/** What one person did with several dates of a series at once. */
export interface SeriesAsked {
  cohortId: string;
  seriesId: string;
  userId: string;
  workshopIds: string[];
  actId: string;
  /** Not they asked: they stood on all dates to come when more were added. */
  grown?: true;
}

/** A series has more dates, which people who stand on some of the others may want to join; who they are is read by its id. */
export const seriesLengthened = defineEvent<{ cohortId: string; seriesId: string }>('series.lengthened');

/** Somebody joined the coming dates of a series at once: these, where they did not stand before. */
export const seriesJoined = defineEvent<SeriesAsked>('series.joined');

/** Somebody left the coming dates of a series at once: these, where they stood. */
export const seriesLeft = defineEvent<SeriesAsked>('series.left');

/** How a person's standing with a workshop changed. */
export interface RegistrationChange {
  cohortId: string;
  workshopId: string;
  userId: string;
  from: RegistrationStatus | null;
  to: RegistrationStatus;
  promoted: boolean;
  lapsed: boolean;
  /** They asked for several dates of a series at once, and are told of them together. */
  together?: true;
}

/**
 * One person's standing with a workshop changed. `promoted`: they got a place without asking again, from the waiting list; `lapsed`: they
 * did not answer an offer in time and are out of the line.
 */
export const registrationChanged = defineEvent<RegistrationChange>('registration.changed');

/** Who stands in a workshop takes part the other way from now on, on site or online; all else is as it was. */
export const registrationSwitched = defineEvent<{ cohortId: string; workshopId: string; userId: string }>(
  'registration.switched',
);

/** The standing of a guest with a workshop changed, or of whom they bring along; what it is now is read by its id. */
export const guestPlaceChanged = defineEvent<{ workshopId: string; guestId: string }>('guest-place.changed');
