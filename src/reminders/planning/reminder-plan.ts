import type { HeldBy, ReminderKind, ReminderState, ReminderSubjectType } from '../../contracts/reminders/reminders.js';
import type { Channel } from '../../notifications/rules/preferences.js';
import { type Quiet, afterQuiet, afterQuietBefore, isInGoodTime, quietOf } from '../../notifications/rules/quiet.js';
import { LADDER, type Ladder, type Rung } from '../schedule/ladder.js';
import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { afterRest, beforeRest } from '../days/rest-days.js';
import { type PlacedRung, type SubjectTime, placed } from '../schedule/ladder-times.js';

export type SubjectType = ReminderSubjectType;

/** Something that people are reminded of, as it is now. */
export interface ReminderSubject {
  type: SubjectType;
  id: string;
  cohortId: string;
  /** Another one whenever time, place or participants change. */
  revision: number;
  title: string | null;
  titleKey: string | null;
  /** False for what is cancelled, over or gone: nobody is reminded of it. */
  isLive: boolean;
  /** What its reminders are counted from. */
  time: SubjectTime;
  /** Who is reminded, the key of the reason, and whether they join by a link. Who has two reasons is reminded for the first. */
  people: { userId: string; why: string; byLink?: boolean }[];
  /**
   * Its reminders that say nothing of their own, unless in words of staff: each with the reminders of other subjects of that day, to the same
   * people, of which one says it all. None is named where there is nothing to say.
   */
  silent?: ReadonlyMap<ReminderKind, readonly ReminderKind[]>;
}

/** How a person wants to be reminded of such a subject. */
export interface Recipient extends Quiet {
  channels: Channel[];
}

/** What delays a reminder (or brings it forward: `early`), and the instant of its rung, at which it would have gone. */
export interface Held {
  by: HeldBy;
  from: Date;
}

/** A reminder that must exist. */
export interface WantedReminder {
  userId: string;
  kind: ReminderKind;
  why: string;
  dueAt: Date;
  held: Held | null;
  /** The instant after which it is too late: the next reminder of the ladder, the start, or the end of the day. */
  until: Date;
  channels: Channel[];
}

/** What is there already. */
export interface ExistingReminder {
  id: string;
  userId: string;
  kind: ReminderKind;
  revision: number;
  state: ReminderState;
  dueAt: Date;
  held: Held | null;
  until: Date;
  channels: readonly string[];
  why: string;
  title: string | null;
  titleKey: string | null;
  /** How often it was tried to send it. */
  attempts: number;
}

/** Why a reminder is not sent: the thing was cancelled or moved, the person left it, switched it off (staff: `off`), it is too late, or there is nothing to say. */
export type DropReason = 'cancelled' | 'moved' | 'left' | 'muted' | 'off' | 'late' | 'empty';

/** The writes that make what exists what must exist. */
export interface PlanChange {
  insert: WantedReminder[];
  /** Planned rows whose time, channels or title changed. */
  move: { id: string; to: WantedReminder }[];
  /** Dropped rows that are wanted again. */
  revive: { id: string; to: WantedReminder }[];
  drop: { id: string; because: DropReason }[];
}

/**
 * The reminders that must exist for a subject as it is, by the ladder of its cohort, whether their time is past or not. Pure. Days
 * before are days of the calendar in the subject's zone, hours before are exact (RFC 5545, section 3.3.6); quiet hours, a quiet weekend
 * and the cohort's closed days delay what can wait, never past the next reminder or the start, and a weekend or a closed day not to shortly before.
 * What is said ahead of a day goes before closed days, not after them.
 */
export function planReminders(
  subject: ReminderSubject,
  recipients: ReadonlyMap<string, Recipient>,
  ladder: Ladder = LADDER,
  rest: ClosedDays | null = null,
): WantedReminder[] {
  if (!subject.isLive) return [];
  const rungs = rungsOf(subject, ladder, rest);
  const silent = new Set(rungs.filter((rung) => isSilent(subject, rung, ladder)).map(({ kind }) => kind));
  const timesOf = timesByQuiet(rest);
  return distinct(subject.people).flatMap((person) => {
    const { userId, why } = person;
    const recipient = recipients.get(userId);
    if (!recipient) return [];
    const timed = timesOf(recipient);
    const mine = rungs.filter((rung) => isFor(rung, person));
    return mine.flatMap((rung, step) => {
      const channels = recipient.channels.filter((channel) => rung.channels.includes(channel));
      if (channels.length === 0 || silent.has(rung.kind)) return [];
      const until = earlier(rung.end, mine[step + 1]?.at);
      return [{ userId, kind: rung.kind, why, ...timed(rung, until), until, channels }];
    });
  });
}

/** A rung of a subject at its instant; `nominal` is that without closed days. */
type TimedRung = PlacedRung & { nominal: Date };

/** The rungs of a subject. Those that closed days bring forward to one morning are one: the first of them says it. */
function rungsOf({ type, time }: Pick<ReminderSubject, 'type' | 'time'>, ladder: Ladder, rest: ClosedDays | null) {
  const rungs = placed(
    ladder.filter((rung) => rung.subject === type),
    time,
  ).map((rung): TimedRung => {
    const at = rest && rung.early && rung.time.by === 'morning' && rung.count > 0 ? beforeRest(rung.at, rest) : rung.at;
    return { ...rung, at, nominal: rung.at };
  });
  const isSaid = ({ at, nominal, onlyFor }: TimedRung, index: number) =>
    at < nominal &&
    rungs
      .slice(0, index)
      .some((other) => other.at.getTime() === at.getTime() && (other.onlyFor ?? onlyFor) === onlyFor);
  return rungs.filter((rung, index) => !isSaid(rung, index));
}

/** Whether a rung is for somebody with this reason and this way to join. */
const isFor = ({ onlyFor, byLink }: Rung, person: ReminderSubject['people'][number]) =>
  (onlyFor?.includes(person.why) ?? true) && (!byLink || person.byLink === true);

/** Whether others say what a rung would say of this subject: at the same time, on as many channels, and in no words of staff, which would leave it out. */
function isSilent({ silent }: ReminderSubject, rung: Rung, ladder: Ladder): boolean {
  const others = silent?.get(rung.kind);
  if (!others || rung.text) return false;
  const says = (other: Rung) =>
    others.includes(other.kind) &&
    other.on &&
    !other.text &&
    other.count === rung.count &&
    rung.channels.every((channel) => other.channels.includes(channel));
  return others.length === 0 || ladder.some(says);
}

/** Most people have the same quiet hours in one of a few zones: what waits for them is worked out once for each. */
function timesByQuiet(rest: ClosedDays | null) {
  const known = new Map<string, Pick<WantedReminder, 'dueAt' | 'held'>>();
  return (recipient: Recipient) => {
    const { timeZone, quietHours, quietWeekend, quietUntil } = recipient;
    const quiet = [timeZone, quietHours?.start, quietHours?.end, quietWeekend, quietUntil?.getTime()].join(' ');
    return (rung: TimedRung, until: Date) => {
      const key = `${rung.kind} ${until.getTime()} ${quiet}`;
      const times = known.get(key) ?? timed(rung, until, recipient, rest);
      known.set(key, times);
      return times;
    };
  };
}

function timed(
  { at, nominal, canWait }: TimedRung,
  until: Date,
  recipient: Recipient,
  rest: ClosedDays | null,
): Pick<WantedReminder, 'dueAt' | 'held'> {
  if (!canWait) return { dueAt: at, held: null };
  const awake = afterQuietBefore(at, recipient, until);
  const rested = rest ? afterQuiet(afterRest(awake, rest), recipient) : awake;
  if (rested > awake && isInGoodTime(rested, until)) return { dueAt: rested, held: { by: 'rest', from: nominal } };
  if (awake < nominal) return { dueAt: awake, held: { by: 'early', from: nominal } };
  const by = quietOf(at, awake, recipient);
  return { dueAt: awake, held: by && { by, from: at } };
}

const earlier = (end: Date, next: Date | undefined) => (next && next < end ? next : end);

function distinct(people: ReminderSubject['people']): ReminderSubject['people'] {
  const first = new Map<string, ReminderSubject['people'][number]>();
  for (const person of people) if (!first.has(person.userId)) first.set(person.userId, person);
  return [...first.values()];
}

const keyOf = (userId: string, kind: string, revision: number) => `${userId} ${kind} ${revision}`;

/** Their revision only ever rises. Of a day it is the day itself, which may come nearer; of an invitation a time on the clock. */
const COUNTED = new Set<SubjectType>(['workshop', 'session', 'feedback', 'notes', 'request', 'cycle', 'guest']);

/**
 * Whether somebody planned for a newer state of a subject than the one that was read: it is to be read again, and nothing of what is
 * there is to be touched by the old one. Pure.
 */
export const isOvertaken = (
  { type, revision }: Pick<ReminderSubject, 'type' | 'revision'>,
  existing: readonly Pick<ExistingReminder, 'revision'>[],
): boolean => COUNTED.has(type) && existing.some((row) => row.revision > revision);

/**
 * Whether a change touches rows that somebody may have planned so by a newer state that no revision tells: who registered or chose
 * otherwise meanwhile. What is only added, or dropped with an older counted revision, undoes nothing. Pure.
 */
export const isDoubtful = (
  { type }: Pick<ReminderSubject, 'type'>,
  { move, revive, drop }: Omit<PlanChange, 'insert'>,
): boolean => move.length + revive.length > 0 || drop.some(({ because }) => because !== 'moved' || !COUNTED.has(type));

/**
 * Compares what must exist with what does. Pure; planning twice changes nothing the second time. A reminder whose time is past is
 * never made: who joins late gets the next one. What is being sent or was sent is left alone, and so is all of a subject that
 * {@link isOvertaken}.
 */
export function compare(
  subject: ReminderSubject,
  wanted: readonly WantedReminder[],
  existing: readonly ExistingReminder[],
  now: Date,
  ladder: Ladder = LADDER,
  rest: ClosedDays | null = null,
): PlanChange {
  const there = new Map(existing.map((row) => [keyOf(row.userId, row.kind, row.revision), row]));
  const change: PlanChange = { insert: [], move: [], revive: [], drop: [] };
  if (isOvertaken(subject, existing)) return change;
  for (const want of wanted) {
    const row = there.get(keyOf(want.userId, want.kind, subject.revision));
    if (!row) {
      if (want.dueAt > now) change.insert.push(want);
    } else if (row.state === 'planned') {
      // One that failed for now and is tried again in a minute is not to be tried again at once.
      const isWaiting = row.attempts > 0 && want.dueAt <= now;
      if (!isWaiting && differs(row, want, subject)) change.move.push({ id: row.id, to: want });
    } else if (row.state === 'dropped' && want.dueAt > now) {
      change.revive.push({ id: row.id, to: want });
    }
  }
  const keep = new Set(wanted.map((want) => keyOf(want.userId, want.kind, subject.revision)));
  for (const row of existing) {
    if (row.state !== 'planned' || keep.has(keyOf(row.userId, row.kind, row.revision))) continue;
    change.drop.push({ id: row.id, because: whyDropped(subject, row, ladder, rest) });
  }
  return change;
}

/** Why a reminder of a subject must not be sent any more, though it was planned; null when it may. */
export function staleness(
  subject: ReminderSubject,
  row: { userId: string; revision: number; until: Date },
  now: Date,
): DropReason | null {
  if (!subject.isLive) return 'cancelled';
  if (row.revision !== subject.revision) return 'moved';
  if (!subject.people.some(({ userId }) => userId === row.userId)) return 'left';
  return now >= row.until ? 'late' : null;
}

function whyDropped(
  subject: ReminderSubject,
  row: ExistingReminder,
  ladder: Ladder,
  rest: ClosedDays | null,
): DropReason {
  if (!subject.isLive) return 'cancelled';
  const person = subject.people.find(({ userId }) => userId === row.userId);
  if (!person) return 'left';
  if (row.revision !== subject.revision) return 'moved';
  if (!isOn(ladder, row.kind)) return 'off';
  const said = new Set(rungsOf(subject, ladder, rest).map(({ kind }) => kind));
  const says = (rung: Rung) =>
    said.has(rung.kind) && !(rung.byLink && !person.byLink) && !isSilent(subject, rung, ladder);
  return ladder.some((rung) => rung.kind === row.kind && !says(rung)) ? 'empty' : 'muted';
}

/** Whether a cohort has such reminders at all. */
export const isOn = (ladder: Ladder, kind: ReminderKind) => ladder.some((rung) => rung.kind === kind && rung.on);

const differs = (row: ExistingReminder, want: WantedReminder, { title, titleKey }: ReminderSubject) =>
  plannedAs(row, row) !== plannedAs(want, { title, titleKey });

/** All that a row says of its reminder and that may change. */
const plannedAs = (
  { dueAt, until, held, why, channels }: Pick<ExistingReminder, 'dueAt' | 'until' | 'held' | 'why' | 'channels'>,
  { title, titleKey }: Pick<ReminderSubject, 'title' | 'titleKey'>,
): string =>
  JSON.stringify([dueAt, until, held && [held.by, held.from], why, channels, titleKey ?? null, title ?? null]);
