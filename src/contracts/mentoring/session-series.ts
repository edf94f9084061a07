import { z } from 'zod';
import { Despite, There } from '../calendar.js';
import { ClosedBy } from '../cohorts/closed-days.js';
import { MAX_REPEATED_SESSIONS, REPEAT_WEEKS } from '../limits.js';
import { ClientId, Id, Instant, Line, PlainDate, PlannedInstant, Text } from '../primitives.js';
import { HiddenReason, Meeting, MentoringSession, SAYS_LENGTH, Slot, lengthIsNeeded, saysLength } from './mentoring.js';

const Weeks = z.literal([...REPEAT_WEEKS]);

const { coachId, secondCoachId, minutes, kind } = Meeting;

/**
 * POST C/session-series/preview: what became of a session that is booked `count` times, each so many `weeks` after the one before, at the same hour on the coach's wall;
 * nothing is kept. It is asked with one's own eyes: of others who would come nothing is said before they are booked. `forUserIds` (staff) looks with those of fellows.
 */
export const PreviewSessionSeries = z
  .strictObject({
    ...{ coachId, secondCoachId, minutes, kind },
    startsAt: PlannedInstant,
    weeks: Weeks,
    count: z.number().int().min(2).max(MAX_REPEATED_SESSIONS),
    forUserIds: z.array(Id).min(1).max(6).optional(),
  })
  .refine(saysLength, lengthIsNeeded)
  .meta(SAYS_LENGTH);
export type PreviewSessionSeries = z.infer<typeof PreviewSessionSeries>;

/** Why a date cannot be booked as it is. `clash`: somebody whose eyes one has goes to something then. */
export const DateReason = z.enum([...HiddenReason.options, 'in_the_past', 'clash']);
export type DateReason = z.infer<typeof DateReason>;

/**
 * A date of the rule: free (`reason` null), or why not: `until`, `awayUntil` and `closed` as of a hidden slot, `there` what is there, as far as one may know it. `near`:
 * free slots beside one that is not.
 */
export const RepeatedDate = z.object({
  startsAt: Instant,
  endsAt: Instant,
  reason: DateReason.nullable(),
  until: Instant.optional(),
  awayUntil: PlainDate.optional(),
  closed: ClosedBy.optional(),
  there: z.array(There),
  near: z.array(Slot),
});
export type RepeatedDate = z.infer<typeof RepeatedDate>;

/**
 * The dates in time order, up to the last day of the residency (`endsOn`); `beyond` counts those of the rule that lie after it. `timeZone` is the coach's. `room`: how many
 * sessions with this coach I may still book; null: no limit is mine.
 */
export const SessionSeriesPreview = z.object({
  timeZone: z.string(),
  dates: z.array(RepeatedDate),
  endsOn: PlainDate,
  beyond: z.number(),
  room: z.number().nullable(),
});
export type SessionSeriesPreview = z.infer<typeof SessionSeriesPreview>;

/**
 * POST C/session-series: all of these `dates` (their starts, in time order) or none, each claimed as by POST C/sessions. The same `clientId` of mine again answers
 * what it booked. A date that cannot be had refuses all of it and is named: `date` of a 409, `/dates/<index>` of a 422.
 */
export const BookSessionSeries = z
  .strictObject({
    ...Meeting,
    weeks: Weeks,
    dates: z.array(PlannedInstant).min(2).max(MAX_REPEATED_SESSIONS),
    need: Text(2000, 1),
    clientId: ClientId,
    despite: Despite,
  })
  .refine(saysLength, lengthIsNeeded)
  .meta(SAYS_LENGTH);
export type BookSessionSeries = z.infer<typeof BookSessionSeries>;

/** GET C/session-series/:id: sessions that were booked at once, those of them that I may see, in their order. Each moves, is handed over and called off by itself. */
export const SessionSeries = z.object({ id: Id, weeks: z.number(), of: z.number(), items: z.array(MentoringSession) });
export type SessionSeries = z.infer<typeof SessionSeries>;

/**
 * POST C/session-series/:id/cancel: calls off some of a series by one act (all or none), of which all hear once: those named, on the `revision` that one saw. `late` as of
 * one session. One that was changed meanwhile refuses all of it: 409 `stale`, and which (`sessionId`).
 */
export const CancelInSeries = z.strictObject({
  sessions: z
    .array(z.strictObject({ id: Id, revision: z.number().int().min(1) }))
    .min(1)
    .max(MAX_REPEATED_SESSIONS),
  reason: Line(500),
  late: z.boolean().optional(),
});
export type CancelInSeries = z.infer<typeof CancelInSeries>;
