import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { createApp } from '../../app.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { MovableClock } from '../../common/times/clock.js';
import { instantAt, plusDays } from '../../common/times/zoned.js';
import type { Config } from '../../config/config.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { PreferencesRepository } from '../../notifications/rules/preferences.repository.js';
import { CohortPlanner } from '../../reminders/planning/cohort-planner.js';
import { Ladders } from '../../reminders/schedule/ladders.js';
import { ReminderPlanner } from '../../reminders/planning/reminder-planner.js';
import { SubjectSources } from '../../reminders/sources/subject-sources.js';
import { LetterBox } from './letter-box.js';
import { Rehearsal } from './rehearsal.js';
import { type Report, reportOf } from './report.js';
import { ResidencyWalk } from './residency-walk.js';
import { Scratch } from './scratch.js';
import { SentReader, recipientsIn } from './sent.js';

/** Before the first day invitations and milestones come, after the last one what was said of it. */
const DAYS_AROUND = 14;

export interface SimulationOptions {
  /** The folder in which each mail is kept; none are without it. */
  mails?: string | undefined;
  /** Told how far it is. */
  onDay?: (day: string) => void;
  signal?: AbortSignal;
}

/** A cohort's residency as it was lived on the moved clock. */
export interface Simulated {
  cohort: Pick<CohortRow, 'name' | 'startsOn' | 'endsOn' | 'timeZone'>;
  report: Report;
}

/**
 * Lives through a cohort's whole residency on a moved clock: in a copy of what its plan is made from, with real queues and a mail server
 * of its own. The installation is only read, and nobody is sent anything. Throws an Error for an unknown or closed cohort, and when `signal`
 * ends it; the copy is thrown away whatever happens.
 */
export async function simulateCohort(
  config: Config,
  cohortId: string,
  options: SimulationOptions = {},
): Promise<Simulated> {
  const scratch = await Scratch.beside(config);
  try {
    const cohort = await scratch.cohort(cohortId);
    const begins = instantAt(plusDays(cohort.startsOn, -DAYS_AROUND), '00:00', cohort.timeZone);
    const clock = new MovableClock(begins);
    return { cohort, report: await live(scratch, cohort, clock, options) };
  } finally {
    await scratch.forget();
  }
}

async function live(
  scratch: Scratch,
  cohort: CohortRow,
  clock: MovableClock,
  options: SimulationOptions,
): Promise<Report> {
  const recipients = new Map<string, { name: string; timeZone: string }>();
  const box = new LetterBox(clock, options.mails === undefined ? null : { folder: options.mails, recipients });
  let app: NestFastifyApplication | undefined;
  try {
    // Indexes first: the app makes them when it is put together.
    app = await createApp(scratch.configFor(await box.open()), clock);
    await scratch.fill(cohort._id, clock.now());
    await app.init();
    await app.get(Intervals).stop();
    const db = app.get<Connection>(getConnectionToken());
    for (const [id, who] of await recipientsIn(db)) recipients.set(id, who);
    const walk = await walkThrough(app, clock, cohort, options);
    const ladder = await app.get(Ladders).ofOne(String(cohort._id));
    const reader = new SentReader(db, app.get(PreferencesRepository), ladder, walk.due, recipients, clock.now());
    const { sent, lost } = await reader.read(box.caught);
    return reportOf(sent, lost, cohort.timeZone);
  } finally {
    await app?.close();
    await box.close();
  }
}

async function walkThrough(
  app: NestFastifyApplication,
  clock: MovableClock,
  cohort: CohortRow,
  { onDay, signal }: SimulationOptions,
): Promise<ResidencyWalk> {
  const end = instantAt(plusDays(cohort.endsOn, DAYS_AROUND), '00:00', cohort.timeZone);
  const onStep = (now: Date) => {
    signal?.throwIfAborted();
    onDay?.(now.toISOString().slice(0, 10));
  };
  const walk = new ResidencyWalk([app], clock, onStep, true);
  await app.get(CohortPlanner).plan(String(cohort._id));
  const rehearsal = new Rehearsal(
    app.get<Connection>(getConnectionToken()),
    app.get(ReminderPlanner),
    app.get(SubjectSources),
    cohort._id,
  );
  for (const instant of await rehearsal.instants(clock.now(), end)) {
    await walk.until(instant);
    await rehearsal.happenAt(instant);
  }
  await walk.until(end);
  return walk;
}
