import { z } from 'zod';
import { Id, Instant, PageQuery, Person } from '../primitives.js';

/**
 * Every kind of notice there is. The web and the mails translate `kind` with `params`; `why` names the reason it came
 * (a key: attended, owner, quiet, quiet_fellow, first_day, half_way, last_month, last_day, registered, waitlisted, left, wanted, participant, coach, host, host_before, asked, asker, craft, cycle, goal, note_reader, mentioned, quoted, author, watching, watching_tag, watching_forum, member, keeper, self, staff,
 * reporter, admin, security).
 */
export const NotificationKind = z.enum([
  'workshop.reminder',
  'workshop.moved',
  'workshop.cancelled',
  'workshop.promoted',
  'workshop.offered',
  'workshop.lapsed',
  'workshop.left',
  'workshop.host_left',
  'workshop.hosting',
  'workshop.hosting_ended',
  'workshop.message',
  'workshop.materials',
  'workshop.registered',
  'workshop.added',
  'session.reminder',
  'wish.planned',
  'session.booked',
  'session.moved',
  'session.handed_over',
  'action.dropped',
  'session.cancelled',
  'request.asked',
  'request.passed',
  'request.question',
  'request.told',
  'request.accepted',
  'request.declined',
  'request.withdrawn',
  'request.reminder',
  'cycle.started',
  'cycle.moved',
  'cycle.ended',
  'cycle.note',
  'cycle.reminder',
  'goal.set',
  'slot.free',
  'milestone.reminder',
  'phase.reminder',
  'residency.reminder',
  'letter.reminder',
  'workshop.feedback',
  'session.notes',
  'action.reminder',
  'topic.reminder',
  'contact.reminder',
  'topic.opened',
  'topic.asked',
  'topic.replied',
  'topic.answered',
  'topic.thanked',
  'forum.mentioned',
  'forum.bookmark',
  'handbook.copied',
  'commons.asked',
  'commons.replied',
  'commons.flagged',
  'chat.mentioned',
  'chat.direct',
  'chat.watched',
  'chat.reminder',
  'channel.added',
  'note.self',
  'reminder.trial',
  'message.unsent',
  'application.message',
  'project.asked',
  'report.opened',
  'report.closed',
  'post.flagged',
  'post.hidden',
  'post.settled',
  'flag.answered',
  'cohort.closed',
  'webhook.stopped',
  'mail.stopped',
  'mail.unreachable',
  'operation.alert',
  'operation.over',
  'account.security',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** A group of kinds that a person sets together. */
export const PreferenceKind = z.enum(['workshops', 'sessions', 'milestones', 'forum', 'chat']);
export type PreferenceKind = z.infer<typeof PreferenceKind>;

/** Where a notice stands: in the inbox, out of it until an instant, or done. */
export const NoticePlace = z.enum(['inbox', 'snoozed', 'done']);
export type NoticePlace = z.infer<typeof NoticePlace>;

/**
 * One notice. `title` is the sentence in the person's language; `link` a path of the web app; `group` where they set whether such notices
 * reach them, null for what nobody can switch off; `subject` the thing it is about, the same in each notice about it, null for what has no
 * page of its own; `by` whose act it tells, null where it is nobody's alone; `at` when it came to where it stands: as it was told (`createdAt`), came back or was done, and for a snoozed one when it comes back.
 */
export const Notification = z.object({
  id: Id,
  cohortId: Id.nullable(),
  kind: NotificationKind,
  title: z.string(),
  body: z.string(),
  params: z.record(z.string(), z.unknown()),
  link: z.string(),
  why: z.string(),
  group: PreferenceKind.nullable(),
  subject: z.string().nullable(),
  by: Person.nullable(),
  createdAt: Instant,
  readAt: Instant.nullable(),
  place: NoticePlace,
  at: Instant,
});
export type Notification = z.infer<typeof Notification>;

/** What one may narrow the inbox to: what waits for its reader, where they are named, a group of settings, or what belongs to none. */
export const NoticeTopic = z.enum(['waiting', 'mentions', ...PreferenceKind.options, 'other']);
export type NoticeTopic = z.infer<typeof NoticeTopic>;

/** `place`: the inbox without; `about` narrows it. */
export const InboxQuery = PageQuery.extend({
  unread: z.enum(['true', 'false']).optional(),
  place: NoticePlace.default('inbox'),
  about: NoticeTopic.optional(),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

/** GET /api/me/inbox, newest first, snoozed ones by when they come back; `unread` is the count of all unread ones in the inbox, exact to 100, `unreadOf` how many of these wait, and name their reader. */
export const Inbox = z.object({
  items: z.array(Notification),
  nextCursor: z.string().nullable(),
  unread: z.number(),
  unreadOf: z.object({ waiting: z.number(), mentions: z.number() }),
});
export type Inbox = z.infer<typeof Inbox>;

const NoticeIds = z.array(Id).min(1).max(200);

/** POST /api/me/inbox/read: these, or all that came to the inbox (`at`) up to an instant. */
export const MarkInboxRead = z.union([z.strictObject({ ids: NoticeIds }), z.strictObject({ before: Instant })]);
export type MarkInboxRead = z.infer<typeof MarkInboxRead>;

/**
 * PUT /api/me/inbox/place: these are done, which reads them; out of the inbox until an instant, when they come back unread; or in it again,
 * read or not as they were. Again: the same. 404 where none of them is mine; 422 `/until` `past`, or `too_far`: more than a year ahead, or when
 * one of them is deleted by then.
 */
export const PutNotices = z.discriminatedUnion('place', [
  z.strictObject({ place: z.literal('done'), ids: NoticeIds }),
  z.strictObject({ place: z.literal('snoozed'), ids: NoticeIds, until: Instant }),
  z.strictObject({ place: z.literal('inbox'), ids: NoticeIds }),
]);
export type PutNotices = z.infer<typeof PutNotices>;

/** Socket event `notification.moved`, to all of a person's devices: these stand elsewhere by now, put there or come back by themselves. */
export const NoticesMoved = z.object({ ids: z.array(Id), place: NoticePlace });
export type NoticesMoved = z.infer<typeof NoticesMoved>;

/** Socket event `notification.read`, to all of a person's devices: these were read (`ids`), or all up to an instant (`before`). */
export const NotificationsRead = z.object({
  ids: z.array(Id).nullable(),
  before: Instant.nullable(),
  readAt: Instant,
});
export type NotificationsRead = z.infer<typeof NotificationsRead>;

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What a digest gathers besides the notices that were kept for it. */
export const DigestSection = z.enum(['workshops', 'slots', 'answers', 'unanswered', 'questions', 'channels']);
export type DigestSection = z.infer<typeof DigestSection>;

/**
 * One mail in the place of many: each day, or each week on `weekday` (1 is Monday), `at` a wall time in the person's zone. `kinds`: of
 * these groups, what need not be known today comes with it and not by a mail of its own. `without`: sections the person does not want.
 */
export const DigestChoice = z.strictObject({
  every: z.enum(['day', 'week']),
  at: WallTime,
  weekday: z.number().int().min(1).max(7),
  kinds: z.array(PreferenceKind).max(PreferenceKind.options.length),
  without: z.array(DigestSection).max(DigestSection.options.length),
});
export type DigestChoice = z.infer<typeof DigestChoice>;

const Reach = z.strictObject({ inbox: z.boolean(), mail: z.boolean(), push: z.boolean().optional() });
/** Of every kind, and of nothing else: the API's description cannot say that of a record. */
type ReachOfKinds = Record<PreferenceKind, typeof Reach>;

/**
 * GET, PUT /api/me/preferences: kind x channel, quiet hours as wall times in the person's zone (null = none). Mandatory kinds (security, a
 * cancelled session) ignore it. `quietWeekend`: what can wait, waits for Monday. `digest`: null = every mail by itself. `mailsPerDay`: of
 * what can wait, no more leaves on one day, the rest goes with a digest (null = no limit). `invitations`: mails about sessions and
 * workshops bring their calendar entry. `push`: to the devices on which I switched it on. A PUT without one of these leaves it as it is.
 */
export const Preferences = z.strictObject({
  kinds: z.strictObject(Object.fromEntries(PreferenceKind.options.map((kind) => [kind, Reach])) as ReachOfKinds),
  quietHours: z.strictObject({ start: WallTime, end: WallTime }).nullable(),
  quietWeekend: z.boolean().optional(),
  digest: DigestChoice.nullable().optional(),
  mailsPerDay: z.number().int().min(1).max(100).nullable().optional(),
  invitations: z.boolean().optional(),
});
export type Preferences = z.infer<typeof Preferences>;

/** What the lists of a digest are: what waits for its reader, what was kept for it, and the sections. */
export const DigestListKey = z.enum(['waits', 'news', ...DigestSection.options]);
export type DigestListKey = z.infer<typeof DigestListKey>;

/** GET /api/me/digest: the digest as it would be now, and when the next one leaves (null: none is chosen). `more`: how many are not named. */
export const DigestPreview = z.object({
  dueAt: Instant.nullable(),
  lists: z.array(
    z.object({
      key: DigestListKey,
      items: z.array(z.object({ title: z.string(), body: z.string(), link: z.string() })),
      more: z.number(),
    }),
  ),
});
export type DigestPreview = z.infer<typeof DigestPreview>;

/** GET /api/me/mail-problem: mail to `address` stopped, since a mail server said (`status`) that it takes none. DELETE tries it again. */
export const MailProblem = z.object({
  problem: z.object({ address: z.string(), since: Instant, status: z.string() }).nullable(),
});
export type MailProblem = z.infer<typeof MailProblem>;
