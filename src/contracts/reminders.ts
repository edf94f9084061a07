import { z } from 'zod';
import { Id, Instant, PageQuery, Person } from './primitives.js';

export const ReminderKind = z.enum([
  'workshop.7d',
  'workshop.24h',
  'workshop.1h',
  'workshop.10min',
  'session.24h',
  'session.1h',
  'request.48h',
  'request.96h',
  'request.7d',
  'cycle.7d',
  'milestone.14d',
  'milestone.3d',
  'milestone.day',
  'phase.committee',
  'phase.14d',
  'phase.3d',
  'phase.day',
  'workshop.feedback',
  'session.notes',
  'action.2d',
  'action.day',
  'action.overdue',
  'topic.48h',
  'topic.96h',
  'contact.4w',
  'residency.first',
  'residency.half',
  'residency.last_month',
  'residency.end',
  'invitation.3d',
  'invitation.7d',
]);
export type ReminderKind = z.infer<typeof ReminderKind>;

/** What people are reminded of. */
export const ReminderSubjectType = z.enum([
  'workshop',
  'feedback',
  'session',
  'notes',
  'action',
  'request',
  'cycle',
  'topic',
  'contact',
  'milestone',
  'phase',
  'residency',
  'invitation',
]);
export type ReminderSubjectType = z.infer<typeof ReminderSubjectType>;

/** planned -> sending -> handing -> sent | dropped | failed (reminders.md). */
export const ReminderState = z.enum(['planned', 'sending', 'handing', 'sent', 'dropped', 'failed']);
export type ReminderState = z.infer<typeof ReminderState>;

/** A reminder as staff see it. `subjectTitle` names the workshop, session, request, milestone...; `why` is a key (registered,
 * host, attended, participant, coach, owner, asked, staff_asked, asker, asker_asked, staff, cycle, craft, watching, quiet, quiet_fellow, member,
 * first_day, half_way, last_month, last_day, invited). Of an invitation `userId` is its id, and `person` whom it invites. */
export const Reminder = z.object({
  id: Id,
  kind: ReminderKind,
  subject: z.object({ type: ReminderSubjectType, id: Id, revision: z.number() }),
  subjectTitle: z.string(),
  userId: Id,
  person: Person.extend({ timeZone: z.string() }),
  dueAt: Instant,
  channels: z.array(z.enum(['inbox', 'mail'])),
  state: ReminderState,
  because: z.string().nullable(),
  why: z.string(),
  sentAt: Instant.nullable(),
});
export type Reminder = z.infer<typeof Reminder>;

/** GET C/reminders?from&to&userId?&state? (staff), in order of `dueAt`. */
export const RemindersQuery = PageQuery.extend({
  from: Instant.optional(),
  to: Instant.optional(),
  userId: Id.optional(),
  state: ReminderState.optional(),
});
export type RemindersQuery = z.infer<typeof RemindersQuery>;

/** The list with counts by state within the window. */
export const Reminders = z.object({
  items: z.array(Reminder),
  nextCursor: z.string().nullable(),
  byDay: z.array(z.object({ day: z.string(), count: z.number() })),
});
export type Reminders = z.infer<typeof Reminders>;
