import type { FIELDS_BY_ASPECT } from '../contracts/workshops/workshop-fields.js';
import type { RegistrationStatus } from '../contracts/workshops/workshops.js';
import { defineEvent } from '../infra/events/event-bus.js';
import type { PlaceNews } from './registrations/place-news.js';

/** What of a workshop changed: `time` and `place` (the link is one, too) are what people plan by, and raise its revision. */
export type WorkshopAspect = keyof typeof FIELDS_BY_ASPECT;

/** A draft was made: only staff and its hosts may hear of it. */
export const workshopDrafted = defineEvent<{ cohortId: string; workshopId: string }>('workshop.drafted');

/** A draft was published: the cohort may see and join it. */
export const workshopPublished = defineEvent<{ cohortId: string; workshopId: string }>('workshop.published');

/** A draft was dropped for good. */
export const workshopDiscarded = defineEvent<{ cohortId: string; workshopId: string }>('workshop.discarded');

/** A workshop (a draft, too) was edited. Never published with an empty `changed`. */
export const workshopChanged = defineEvent<{ cohortId: string; workshopId: string; changed: WorkshopAspect[] }>(
  'workshop.changed',
);

/** A host left the cohort and was taken out of what they would have hosted there; which workshops that are is read by both ids. */
export const hostLeft = defineEvent<{ cohortId: string; userId: string }>('host.left');

/**
 * People host published workshops from one act on that somebody else (`byId`; null: an invitation of theirs) named them for, each with which. Whether they still do
 * is read by the ids. In the outbox.
 */
export const hostsNamed = defineEvent<{
  byId: string | null;
  named: { userId: string; workshopIds: string[] }[];
  actId: string;
}>('hosts.named');

/** People host published workshops no more from one act on, each with which; whether they do again is read by the ids. In the outbox. */
export const hostsRemoved = defineEvent<{ removed: { userId: string; workshopIds: string[] }[]; actId: string }>(
  'hosts.removed',
);

/** Workshops that others know of, or knew of until then, were published, edited or called off by one act. In the outbox. */
export const workshopsChanged = defineEvent<{ cohortId: string; workshopIds: string[] }>('workshops.changed');

/** A published workshop was called off; its registrations stay as they were, so that one knows whom to tell. */
export const workshopCancelled = defineEvent<{ cohortId: string; workshopId: string }>('workshop.cancelled');

/** One act on several dates of a series, of which people are told once. */
export interface SeriesAct {
  seriesId: string;
  actId: string;
}

/** Workshops that others know of were moved or called off, by one act; with `act` dates of a series. In the outbox. */
export const workshopsReplanned = defineEvent<{ workshopIds: string[]; act?: SeriesAct }>('workshops.replanned');

/** Materials were added to a workshop or taken away, or its minutes written: read by its id. In the outbox too, some minutes later, where people are to be told. */
export const workshopDocumented = defineEvent<{ cohortId: string; workshopId: string }>('workshop.documented');

/** Hosts wrote to people of a workshop; what and to whom is read by its id. In the outbox. */
export const workshopMessaged = defineEvent<{ messageId: string }>('workshop.messaged');

/** Somebody who was there said how it was, once. In the outbox. */
export const feedbackGiven = defineEvent<{ cohortId: string; workshopId: string; userId: string }>('workshop.rated');

/** Who stands on dates of a series by one act; on which ones is read by its id. `grown`: not they asked, they stood on all dates to come when more were added. */
export type SeriesAsked = { userIds: string[]; actId: string; grown?: true };

/** Dates were added to a published series: who stands on all the others is to be on them, too. Which dates that are is read by its id. In the outbox. */
export const seriesExtended = defineEvent<{ seriesId: string }>('series.extended');

/** A series has more dates, which these people, who stand on some of the others, may want to join. In the outbox. */
export const seriesLengthened = defineEvent<{ actId: string; userIds: string[]; workshopIds: string[] }>(
  'series.lengthened',
);

/** Somebody joined the coming dates of a series at once. In the outbox. */
export const seriesJoined = defineEvent<SeriesAsked>('series.joined');

/** Somebody left the coming dates of a series at once. In the outbox. */
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

/**
 * What people are to hear of their places in a workshop, and since when they stand so (`at`, in ms): all that one transaction did. Whom an act on several dates
 * concerns hears of them together, and is not among them.
 */
export type PlacesToTell = { workshopId: string; at: number; people: Partial<Record<PlaceNews, string[]>> };

/** Whose places changed, whether they are to hear of it or not; for whom one was held until or from then on; whether it was said, or taken back, who was there. */
export type PlacesChange = PlacesToTell & { cohortId: string; changed: string[]; offered: string[]; marked: boolean };

/** Places of members were given, held, lost or left, or are marked or taken otherwise. In the outbox. */
export const placesChanged = defineEvent<PlacesChange>('places.changed');

/** The same of guests, and of whom they bring along. In the outbox. */
export const guestPlacesChanged = defineEvent<PlacesChange>('guest-places.changed');
