import { Injectable } from '@nestjs/common';
import { Clock, HOUR } from '../common/clock.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { RedisMemory } from '../infra/redis/redis-memory.js';
import { RemindersRepository } from './reminders.repository.js';

/** The alarm of a reminder; the row says whether it is due, an alarm of an old time finds nothing to do. */
export const reminderAlarm = defineQueue<{ reminderId: string }>('reminder', 4);

const AHEAD_MS = 48 * HOUR;
const BATCH = 1000;
const MOST_BATCHES = 20;

/** Sets alarms in Redis for what is due within two days; ten months of rows need no ten months of jobs. */
@Injectable()
export class ReminderAlarms {
  constructor(
    private readonly clock: Clock,
    private readonly queues: JobQueues,
    private readonly redis: RedisMemory,
    private readonly reminders: RemindersRepository,
  ) {}

  /** Sets the alarms that are missing; all of them when Redis forgot them. */
  async arm(): Promise<void> {
    if (await this.redis.hasForgotten('reminder-alarms')) await this.reminders.disarmAll();
    const now = this.clock.now().getTime();
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const rows = await this.reminders.unarmed(new Date(now + AHEAD_MS), BATCH);
      await this.queues.addAll(
        reminderAlarm,
        rows.map((row) => ({
          data: { reminderId: String(row._id) },
          options: {
            // A job id that is still there would be ignored: a second alarm gets a name of its own.
            jobId: `reminder-${String(row._id)}-${row.subject.revision}${row.arms > 0 ? `-${row.arms}` : ''}`,
            delay: Math.max(0, row.dueAt.getTime() - now),
          },
        })),
      );
      await this.reminders.setArmed(rows.map((row) => row._id));
      if (rows.length < BATCH) return;
    }
  }
}
