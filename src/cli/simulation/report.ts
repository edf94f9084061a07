import { MINUTE } from '../../common/times/clock.js';
import { grouped } from '../../common/grouped.js';
import { dayNumber, mondayOf, plainDateOf, weekOf } from '../../common/times/zone-offsets.js';
import { dayOf } from '../../common/times/zoned.js';
import { type Quiet, afterQuietBefore } from '../../notifications/rules/quiet.js';

/** Something that reached a person, by mail or in the inbox. */
export interface Sent {
  /** Names what was sent for good: of two with one key in one person's mails, one is too many. */
  key: string;
  by: 'mail' | 'inbox';
  person: { id: string; name: string };
  /** `workshop.24h`; of a notice or a letter that is no reminder, its kind. */
  kind: string;
  /** What it is about, for people. */
  about: string;
  dueAt: Date;
  at: Date;
  /** When its person is not to be disturbed. */
  quiet: Quiet;
  /** Whether such a thing waits for the end of the quiet, and after which instant there is no use in it any more (null: always). */
  canWait: { until: Date | null } | false;
}

/** A reminder that was planned and then not sent, though nothing spoke against it: too late, or its mail failed. */
export interface Lost {
  person: { id: string; name: string };
  kind: string;
  about: string;
  dueAt: Date;
  because: string;
}

interface Counts {
  mails: number;
  notices: number;
}

/** What a residency sends. Of the lists at the end, each must be empty. */
export interface Report extends Counts {
  people: number;
  kinds: (Counts & { kind: string })[];
  /** `week` is its Monday. */
  weeks: (Counts & { week: string })[];
  /** `busiest`: the most mails of one day of theirs. */
  persons: (Counts & { id: string; name: string; busiest: number })[];
  quietBroken: Sent[];
  doubles: Sent[];
  late: Sent[];
  lost: Lost[];
}

/** More than this after its time something is late. */
const LATE_MS = MINUTE;

/** Counts what was sent in a residency, and finds what should not have been. `timeZone` is the cohort's, for the weeks. Pure. */
export function reportOf(sent: readonly Sent[], lost: readonly Lost[], timeZone: string): Report {
  const persons = grouped(sent, ({ person }) => person.id);
  const kinds = [...grouped(sent, ({ kind }) => kind)].map(([kind, all]) => ({ kind, ...countsOf(all) }));
  const weeks = [...grouped(sent, ({ at }) => mondayBefore(dayOf(at, timeZone)))].map(([week, all]) => ({
    week,
    ...countsOf(all),
  }));
  return {
    ...countsOf(sent),
    people: persons.size,
    kinds: kinds.sort((a, b) => a.kind.localeCompare(b.kind)),
    weeks: weeks.sort((a, b) => a.week.localeCompare(b.week)),
    persons: [...persons]
      .map(([id, all]) => ({ id, name: all[0]?.person.name ?? '', ...countsOf(all), busiest: busiestOf(all) }))
      .sort((a, b) => b.mails - a.mails || a.name.localeCompare(b.name)),
    quietBroken: sent.filter(isInQuiet),
    doubles: doublesOf(sent),
    late: sent.filter(({ at, dueAt }) => at.getTime() - dueAt.getTime() > LATE_MS),
    lost: [...lost],
  };
}

/** Whether every figure that must be 0 is. */
export const isClean = ({ quietBroken, doubles, late, lost }: Report): boolean =>
  [quietBroken, doubles, late, lost].every((list) => list.length === 0);

/** Sent while its person is not to be disturbed, though it could have waited: the end of the quiet would still have been in time. */
function isInQuiet({ canWait, at, quiet }: Sent): boolean {
  return canWait !== false && afterQuietBefore(at, quiet, canWait.until) > at;
}

function doublesOf(sent: readonly Sent[]): Sent[] {
  const mails = sent.filter(({ by }) => by === 'mail');
  return [...grouped(mails, ({ person, key }) => `${person.id} ${key}`).values()].flatMap((alike) => alike.slice(1));
}

function busiestOf(sent: readonly Sent[]): number {
  const mails = sent.filter(({ by }) => by === 'mail');
  const days = grouped(mails, ({ at, quiet }) => dayOf(at, quiet.timeZone));
  return Math.max(0, ...[...days.values()].map((day) => day.length));
}

const countsOf = (sent: readonly Sent[]): Counts => {
  const mails = sent.filter(({ by }) => by === 'mail').length;
  return { mails, notices: sent.length - mails };
};

const mondayBefore = (day: string) => plainDateOf(mondayOf(weekOf(dayNumber(day))));
