import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../app.js';
import type { Residency } from '../reminders/residency.js';
import type { RandomCohort } from './cohort.js';
import type { ExpectedReminders } from './expected.js';
import { disturbs } from './plan-by-hand.js';
import { wallAt } from './wall-clock.js';

const MAX_NAMED = 12;
const REMINDER = 'reminder-';

/** A reminder that came, or must have come: to whom, what of, when and how. */
interface Told {
  /** Person, kind, thing, and which of its revisions. */
  key: string;
  userId: string;
  kind: string;
  subjectId: string;
  at: Date;
  ways: string;
}

/** What came, held against what must have come. */
export interface Verdict {
  wrong: {
    missing: string[];
    unexpected: string[];
    /** For a time for which they were once planned, and not any more. */
    atOldTimes: string[];
    twice: string[];
    /** Neither sent nor dropped. */
    unsettled: string[];
    /** Came while somebody was not to be disturbed, and could have waited. */
    disturbing: string[];
  };
  counts: { came: Record<string, number>; expected: Record<string, number> };
  /** When, on the wall there, they were told who were to be told at nine after a night on which clocks turned. */
  nights: string[];
}

type Notice = { key: string; shown: boolean; createdAt: Date };

/** All that was written and sent in the whole residency. */
interface Records {
  rows: ReminderRow[];
  /** By the ids of their rows. */
  mails: Map<string, Date[]>;
  notices: Map<string, Date[]>;
}

export async function judge(
  world: TestWorld,
  cohort: RandomCohort,
  residency: Residency,
  expected: ExpectedReminders,
  log: readonly string[],
): Promise<Verdict> {
  const record = await recordOf(world, residency);
  const came = whatCame(record);
  const must = [...expected.came.values()].map((due): Told => ({ ...due, ways: waysOf(due.inbox, due.mail) }));
  const [isHere, isWanted] = [new Set(came.map(lineOf)), new Set(must.map(lineOf))];
  const old = new Set(expected.withdrawn.map(({ dueAt, ...due }) => timeOf({ ...due, at: dueAt })));
  const unexpected = came.filter((one) => !isWanted.has(lineOf(one)));
  const disturbing = came.filter(({ key, at }) => expected.came.has(key) && disturbs(expected.came.get(key)!, at));
  const explain = (some: readonly Told[]) => some.slice(0, MAX_NAMED).map((one) => explained(one, record, log));
  return {
    wrong: {
      missing: explain(must.filter((one) => !isHere.has(lineOf(one)))),
      unexpected: explain(unexpected),
      atOldTimes: unexpected.map(timeOf).filter((one) => old.has(one)),
      twice: [...record.mails, ...record.notices].filter(([, all]) => all.length > 1).map(([id]) => id),
      unsettled: record.rows.filter(({ state }) => state !== 'sent' && state !== 'dropped').map(rowLine),
      disturbing: explain(disturbing),
    },
    counts: { came: byKind(came), expected: byKind(must) },
    nights: cohort.steady.map(({ workshopId, zone, reader }) => {
      const told = came.find(
        ({ kind, subjectId, userId }) => kind === 'workshop.7d' && subjectId === workshopId && userId === reader.id,
      );
      const wall = told && wallAt(told.at, zone);
      return `${zone} ${wall?.day ?? 'never'} ${wall?.time ?? ''}`;
    }),
  };
}

async function recordOf(world: TestWorld, residency: Residency): Promise<Records> {
  const [rows, notices] = await Promise.all([
    everything<ReminderRow>(world, 'reminders'),
    everything<Notice>(world, 'notifications'),
  ]);
  const shown = notices.filter(({ key, shown }) => shown && key.startsWith(REMINDER));
  return {
    rows,
    mails: grouped(residency.sent.map(({ id, at }) => [id, at])),
    notices: grouped(shown.map(({ key, createdAt }) => [key.slice(REMINDER.length), createdAt])),
  };
}

/** A row that says it was sent counts as what the mail server and the inbox have of it. */
function whatCame({ rows, mails, notices }: Records): Told[] {
  return rows
    .filter(({ state }) => state === 'sent')
    .map(({ _id, kind, userId, subject: { id, revision } }) => {
      const [[mail], [notice]] = [mails.get(String(_id)) ?? [], notices.get(String(_id)) ?? []];
      return {
        ...{ kind, userId: String(userId), subjectId: String(id) },
        key: `${String(userId)} ${kind} ${String(id)} ${revision}`,
        at: mail ?? notice ?? new Date(0),
        ways: waysOf(Boolean(notice), Boolean(mail)),
      };
    });
}

const waysOf = (inbox: boolean, mail: boolean) => [...(inbox ? ['inbox'] : []), ...(mail ? ['mail'] : [])].join(' + ');

const lineOf = ({ key, at, ways }: Told) => `${key} at ${at.toISOString()} by ${ways}`;
const timeOf = ({ userId, kind, subjectId, at }: Omit<Told, 'key' | 'ways'>) =>
  `${userId} ${kind} ${subjectId} at ${at.toISOString()}`;

/** With what became of its rows, and all that was done about its person and its thing. */
function explained(one: Told, { rows }: Records, log: readonly string[]): string {
  const isIts = ({ userId, subject }: ReminderRow) =>
    String(userId) === one.userId && String(subject.id) === one.subjectId;
  const acts = log.filter((act) => act.includes(one.userId) || act.includes(one.subjectId));
  return [lineOf(one), ...rows.filter(isIts).map(rowLine), ...acts].join('\n    ');
}

const rowLine = ({ _id, kind, subject, state, because, dueAt, until, plannedAt }: ReminderRow) =>
  `${String(_id)} ${kind} r${subject.revision} ${state} ${because ?? ''} due ${dueAt.toISOString()} until ${until.toISOString()} planned ${plannedAt.toISOString()}`;

async function everything<Row>(world: TestWorld, collection: string): Promise<Row[]> {
  const rows = await world.db
    .collection(collection)
    .find({ _id: { $exists: true } })
    .toArray();
  return rows as unknown as Row[];
}

function grouped(all: readonly (readonly [id: string, at: Date])[]): Map<string, Date[]> {
  const groups = new Map<string, Date[]>();
  for (const [id, at] of all) groups.set(id, [...(groups.get(id) ?? []), at]);
  return groups;
}

function byKind(all: readonly Told[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of all) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
