import { z } from 'zod';
import { Id, Instant, Person, PlainDate } from './primitives.js';

/** GET /api/me/agenda?from&to and GET C/agenda (`scope=cohort`): at most 400 days. */
export const AgendaQuery = z.strictObject({ from: Instant, to: Instant });
export type AgendaQuery = z.infer<typeof AgendaQuery>;

export const AgendaKind = z.enum(['workshop', 'session', 'milestone']);
export type AgendaKind = z.infer<typeof AgendaKind>;

/** One entry of my agenda. A milestone lies `on` a day (`startsAt` = its first instant in the cohort's zone); the rest has instants. */
export const AgendaItem = z.object({
  kind: AgendaKind,
  id: Id,
  cohortId: Id,
  title: z.string().nullable(),
  titleKey: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
  on: PlainDate.nullable(),
  timeZone: z.string(),
  status: z.string(),
  /** going, waitlisted, participant, coach, host, or none (shown in the cohort's calendar only). */
  mine: z.enum(['going', 'waitlisted', 'participant', 'coach', 'host', 'none']),
  position: z.number().nullable(),
  place: z.string().nullable(),
  link: z.string().nullable(),
  people: z.array(Person),
  workshopKind: z.string().nullable(),
  going: z.number().nullable(),
  capacity: z.number().nullable(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** POST /api/me/calendar-feed: the address of my feed, shown once; asking again ends the one before. */
export const CalendarFeed = z.object({ url: z.string() });
export type CalendarFeed = z.infer<typeof CalendarFeed>;

/** GET /api/me/calendar-feed */
export const CalendarFeedState = z.object({
  active: z.boolean(),
  createdAt: Instant.nullable(),
  lastReadAt: Instant.nullable(),
});
export type CalendarFeedState = z.infer<typeof CalendarFeedState>;
