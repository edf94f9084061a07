import type { NotificationKind, PreferenceKind, Preferences } from '../contracts/notifications.js';
import { ZoneOffsets } from '../common/zone-offsets.js';

/** How a notice can reach a person. */
export type Channel = 'inbox' | 'mail';

/** The groups of kinds that people set together. */
export const GROUPS: readonly PreferenceKind[] = ['workshops', 'sessions', 'milestones', 'forum', 'chat'];

/** What holds for who never chose: all on, quiet from 20:00 to 08:00, calendar entries in mails. */
export const DEFAULT_PREFERENCES: Preferences = {
  kinds: {
    workshops: { inbox: true, mail: true },
    sessions: { inbox: true, mail: true },
    milestones: { inbox: true, mail: true },
    forum: { inbox: true, mail: true },
    chat: { inbox: true, mail: true },
  },
  quietHours: { start: '20:00', end: '08:00' },
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
  'workshop.message': 'workshops',
  'workshop.materials': 'workshops',
  'workshop.registered': 'workshops',
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
  'slot.free': 'sessions',
  'milestone.reminder': 'milestones',
  'phase.reminder': 'milestones',
  'residency.reminder': 'milestones',
  'workshop.feedback': 'workshops',
  'session.notes': 'sessions',
  'action.reminder': 'sessions',
  'topic.reminder': 'forum',
  'contact.reminder': 'sessions',
  'topic.replied': 'forum',
  'topic.answered': 'forum',
  'forum.mentioned': 'forum',
  'chat.mentioned': 'chat',
  'chat.direct': 'chat',
  'channel.added': 'chat',
  'note.self': null,
  'message.unsent': null,
  'report.opened': null,
  'report.closed': null,
  'cohort.closed': null,
  'account.security': null,
};

/** So that nobody waits at a closed door, and nobody misses that their account is in danger: always on, at any hour. */
const MANDATORY = new Set<NotificationKind>([
  'account.security',
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
  'message.unsent',
]);

/** The group in which a person sets this kind; null for what nobody can switch off. */
export const groupOf = (kind: NotificationKind): PreferenceKind | null => (MANDATORY.has(kind) ? null : GROUP_OF[kind]);

/** Whether a notice of this kind waits for the end of the quiet hours. */
export const canWait = (kind: NotificationKind): boolean => !MANDATORY.has(kind) && !AT_ONCE.has(kind);

/** The channels on which a kind reaches a person. */
export function channelsFor(kind: NotificationKind, preferences: Preferences): Channel[] {
  const group = groupOf(kind);
  if (!group) return ['inbox', 'mail'];
  const { inbox, mail } = preferences.kinds[group];
  return [...(inbox ? (['inbox'] as const) : []), ...(mail ? (['mail'] as const) : [])];
}

/**
 * The instant itself, or the end of the quiet hours it lies in, both as wall times of `timeZone`. Hours over midnight belong to the
 * evening they begin in; equal ends mean none.
 */
export function afterQuietHours(instant: Date, quiet: Preferences['quietHours'], timeZone: string): Date {
  if (!quiet || quiet.start === quiet.end) return instant;
  const zone = ZoneOffsets.of(timeZone);
  const at = instant.getTime();
  const { day, minute } = zone.wallAt(at);
  const [start, end] = [minuteOf(quiet.start), minuteOf(quiet.end)];
  const overMidnight = start > end;
  const isQuiet = overMidnight ? minute < end || minute >= start : minute >= start && minute < end;
  if (!isQuiet) return instant;
  const until = zone.instantOf(overMidnight && minute >= start ? day + 1 : day, end);
  // In an hour that the autumn night repeats the quiet hours end the first time: the second time they are over.
  return until > at ? new Date(until) : instant;
}

/** When a person is not to be disturbed: each day between two wall times of their zone, and once until an instant. */
export interface Quiet {
  timeZone: string;
  quietHours: Preferences['quietHours'];
  quietUntil?: Date | null | undefined;
}

/** The instant itself, or the end of the time in which the person is not to be disturbed: of "do not disturb" first, then of the quiet hours. */
export function afterQuiet(instant: Date, { timeZone, quietHours, quietUntil }: Quiet): Date {
  const disturbable = quietUntil && quietUntil > instant ? quietUntil : instant;
  return afterQuietHours(disturbable, quietHours, timeZone);
}

/** `08:30` as minutes from midnight. */
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
