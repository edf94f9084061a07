import { z } from 'zod';
import { Id, Instant, Line } from '../primitives.js';

/**
 * Why a calendar could not be read: nothing came (`timeout`, `unreachable`), an address inside the house (`inside`, or `redirects_inside`
 * when another sent there), redirects without end, an answer other than 200 (`not_found`, `refused`, `status`), more than may be
 * (`too_large` bytes, `too_much` in it), or something that is no calendar, or one that is broken.
 */
export const CalendarProblem = z.enum([
  'timeout',
  'unreachable',
  'inside',
  'redirects_inside',
  'too_many_redirects',
  'not_found',
  'refused',
  'status',
  'too_large',
  'too_much',
  'not_a_calendar',
  'malformed',
]);
export type CalendarProblem = z.infer<typeof CalendarProblem>;

/**
 * A calendar of a coach elsewhere, read from its ICS address about every quarter of an hour. The address is a secret: only the coach sees
 * it. Of what is in it only the busy times are kept. `busyTimes` lie in the next 60 days; `readAt` is when it was last read well, and what
 * it said then counts as long as there is a `problem`; `waiting` is one that is being read, or about to be. `unreadable` entries could not be understood: they block nothing.
 */
export const OutsideCalendar = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  state: z.enum(['waiting', 'read', 'failing']),
  readAt: Instant.nullable(),
  triedAt: Instant.nullable(),
  busyTimes: z.number(),
  unreadable: z.number(),
  problem: CalendarProblem.nullable(),
  /** The answer's status, where the problem is one. */
  status: z.number().nullable(),
  problemSince: Instant.nullable(),
});
export type OutsideCalendar = z.infer<typeof OutsideCalendar>;

/** POST C/coaches/me/outside-calendars: `address` begins with https:// or webcal://. Without a name, that which it gives itself. */
export const AddOutsideCalendar = z.strictObject({ address: Line(2000), name: Line(80).optional() });
export type AddOutsideCalendar = z.infer<typeof AddOutsideCalendar>;
