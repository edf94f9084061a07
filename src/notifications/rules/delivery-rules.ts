import { HOUR } from '../../common/times/clock.js';
import type { NotificationKind, Preferences } from '../../contracts/notifications/notifications.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Channel, canWait, channelsFor, groupOf, mailCanWait } from './preferences.js';
import { type Quiet, afterQuietBefore } from './quiet.js';

/**
 * Which rule kept a mail back, in the order in which they are asked: its reader may not see the thing any more, does not want such mails,
 * has read it in the app; it waits for the end of the quiet; it goes with a digest, as chosen or since the day's mails are used up.
 */
export const RULES = ['gone', 'preference', 'read', 'quiet', 'digest', 'budget'] as const;
export type DeliveryRule = (typeof RULES)[number];

/** What can be known tomorrow, or with the week: talk, and what is there to be read. */
const CALM = new Set<NotificationKind>([
  'topic.opened',
  'topic.replied',
  'commons.replied',
  'topic.answered',
  'topic.thanked',
  'forum.mentioned',
  'chat.mentioned',
  'chat.direct',
  'chat.watched',
  'channel.added',
  'workshop.materials',
  'wish.planned',
  'cycle.note',
]);

/** A mail about chat goes only to who has not read it in the app meanwhile. */
const CHAT_MAIL_AFTER_MS = 2 * HOUR;

/** A notice as the rules see it. */
export interface Told {
  kind: NotificationKind;
  params: NoticeParams;
  /** It cannot wait, though others of its kind can: the reminder an hour before, say. */
  urgent?: boolean | null | undefined;
  /** When it is too late for it. */
  until?: Date | null | undefined;
  /** From when on it may leave, whatever it is. */
  notBefore?: Date | null | undefined;
}

/** Whom it is for: how they want to be reached, and when they are not to be disturbed. */
export interface Addressee extends Quiet {
  preferences: Preferences;
}

/** What becomes of the mail of a notice as it is told. */
export type MailPlan =
  | { state: 'none'; rule: DeliveryRule | null }
  | { state: 'waiting'; dueAt: Date; rule: DeliveryRule | null }
  | { state: 'digest'; rule: DeliveryRule };

/** What becomes of a mail that is about to leave. */
export type MailStep =
  | { to: 'send' }
  | { to: 'wait'; until: Date; rule: DeliveryRule }
  | { to: 'digest'; rule: DeliveryRule }
  | { to: 'drop'; rule: DeliveryRule };

/** Whether such a notice may go with a digest for this person. */
export const goesWithDigest = ({ kind }: Pick<Told, 'kind'>, { digest }: Preferences): boolean => {
  const group = groupOf(kind);
  return CALM.has(kind) && group !== null && (digest?.kinds.includes(group) ?? false);
};

/** Whether the day's mails limit it: what nobody may miss, and what is said at once, leaves whatever else did. */
export const countsForBudget = (kind: NotificationKind): boolean => mailCanWait(kind);

/** When a notice says nothing any more: as whoever told it knows, or when what it is about begins. */
function pressing({ params: { startsAt }, until }: Told): Date | null {
  return until ?? (typeof startsAt === 'string' ? new Date(startsAt) : null);
}

/** Whether it is too late for it, as whoever told it said. What says nothing of that, as a notice of before, is never too late. */
export const isTooLate = ({ until }: Pick<Told, 'until'>, now: Date): boolean => (until ? until <= now : false);

/** The first instant at which a mail may leave: after the quiet if it can wait, unless the thing would have begun by then. */
export function mailDueAt(notice: Told, now: Date, quiet: Quiet): Date {
  return mailMayLeaveAt(notice, soonestOf(notice, now, CHAT_MAIL_AFTER_MS), quiet);
}

/** Who has the channel open reads it within this time; that needs no push. */
const CHAT_PUSH_AFTER_MS = 15_000;

/** The first instant at which a notice may go to a person's devices. */
export function pushDueAt(notice: Told, now: Date, quiet: Quiet): Date {
  return mayLeaveAt(notice, soonestOf(notice, now, CHAT_PUSH_AFTER_MS), quiet);
}

/** When a notice could leave, were it never quiet: of chat after some time, in which it may be read. */
function soonestOf({ kind, notBefore }: Told, now: Date, afterMs: number): Date {
  const soonest = kind.startsWith('chat.') ? new Date(now.getTime() + afterMs) : now;
  return notBefore && notBefore > soonest ? notBefore : soonest;
}

/** The instant itself, or the end of the quiet it lies in, for a mail that can wait so long. */
const mailMayLeaveAt = (notice: Told, soonest: Date, quiet: Quiet): Date =>
  mailCanWait(notice.kind) ? mayLeaveAt(notice, soonest, quiet) : soonest;

/** The instant itself, or the end of the quiet it lies in, for what can wait so long on a device. */
export const mayLeaveAt = (notice: Told, soonest: Date, quiet: Quiet): Date =>
  canWait(notice.kind) && !notice.urgent ? afterQuietBefore(soonest, quiet, pressing(notice)) : soonest;

/**
 * What becomes of the mail of a notice when it is told. `channels`: on which it reaches this person; `byMail`: whether it is this door
 * that mails it. Pure.
 */
export function planMail(
  notice: Told,
  { channels, byMail }: { channels: readonly Channel[]; byMail: boolean },
  person: Addressee,
  now: Date,
): MailPlan {
  if (!byMail) return { state: 'none', rule: null };
  if (!channels.includes('mail')) return { state: 'none', rule: 'preference' };
  if (goesWithDigest(notice, person.preferences)) return { state: 'digest', rule: 'digest' };
  const dueAt = mailDueAt(notice, now, person);
  const awake = mailDueAt(notice, now, { ...person, quietHours: null, quietWeekend: false, quietUntil: null });
  return { state: 'waiting', dueAt, rule: dueAt > awake ? 'quiet' : null };
}

/** What is known of a mail that is about to leave. */
export interface Leaving {
  /** Its reader may not see the thing any more, or it is not there. */
  isGone: boolean;
  /** The notice was read, or the thing itself. */
  isRead: boolean;
  /** The mails of the person's day are used up. */
  isOverBudget: boolean;
  /** When the person's next digest leaves: what would be too late by then leaves now. */
  digestAt: Date;
}

/** Asks the rules again, in order, as a mail is about to leave: much can have happened since it was told. Pure. */
export function stepOf(notice: Told, leaving: Leaving, person: Addressee, now: Date): MailStep {
  const { kind } = notice;
  const { isGone, isRead, isOverBudget, digestAt } = leaving;
  if (isGone) return { to: 'drop', rule: 'gone' };
  if (!channelsFor(kind, person.preferences).includes('mail')) return { to: 'drop', rule: 'preference' };
  if (isRead && mailCanWait(kind)) return { to: 'drop', rule: 'read' };
  const until = mailMayLeaveAt(notice, now, person);
  if (until > now) return { to: 'wait', until, rule: 'quiet' };
  if (goesWithDigest(notice, person.preferences)) return { to: 'digest', rule: 'digest' };
  const isOver = isOverBudget && countsForBudget(kind);
  const begins = pressing(notice);
  return isOver && !(begins && digestAt >= begins) ? { to: 'digest', rule: 'budget' } : { to: 'send' };
}

/** Reasons from the weakest to the strongest; one that is not named here stands between watching and one's own. */
const REASONS = [
  'member',
  'craft',
  'watching_forum',
  'watching_tag',
  'watching',
  '',
  'author',
  'quoted',
  'asked',
  'participant',
  'mentioned',
  'security',
] as const;
const STEP = 1_000_000;

/**
 * How strong a reason is: of several in one act, the strongest is said. Of one reason, the notice that gathers more (`gathered`: messages
 * of a burst) takes the place of the one that gathers less. Pure.
 */
export function strengthOf(why: string, gathered = 0): number {
  const place = REASONS.indexOf(why as (typeof REASONS)[number]);
  const rank = place < 0 ? REASONS.indexOf('') : place;
  return rank * STEP + Math.min(Math.max(gathered, 0), STEP - 1);
}

/** Whether a notice of such a strength gathers: it grows while it is unread, and what comes later is another one. Pure. */
export const isGathering = (strength: number): boolean => strength % STEP > 0;
