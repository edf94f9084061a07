import {
  type NoticeTopic,
  NotificationKind,
  type PreferenceKind,
  type Preferences,
} from '../../contracts/notifications/notifications.js';
import { isMention, isWaiting } from '../../contracts/notifications/waiting.js';

/** How a notice can reach a person. */
export type Channel = 'inbox' | 'mail';

/** The groups of kinds that people set together. */
export const GROUPS: readonly PreferenceKind[] = ['workshops', 'sessions', 'milestones', 'forum', 'chat'];

/** So many mails a day are sent to who never chose; what can wait beyond them goes with the digest. */
const MAILS_PER_DAY = 12;

/** What holds for who never chose: all on, quiet from 20:00 to 08:00 and at the weekend, each mail by itself, calendar entries in mails. */
export const DEFAULT_PREFERENCES: Preferences = {
  kinds: {
    workshops: { inbox: true, mail: true, push: true },
    sessions: { inbox: true, mail: true, push: true },
    milestones: { inbox: true, mail: true, push: true },
    forum: { inbox: true, mail: true, push: true },
    chat: { inbox: true, mail: true, push: true },
  },
  quietHours: { start: '20:00', end: '08:00' },
  quietWeekend: true,
  digest: null,
  mailsPerDay: MAILS_PER_DAY,
  invitations: true,
};

const GROUP_OF: Record<NotificationKind, PreferenceKind | null> = {
  'workshop.reminder': 'workshops',
  'workshop.moved': 'workshops',
  'workshop.cancelled': 'workshops',
  'workshop.promoted': 'workshops',
  'workshop.offered': 'workshops',
  'workshop.lapsed': 'workshops',
  'workshop.left': 'workshops',
  'workshop.host_left': 'workshops',
  'workshop.hosting': 'workshops',
  'workshop.hosting_ended': 'workshops',
  'workshop.message': 'workshops',
  'workshop.materials': 'workshops',
  'workshop.registered': 'workshops',
  'workshop.added': 'workshops',
  'session.reminder': 'sessions',
  'wish.planned': 'workshops',
  'session.booked': 'sessions',
  'session.moved': 'sessions',
  'session.handed_over': 'sessions',
  'action.dropped': 'sessions',
  'session.cancelled': 'sessions',
  'request.asked': 'sessions',
  'request.passed': 'sessions',
  'request.question': 'sessions',
  'request.told': 'sessions',
  'request.accepted': 'sessions',
  'request.declined': 'sessions',
  'request.withdrawn': 'sessions',
  'request.reminder': 'sessions',
  'cycle.started': 'sessions',
  'cycle.moved': 'sessions',
  'cycle.ended': 'sessions',
  'cycle.note': 'sessions',
  'cycle.reminder': 'sessions',
  'goal.set': 'sessions',
  'slot.free': 'sessions',
  'milestone.reminder': 'milestones',
  'phase.reminder': 'milestones',
  'residency.reminder': 'milestones',
  'letter.reminder': 'milestones',
  'workshop.feedback': 'workshops',
  'session.notes': 'sessions',
  'action.reminder': 'sessions',
  'topic.reminder': 'forum',
  'contact.reminder': 'sessions',
  'topic.opened': 'forum',
  'topic.asked': 'forum',
  'topic.replied': 'forum',
  'topic.answered': 'forum',
  'topic.thanked': 'forum',
  'forum.mentioned': 'forum',
  'handbook.copied': 'forum',
  'commons.asked': 'forum',
  'commons.replied': 'forum',
  'chat.mentioned': 'chat',
  'chat.direct': 'chat',
  'chat.watched': 'chat',
  'channel.added': 'chat',
  'note.self': null,
  'forum.bookmark': null,
  'chat.reminder': null,
  'message.unsent': null,
  'reminder.trial': null,
  'application.message': null,
  'project.asked': null,
  'report.opened': null,
  'report.closed': null,
  'post.flagged': null,
  'post.hidden': null,
  'post.settled': null,
  'flag.answered': null,
  'commons.flagged': null,
  'cohort.closed': null,
  'webhook.stopped': null,
  'mail.stopped': null,
  'mail.unreachable': null,
  'operation.alert': null,
  'operation.over': null,
  'account.security': null,
};

/** So that nobody waits at a closed door, and nobody misses that their account or their installation is in danger: always on, at any hour. */
const MANDATORY = new Set<NotificationKind>([
  'account.security',
  'operation.alert',
  'session.cancelled',
  'session.moved',
  'session.handed_over',
  'workshop.cancelled',
]);

/** The answer to an act of somebody, a place that opens, what one asked to be told then: told at once, whatever the hour. */
const AT_ONCE = new Set<NotificationKind>([
  'slot.free',
  'workshop.registered',
  'workshop.promoted',
  'workshop.offered',
  'workshop.left',
  'session.booked',
  'note.self',
  'forum.bookmark',
  'chat.reminder',
  'reminder.trial',
  'message.unsent',
]);

/** Their mail brings the calendar entry of its reader up to date: until it comes, their calendar is wrong. */
const WITH_ENTRY = new Set<NotificationKind>([
  'workshop.registered',
  'workshop.hosting',
  'workshop.hosting_ended',
  'workshop.promoted',
  'workshop.left',
  'workshop.lapsed',
  'workshop.moved',
  'workshop.cancelled',
  'session.booked',
  'session.moved',
  'session.handed_over',
  'session.cancelled',
]);

/** Whether the mail of a notice of this kind carries a calendar entry. */
export const bringsAnEntry = (kind: NotificationKind): boolean => WITH_ENTRY.has(kind);

/** The group in which a person sets this kind; null for what nobody can switch off. */
export const groupOf = (kind: NotificationKind): PreferenceKind | null => (MANDATORY.has(kind) ? null : GROUP_OF[kind]);

/** The kinds to which a person may narrow their inbox; those that wait or in which one is named stand in their group, too. */
export function kindsAbout(topic: NoticeTopic): NotificationKind[] {
  if (topic === 'waiting') return NotificationKind.options.filter(isWaiting);
  if (topic === 'mentions') return NotificationKind.options.filter(isMention);
  return NotificationKind.options.filter((kind) => (groupOf(kind) ?? 'other') === topic);
}

/** Whether a notice of this kind may wait: on a device it is silent until the end of the quiet hours. */
export const canWait = (kind: NotificationKind): boolean => !MANDATORY.has(kind) && !AT_ONCE.has(kind);

/**
 * Whether the mail of a notice of this kind may wait: for the end of the quiet hours, for a digest, for who has not read it in the app.
 * What updates a calendar entry never does.
 */
export const mailCanWait = (kind: NotificationKind): boolean => canWait(kind) && !bringsAnEntry(kind);

/** The channels on which a kind reaches a person. */
export function channelsFor(kind: NotificationKind, preferences: Preferences): Channel[] {
  const group = groupOf(kind);
  if (!group) return ['inbox', 'mail'];
  const { inbox, mail } = preferences.kinds[group];
  return [...(inbox ? (['inbox'] as const) : []), ...(mail ? (['mail'] as const) : [])];
}

/** Whether a kind reaches the devices on which a person switched that on: a push is a hint at the inbox, so what does not stand there is not pushed. */
export function isPushed(kind: NotificationKind, preferences: Preferences): boolean {
  const group = groupOf(kind);
  if (!group) return true;
  const { inbox, push } = preferences.kinds[group];
  return inbox && push !== false;
}
