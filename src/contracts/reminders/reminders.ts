import { z } from 'zod';
import { Id, Instant, Locale, PageQuery, Person } from '../primitives.js';

export const ReminderKind = z.enum([
  'workshop.7d',
  'workshop.24h',
  'workshop.1h',
  'workshop.10min',
  'workshop.offer',
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
  'letter.weekly',
  'letter.monthly',
  'invitation.3d',
  'invitation.7d',
  'guest.24h',
  'guest.1h',
]);
export type ReminderKind = z.infer<typeof ReminderKind>;

/** What people are reminded of. */
export const ReminderSubjectType = z.enum([
  'workshop',
  'offer',
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
  'letter',
  'invitation',
  'guest',
]);
export type ReminderSubjectType = z.infer<typeof ReminderSubjectType>;

/** How a reminder can reach people. */
export const ReminderChannel = z.enum(['inbox', 'mail']);
export type ReminderChannel = z.infer<typeof ReminderChannel>;

/** planned -> sending -> handing -> sent | dropped | failed (reminders.md). */
export const ReminderState = z.enum(['planned', 'sending', 'handing', 'sent', 'dropped', 'failed']);
export type ReminderState = z.infer<typeof ReminderState>;

/**
 * Why a reminder goes later than its rung says: its person is not to be disturbed (until they end it, by night, at the weekend), the
 * cohort rests (a public holiday, a pause), or its mail was put off (the mail server asks to come later, is away, or takes too few a minute).
 */
export const HeldBy = z.enum(['dnd', 'night', 'weekend', 'rest', 'early', 'mail']);
export type HeldBy = z.infer<typeof HeldBy>;

/** A reminder as staff see it. `subjectTitle` names the workshop, session, request, milestone...; `why` is a key (registered,
 * host, waitlisted, attended, participant, coach, owner, asked, staff_asked, asker, asker_asked, staff, cycle, craft, watching, quiet, quiet_fellow, member,
 * first_day, half_way, last_month, last_day, invited,
 * guest). Of an invitation `userId` is its id, and `person` whom it invites; of a guest the id of their place. */
export const Reminder = z.object({
  id: Id,
  kind: ReminderKind,
  subject: z.object({ type: ReminderSubjectType, id: Id, revision: z.number() }),
  subjectTitle: z.string(),
  userId: Id,
  person: Person.extend({ timeZone: z.string() }),
  dueAt: Instant,
  /** Which rule holds (or held) it back, and when it would have gone without; null where none does. */
  held: z.object({ by: HeldBy, from: Instant }).nullable(),
  channels: z.array(ReminderChannel),
  state: ReminderState,
  because: z.string().nullable(),
  why: z.string(),
  sentAt: Instant.nullable(),
});
export type Reminder = z.infer<typeof Reminder>;

/**
 * GET C/reminders/:reminderId (staff). `attempts`: how often it was tried to send it; `answer`: how the mail server answered last, its
 * codes only (`250 2.0.0`, RFC 5321 section 4.2 and RFC 3463); `text`: how it reads to its person as things are now, null when there is nothing left to
 * say. POST .../retry (staff) sends one that failed again: 409 `not_failed`, 409 `too_late` when there is no use any more.
 */
export const ReminderDetail = Reminder.extend({
  attempts: z.number(),
  answer: z.string().nullable(),
  plannedAt: Instant,
  /** After this it is too late. */
  until: Instant,
  text: z.object({ locale: Locale, title: z.string(), body: z.string(), why: z.string() }).nullable(),
  canRetry: z.boolean(),
});
export type ReminderDetail = z.infer<typeof ReminderDetail>;

/** GET C/reminders?from&to&userId?&kind?&channel?&state?&order? (staff), in order of `dueAt`: the oldest first unless asked otherwise. */
export const RemindersQuery = PageQuery.extend({
  from: Instant.optional(),
  to: Instant.optional(),
  userId: Id.optional(),
  kind: ReminderKind.optional(),
  channel: ReminderChannel.optional(),
  state: ReminderState.optional(),
  order: z.enum(['oldest', 'newest']).optional(),
});
export type RemindersQuery = z.infer<typeof RemindersQuery>;

/** The reasons of a failure of which nobody knows whether the mail arrived: sent again, it may be there twice. */
export const UNSURE = ['interrupted', 'unknown'];

/** Whether a reminder that failed may have arrived all the same. */
export const mayHaveArrived = (because: string | null): boolean => because !== null && UNSURE.includes(because);

/**
 * POST C/reminders/retry (staff): those of a list (as GET lists it) that failed and can still be of use go out again, the oldest 1,000 of
 * them at once. `again`: how many are on their way; `unsure`: how many stay, since they may have arrived: each of them is sent
 * again by itself only.
 */
export const RetryReminders = z.strictObject(
  RemindersQuery.omit({ limit: true, cursor: true, state: true, order: true }).shape,
);
export type RetryReminders = z.infer<typeof RetryReminders>;
export const RemindersRetried = z.object({ again: z.number(), unsure: z.number() });
export type RemindersRetried = z.infer<typeof RemindersRetried>;

/** The list with counts by state within the window. */
export const Reminders = z.object({
  items: z.array(Reminder),
  nextCursor: z.string().nullable(),
  byDay: z.array(z.object({ day: z.string(), count: z.number() })),
});
export type Reminders = z.infer<typeof Reminders>;
