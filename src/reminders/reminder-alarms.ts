import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/times/clock.js';
import { JobQueues, defineJob } from '../infra/queue/job-queues.js';
import { RedisMemory } from '../infra/redis/redis-memory.js';
import type { PlanChange, ReminderSubject } from './planning/reminder-plan.js';
import { AHEAD_MS, rowOf } from './reminder-rows.js';
import { ReminderPlansRepository } from './planning/reminder-plans.repository.js';
import type { ReminderRow } from './reminder.schema.js';
import { type ArmableReminder, RemindersRepository } from './reminders.repository.js';

/**
 * The alarm of a reminder; the row says whether it is due, an alarm of an old time finds nothing to do. More ring at a time than are sent
 * at a time, so that those who wait begin together.
 */
export const reminderAlarm = defineJob<{ id: string }>('reminder', 'reminders');

const BATCH = 1000;
const MAX_BATCHES = 20;
/** An alarm that could ring while its row is still being written is set after it. */
const TOO_SOON_MS = 10_000;

/** Sets alarms in Redis for what is due within two days; ten months of rows need no ten months of jobs. */
@Injectable()
export class ReminderAlarms {
  private readonly logger = new Logger('ReminderAlarms');

  constructor(
    private readonly clock: Clock,
    private readonly queues: JobQueues,
    private readonly redis: RedisMemory,
    private readonly reminders: RemindersRepository,
    private readonly plans: ReminderPlansRepository,
  ) {}

  /**
   * Writes new rows and, beside that, sets the alarms of those due within two days. A process that dies in between leaves a row that
   * the clockwork sends at most a turn late, or an alarm without a row, which does nothing.
   */
  async insert(changes: readonly { subject: ReminderSubject; change: PlanChange }[], now: Date): Promise<void> {
    const [soonest, latest] = [now.getTime() + TOO_SOON_MS, now.getTime() + AHEAD_MS];
    const isNear = (dueAt: Date) => dueAt.getTime() > soonest && dueAt.getTime() <= latest;
    const rows = changes.flatMap(({ subject, change }) =>
      change.insert.map((want) => rowOf(subject, want, now, isNear(want.dueAt))),
    );
    const near = rows.filter((row) => row.armed);
    const [isSet] = await Promise.all([this.trySetting(near), this.plans.insert(rows)]);
    if (!isSet) {
      await this.reminders.disarm(
        near.map((row) => row._id),
        now,
      );
    }
  }

  /** Sets the alarms that are missing; all of them when Redis forgot them. */
  async arm(): Promise<void> {
    if (await this.redis.hasForgotten('reminder-alarms')) await this.reminders.disarmAll(this.clock.now());
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const rows = await this.reminders.unarmed(this.clock.now(), BATCH);
      await this.set(rows);
      await this.reminders.setArmed(rows);
      if (rows.length < BATCH) return;
    }
  }

  /** Without Redis rows are planned all the same, and armed when it is back. */
  private async trySetting(rows: readonly ReminderRow[]): Promise<boolean> {
    try {
      await this.set(rows);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, rows: rows.length }, 'alarms were not set');
      return false;
    }
  }

  private async set(rows: readonly ArmableReminder[]): Promise<void> {
    const now = this.clock.now().getTime();
    await this.queues.addAll(
      reminderAlarm,
      rows.map((row) => ({
        data: { id: String(row._id) },
        options: { jobId: jobIdOf(row), delay: Math.max(0, row.dueAt.getTime() - now) },
      })),
    );
  }
}

/** Names the reminder, its revision and its time: a job id that is still there would be ignored, and an old time has another one. */
const jobIdOf = ({ _id, subject, dueAt }: ArmableReminder) =>
  `reminder-${String(_id)}-${subject.revision}-${Math.floor(dueAt.getTime() / 1000).toString(36)}`;
