import { z } from 'zod';
import { Id, Instant, PageQuery } from './primitives.js';

/**
 * Every kind of notice there is. The web and the mails translate `kind` with `params`; `why` names the reason it came
 * (a key: attended, owner, quiet, quiet_fellow, first_day, half_way, last_month, last_day, registered, waitlisted, left, wanted, participant, coach, asked, asker, craft, cycle, note_reader, mentioned, author, watching, member, self, staff,
 * reporter, security).
 */
export const NotificationKind = z.enum([
  'workshop.reminder',
  'workshop.moved',
  'workshop.cancelled',
  'workshop.promoted',
  'workshop.offered',
  'workshop.lapsed',
  'workshop.left',
  'workshop.message',
  'workshop.materials',
  'workshop.registered',
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
  'slot.free',
  'milestone.reminder',
  'phase.reminder',
  'residency.reminder',
  'workshop.feedback',
  'session.notes',
  'action.reminder',
  'topic.reminder',
  'contact.reminder',
  'topic.replied',
  'topic.answered',
  'forum.mentioned',
  'chat.mentioned',
  'chat.direct',
  'channel.added',
  'note.self',
  'message.unsent',
  'report.opened',
  'report.closed',
  'cohort.closed',
  'account.security',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** A group of kinds that a person sets together. */
export const PreferenceKind = z.enum(['workshops', 'sessions', 'milestones', 'forum', 'chat']);
export type PreferenceKind = z.infer<typeof PreferenceKind>;

/**
 * One notice. `title` is the sentence in the person's language; `link` a path of the web app; `group` where they set whether such notices
 * reach them, null for what nobody can switch off.
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
  createdAt: Instant,
  readAt: Instant.nullable(),
});
export type Notification = z.infer<typeof Notification>;

export const InboxQuery = PageQuery.extend({ unread: z.enum(['true', 'false']).optional() });
export type InboxQuery = z.infer<typeof InboxQuery>;

/** GET /api/me/inbox, newest first; `unread` is the count of all unread ones, exact to 100. */
export const Inbox = z.object({ items: z.array(Notification), nextCursor: z.string().nullable(), unread: z.number() });
export type Inbox = z.infer<typeof Inbox>;

/** POST /api/me/inbox/read: these, or all up to an instant. */
export const MarkInboxRead = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(200) }),
  z.strictObject({ before: Instant }),
]);
export type MarkInboxRead = z.infer<typeof MarkInboxRead>;

/** Socket event `notification.read`, to all of a person's devices: these were read (`ids`), or all up to an instant (`before`). */
export const NotificationsRead = z.object({
  ids: z.array(Id).nullable(),
  before: Instant.nullable(),
  readAt: Instant,
});
export type NotificationsRead = z.infer<typeof NotificationsRead>;

/** GET, PUT /api/me/preferences: kind x channel, quiet hours as wall times in the person's zone (null = none). Mandatory kinds (security, a cancelled session) ignore it. `invitations`: mails about sessions and workshops bring their calendar entry; a PUT without it leaves it as it is. */
export const Preferences = z.strictObject({
  kinds: z.record(PreferenceKind, z.strictObject({ inbox: z.boolean(), mail: z.boolean() })),
  quietHours: z
    .strictObject({
      start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      end: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    })
    .nullable(),
  invitations: z.boolean().optional(),
});
export type Preferences = z.infer<typeof Preferences>;
