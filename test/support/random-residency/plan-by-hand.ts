import type { Facts, Reader } from './facts.js';
import { dayNumber, firstFrom, instantOn, once, plusDays, wallAt } from './wall-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** So long before it is too late a weekend or a day of rest ends, or it is not waited for. */
const GOOD_TIME = 3 * HOUR;
const SATURDAY = 6;

/** A reminder that must come, as the rules of the design say it. */
export interface Due {
  /** Person, kind, thing, and which of its revisions. */
  key: string;
  userId: string;
  /** As they were when it was planned last. */
  reader: Reader;
  kind: string;
  subjectId: string;
  dueAt: Date;
  /** From then on it is too late. */
  until: Date;
  inbox: boolean;
  mail: boolean;
}

/** One step of a ladder. */
interface Step {
  kind: string;
  at: Date;
  /** Nobody sleeps through it. */
  isUrgent?: true;
}

interface Thing {
  id: string;
  revision: number;
  group: 'workshops' | 'sessions' | 'milestones';
  until: Date;
}

/** Those that no quiet keeps back: they are about the hour. What a day brings waits for the morning of that day. */
export const URGENT: ReadonlySet<string> = new Set(['workshop.1h', 'workshop.10min', 'session.1h']);

/** All reminders that follow from a cohort as it stands, by their key, whether their time is past or not. */
export function planByHand(facts: Facts, things: ReadonlySet<string>): Map<string, Due> {
  const all = [
    ...(things.has('workshop') ? workshopsOf(facts) : []),
    ...(things.has('session') ? sessionsOf(facts) : []),
    ...(things.has('action') ? actionsOf(facts) : []),
    ...(things.has('milestone') ? milestonesOf(facts) : []),
  ];
  return new Map(all.map((due) => [due.key, due]));
}

function workshopsOf(facts: Facts): Due[] {
  return facts.workshops
    .filter(({ isOn }) => isOn)
    .flatMap(({ id, revision, startsAt, timeZone, hasLink, going, hosts }) => {
      const { day, time } = wallAt(startsAt, timeZone);
      const near = [
        urgent('workshop.1h', before(startsAt, HOUR)),
        ...(hasLink ? [urgent('workshop.10min', before(startsAt, 10 * MINUTE))] : []),
      ];
      const far = [
        { kind: 'workshop.7d', at: instantOn(plusDays(day, -7), time, timeZone) },
        { kind: 'workshop.24h', at: before(startsAt, DAY) },
      ];
      const thing = { id, revision, group: 'workshops', until: startsAt } as const;
      const onlyHosts = hosts.filter((host) => !going.includes(host));
      return [...toAll(facts, going, thing, [...far, ...near]), ...toAll(facts, onlyHosts, thing, near)];
    });
}

function sessionsOf(facts: Facts): Due[] {
  return facts.sessions
    .filter(({ isOn }) => isOn)
    .flatMap(({ id, revision, startsAt, endsAt, coachIds, fellowIds }) => {
      const ladder = [{ kind: 'session.24h', at: before(startsAt, DAY) }, urgent('session.1h', before(startsAt, HOUR))];
      const asked = before(endsAt, -HOUR);
      const thing = { id, revision, group: 'sessions', until: startsAt } as const;
      return [
        ...toAll(facts, [...coachIds, ...fellowIds], thing, ladder),
        ...toAll(facts, coachIds, { ...thing, until: before(asked, -7 * DAY) }, [{ kind: 'session.notes', at: asked }]),
      ];
    });
}

function actionsOf(facts: Facts): Due[] {
  return facts.actions.flatMap(({ id, isOpen, ownerId, dueOn }) => {
    if (!isOpen || dueOn === null) return [];
    const nine = (day: string) => instantOn(day, '09:00', facts.timeZone);
    const thing = { id, revision: dayNumber(dueOn), group: 'sessions' } as const;
    const overdue = { kind: 'action.overdue', at: nine(plusDays(dueOn, 1)) };
    const ahead = [
      { kind: 'action.2d', at: nine(plusDays(dueOn, -2)) },
      { kind: 'action.day', at: nine(dueOn) },
    ];
    const midnight = (days: number) => instantOn(plusDays(dueOn, days), '00:00', facts.timeZone);
    return [
      ...toAll(facts, [ownerId], { ...thing, until: midnight(1) }, ahead),
      ...toAll(facts, [ownerId], { ...thing, until: midnight(8) }, [overdue]),
    ];
  });
}

function milestonesOf(facts: Facts): Due[] {
  const everybody = [...facts.readers.keys()];
  return facts.milestones.flatMap(({ id, on }) => {
    const nine = (days: number) => instantOn(plusDays(on, -days), '09:00', facts.timeZone);
    const until = instantOn(plusDays(on, 1), '00:00', facts.timeZone);
    const ahead = [
      { kind: 'milestone.14d', at: whenAtWork(nine(14), facts, -1) },
      { kind: 'milestone.3d', at: whenAtWork(nine(3), facts, -1) },
    ];
    // On the last morning before a pause one says it.
    const isTwice = ahead[1]!.at < nine(3) && ahead[0]!.at.getTime() === ahead[1]!.at.getTime();
    return toAll(facts, everybody, { id, revision: dayNumber(on), group: 'milestones', until }, [
      ...ahead.slice(0, isTwice ? 1 : 2),
      { kind: 'milestone.day', at: nine(0) },
    ]);
  });
}

/** Members alone; who wants such reminders nowhere gets none. */
function toAll(facts: Facts, userIds: readonly string[], thing: Thing, ladder: readonly Step[]): Due[] {
  return userIds.flatMap((userId) => {
    const reader = facts.readers.get(userId);
    if (!reader?.role) return [];
    const { inbox, mail } = reader.ways[thing.group]!;
    if (!inbox && !mail) return [];
    return ladder.map(({ kind, at, isUrgent }, step): Due => {
      const next = ladder[step + 1]?.at;
      const until = next && next < thing.until ? next : thing.until;
      const key = `${userId} ${kind} ${thing.id} ${thing.revision}`;
      const dueAt = isUrgent ? at : awakeOnce(at, until, reader, facts);
      return { key, userId, reader, kind, subjectId: thing.id, dueAt, until, inbox, mail };
    });
  });
}

/** The same person is asked about the same instants after every act. */
function awakeOnce(at: Date, until: Date, reader: Reader, facts: Facts): Date {
  const { timeZone, quiet, quietWeekend } = reader;
  const who = `${timeZone} ${quiet?.start} ${quiet?.end} ${quietWeekend}`;
  return once(`awake ${who} ${at.getTime()} ${until.getTime()}`, () => whenAwake(at, until, reader, facts));
}

/** Once the person is awake and the programme works, if that is in good time; then without the weekend; or else at its own time. */
function whenAwake(at: Date, until: Date, reader: Reader, facts: Facts): Date {
  const isGood = (one: Date) => one <= before(until, GOOD_TIME);
  const rested = firstFrom(at, (one) => !isQuiet(one, reader));
  const slept = firstFrom(at, (one) => !isNight(one, reader));
  const awake = [rested, slept].find(isGood) ?? [rested, slept].find((one) => one < until) ?? at;
  const working = whenAtWork(awake, facts);
  if (working <= awake) return awake;
  const morning = firstFrom(working, (one) => !isQuiet(one, reader));
  return isGood(morning) ? morning : awake;
}

/** After a pause, at nine of the next working day; or of the one before it. */
function whenAtWork(at: Date, { timeZone, pauses }: Facts, way: 1 | -1 = 1): Date {
  const isPause = (day: string) => pauses.some(({ from, to }) => from <= day && day <= to);
  let { day } = wallAt(at, timeZone);
  if (!isPause(day)) return at;
  do day = plusDays(day, way);
  while (isPause(day) || new Date(`${day}T00:00:00Z`).getUTCDay() % SATURDAY === 0);
  return instantOn(day, '09:00', timeZone);
}

/** Whether a person sleeps then. */
export function isNight(at: Date, { quiet, timeZone }: Pick<Reader, 'quiet' | 'timeZone'>): boolean {
  if (!quiet) return false;
  const { time } = wallAt(at, timeZone);
  return quiet.start < quiet.end ? time >= quiet.start && time < quiet.end : time >= quiet.start || time < quiet.end;
}

/** Whether a person is not to be disturbed then by what can wait. */
export const isQuiet = (at: Date, reader: Reader) =>
  isNight(at, reader) || (reader.quietWeekend && wallAt(at, reader.timeZone).weekday >= SATURDAY);

/** Whether it disturbs somebody who could have been told later, and in time. */
export function disturbs({ kind, reader, until }: Due, at: Date): boolean {
  if (URGENT.has(kind) || !isQuiet(at, reader)) return false;
  if (isNight(at, reader)) return firstFrom(at, (one) => one >= until || !isNight(one, reader)) < until;
  return firstFrom(at, (one) => one > until || !isQuiet(one, reader)) <= before(until, GOOD_TIME);
}

const urgent = (kind: string, at: Date): Step => ({ kind, at, isUrgent: true });
const before = (instant: Date, ms: number) => new Date(instant.getTime() - ms);
