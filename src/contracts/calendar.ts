import { z } from 'zod';
import { Id, Instant, Line, Person, PlainDate } from './primitives.js';

/** GET /api/me/agenda?from&to and GET C/agenda (`scope=cohort`): at most 400 days. */
export const AgendaQuery = z.strictObject({ from: Instant, to: Instant });
export type AgendaQuery = z.infer<typeof AgendaQuery>;

/**
 * What somebody has at a time already, in a 409 `clash`, `host_busy`, `slot_taken` or `you_are_busy` (`there`), and what lies
 * over an entry of my agenda. `busy`: there is something, and no more is the reader's to know (`id`, `cohortId` and `title` are null then, and
 * the times those of what is planned, where it is not their own; a session has no title). `hosting`: they host the workshop. What stops the
 * reader by themselves, or what everybody may know, is said alone: of others' time nothing is told beside it. `userId` and `name` are null
 * of a host who is only asked for.
 */
export const There = z.object({
  userId: Id.nullable(),
  name: z.string().nullable(),
  kind: z.enum(['session', 'workshop', 'busy']),
  hosting: z.boolean(),
  id: Id.nullable(),
  cohortId: Id.nullable(),
  title: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
});
export type There = z.infer<typeof There>;

/** I was told what is there at that time (409 `clash`), and want it all the same. */
export const Despite = z.boolean().optional();

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
  /** What else of mine in this answer lies at the same time: of workshops those that I host or go to, of sessions those that are to be. */
  overlaps: z.array(z.object({ kind: AgendaKind, id: Id })),
  /** What to name when it is moved, so that nobody moves what they have not seen. */
  revision: z.number(),
  abilities: z.object({
    /** Give it another start: a workshop by PATCH, a session by `reschedule`. */
    move: z.boolean(),
  }),
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

/**
 * What a feed holds: my whole agenda (both null), what a cohort plans (workshops and milestones, those that are mine marked as such), or
 * the workshops of a cohort that have a tag.
 */
const scope = { cohortId: Id.nullable().default(null), tag: Line(30).nullable().default(null) };

/** POST /api/me/calendar-feeds. There is one feed for each of these: asking again gives it a new secret, and the old address is 404. */
export const MakeCalendarFeed = z
  .strictObject(scope)
  .refine(({ cohortId, tag }) => tag === null || cohortId !== null, {
    path: ['tag'],
    params: { code: 'not_allowed' },
    error: 'is one of a cohort, which must be named',
  })
  .meta({
    anyOf: [
      { required: ['cohortId'], properties: { cohortId: { type: 'string' } } },
      { not: { required: ['tag'], properties: { tag: { type: 'string' } } } },
    ],
  });
export type MakeCalendarFeed = z.infer<typeof MakeCalendarFeed>;

/** One of my feeds. `cohortName` is null for my own agenda, and for a cohort that I left: its feed is 404 then. */
export const MyCalendarFeed = z.object({
  id: Id,
  cohortId: Id.nullable(),
  cohortName: z.string().nullable(),
  tag: z.string().nullable(),
  createdAt: Instant,
  /** When a program last asked for it, to the hour; null: never. */
  lastReadAt: Instant.nullable(),
});
export type MyCalendarFeed = z.infer<typeof MyCalendarFeed>;

/** GET /api/me/calendar-feeds: my own agenda's first, then by cohort and tag. */
export const MyCalendarFeeds = z.object({ items: z.array(MyCalendarFeed) });
export type MyCalendarFeeds = z.infer<typeof MyCalendarFeeds>;

/** A feed that was made: its address is shown this once. */
export const MadeCalendarFeed = MyCalendarFeed.extend({ url: z.string() });
export type MadeCalendarFeed = z.infer<typeof MadeCalendarFeed>;

/**
 * GET C/workshops/:id/move and C/sessions/:id/move, for who may move it: who will be told when it gets another time. `others`: hosts of a
 * workshop who do not go, the people of a session without me. `reminders` are those planned, which go out by the new time then.
 */
export const MovePreview = z.object({
  going: z.number(),
  waiting: z.number(),
  others: z.number(),
  reminders: z.number(),
});
export type MovePreview = z.infer<typeof MovePreview>;
