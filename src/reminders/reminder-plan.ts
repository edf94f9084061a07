import { Temporal } from 'temporal-polyfill';
import { DAY, HOUR, MINUTE } from '../common/clock.js';
import { instantAt, plusDays } from '../common/zoned.js';
import { REQUEST_HOURS } from '../contracts/requests.js';
import type { ReminderKind, ReminderState } from '../contracts/reminders.js';
import { type Channel, type Quiet, afterQuiet } from '../notifications/preferences.js';

export type SubjectType = 'workshop' | 'session' | 'request' | 'milestone';

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
  /**
   * From an instant on, in the zone it was planned in; or a whole day `on` the calendar of a zone; or something that waits to be
   * answered: who asked does so since `askedAt`, whoever is to act has it since `waitingSince`.
   */
  time: { startsAt: Date; timeZone: string } | { on: string; timeZone: string } | { askedAt: Date; waitingSince: Date };
  /** Who is reminded, and the key of the reason. Who has two reasons is reminded for the first. */
  people: { userId: string; why: string }[];
}

/** How a person wants to be reminded of such a subject. */
export interface Recipient extends Quiet {
  channels: Channel[];
}

/** A reminder that must exist. */
export interface WantedReminder {
  userId: string;
  kind: ReminderKind;
  why: string;
  dueAt: Date;
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
  until: Date;
  channels: readonly string[];
  title: string | null;
  /** How often it was tried to send it. */
  attempts: number;
}

/** Why a reminder is not sent: the thing was cancelled or moved, the person left it, switched it off, or it is too late. */
export type DropReason = 'cancelled' | 'moved' | 'left' | 'muted' | 'late';

/** The writes that make what exists what must exist. */
export interface PlanChange {
  insert: WantedReminder[];
  /** Planned rows whose time, channels or title changed. */
  move: { id: string; to: WantedReminder }[];
  /** Dropped rows that are wanted again. */
  revive: { id: string; to: WantedReminder }[];
  drop: { id: string; because: DropReason }[];
}

interface Rung {
  kind: ReminderKind;
  at: Date;
  /** Quiet hours delay it. */
  canWait: boolean;
  /** Only for who is reminded for one of these reasons. */
  onlyFor?: readonly string[];
}

const MORNING = '09:00';

/**
 * The reminders that must exist for a subject as it is, whether their time is past or not. Pure. Days before are days of the calendar
 * in the subject's zone, hours before are exact (RFC 5545, section 3.3.6); quiet hours delay what can wait, never past the next
 * reminder or the start.
 */
export function planReminders(subject: ReminderSubject, recipients: ReadonlyMap<string, Recipient>): WantedReminder[] {
  if (!subject.isLive) return [];
  const { rungs, end } = ladderOf(subject);
  return distinct(subject.people).flatMap(({ userId, why }) => {
    const recipient = recipients.get(userId);
    if (!recipient || recipient.channels.length === 0) return [];
    const mine = rungs.filter((rung) => rung.onlyFor?.includes(why) ?? true);
    return mine.map((rung, step) => {
      const until = mine[step + 1]?.at ?? end;
      return {
        userId,
        kind: rung.kind,
        why,
        dueAt: dueAt(rung, until, recipient),
        until,
        channels: recipient.channels,
      };
    });
  });
}

function dueAt(rung: Rung, until: Date, recipient: Recipient): Date {
  if (!rung.canWait) return rung.at;
  const awake = afterQuiet(rung.at, recipient);
  return awake < until ? awake : rung.at;
}

/** The reminders of a kind of subject, the earliest first, and the instant at which it is too late for all of them. */
function ladderOf({ type, time }: ReminderSubject): { rungs: Rung[]; end: Date } {
  if ('on' in time) {
    const morning = (daysBefore: number) => instantAt(plusDays(time.on, -daysBefore), MORNING, time.timeZone);
    return {
      rungs: [
        { kind: 'milestone.14d', at: morning(14), canWait: true },
        { kind: 'milestone.3d', at: morning(3), canWait: true },
        { kind: 'milestone.day', at: morning(0), canWait: false },
      ],
      end: instantAt(plusDays(time.on, 1), '00:00', time.timeZone),
    };
  }
  if ('askedAt' in time) return ladderOfWaiting(time);
  const { startsAt, timeZone } = time;
  const before = (ms: number) => new Date(startsAt.getTime() - ms);
  if (type === 'session') {
    return {
      rungs: [
        { kind: 'session.24h', at: before(DAY), canWait: true },
        { kind: 'session.1h', at: before(HOUR), canWait: false },
      ],
      end: startsAt,
    };
  }
  return {
    rungs: [
      { kind: 'workshop.7d', at: daysBefore(startsAt, 7, timeZone), canWait: true, onlyFor: ['registered'] },
      { kind: 'workshop.24h', at: before(DAY), canWait: true, onlyFor: ['registered'] },
      { kind: 'workshop.1h', at: before(HOUR), canWait: false },
      { kind: 'workshop.10min', at: before(10 * MINUTE), canWait: false },
    ],
    end: startsAt,
  };
}

/**
 * What waits for an answer, in exact hours: whoever is to act is reminded, counted from when it came to them; then staff, and then
 * others are offered to who asked, both counted from when it was asked. It is worth saying for a week.
 */
function ladderOfWaiting({ askedAt, waitingSince }: { askedAt: Date; waitingSince: Date }): {
  rungs: Rung[];
  end: Date;
} {
  const hours = (from: Date, of: keyof typeof REQUEST_HOURS) => new Date(from.getTime() + REQUEST_HOURS[of] * HOUR);
  const rungs: Rung[] = [
    {
      kind: 'request.48h',
      at: hours(waitingSince, 'nudge'),
      canWait: true,
      onlyFor: ['asked', 'staff_asked', 'asker_asked'],
    },
    { kind: 'request.96h', at: hours(askedAt, 'staff'), canWait: true, onlyFor: ['staff', 'staff_asked'] },
    { kind: 'request.7d', at: hours(askedAt, 'others'), canWait: true, onlyFor: ['asker', 'asker_asked'] },
  ];
  // Passed on late, its new owner is reminded after staff were told.
  rungs.sort((a, b) => a.at.getTime() - b.at.getTime());
  const last = Math.max(...rungs.map(({ at }) => at.getTime()));
  return { rungs, end: new Date(last + 7 * DAY) };
}

/** The same time on the wall, so many days of the calendar earlier. */
function daysBefore(instant: Date, days: number, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.subtract({ days }).epochMilliseconds);
}

function distinct(people: ReminderSubject['people']): ReminderSubject['people'] {
  const first = new Map<string, ReminderSubject['people'][number]>();
  for (const person of people) if (!first.has(person.userId)) first.set(person.userId, person);
  return [...first.values()];
}

const keyOf = (userId: string, kind: string, revision: number) => `${userId} ${kind} ${revision}`;

/**
 * Compares what must exist with what does. Pure; planning twice changes nothing the second time. A reminder whose time is past is
 * never made: who joins late gets the next one. What is being sent or was sent is left alone.
 */
export function compare(
  subject: ReminderSubject,
  wanted: readonly WantedReminder[],
  existing: readonly ExistingReminder[],
  now: Date,
): PlanChange {
  const there = new Map(existing.map((row) => [keyOf(row.userId, row.kind, row.revision), row]));
  const change: PlanChange = { insert: [], move: [], revive: [], drop: [] };
  for (const want of wanted) {
    const row = there.get(keyOf(want.userId, want.kind, subject.revision));
    if (!row) {
      if (want.dueAt > now) change.insert.push(want);
    } else if (row.state === 'planned') {
      // One that failed for now and is tried again in a minute is not to be tried again at once.
      const isWaiting = row.attempts > 0 && want.dueAt <= now;
      if (!isWaiting && differs(row, want, subject.title)) change.move.push({ id: row.id, to: want });
    } else if (row.state === 'dropped' && want.dueAt > now) {
      change.revive.push({ id: row.id, to: want });
    }
  }
  const keep = new Set(wanted.map((want) => keyOf(want.userId, want.kind, subject.revision)));
  for (const row of existing) {
    if (row.state !== 'planned' || keep.has(keyOf(row.userId, row.kind, row.revision))) continue;
    change.drop.push({ id: row.id, because: whyDropped(subject, row) });
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

function whyDropped(subject: ReminderSubject, row: ExistingReminder): DropReason {
  if (!subject.isLive) return 'cancelled';
  if (!subject.people.some(({ userId }) => userId === row.userId)) return 'left';
  return row.revision === subject.revision ? 'muted' : 'moved';
}

const differs = (row: ExistingReminder, want: WantedReminder, title: string | null) =>
  row.dueAt.getTime() !== want.dueAt.getTime() ||
  row.until.getTime() !== want.until.getTime() ||
  row.channels.join() !== want.channels.join() ||
  row.title !== title;
