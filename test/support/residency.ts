import { JobQueues } from '../../src/infra/queue/job-queues.js';
import { reminderAlarm } from '../../src/reminders/reminder-alarms.js';
import { reminderPlan } from '../../src/reminders/reminder-follow.js';
import type { ReminderRow } from '../../src/reminders/reminder.schema.js';
import type { TestWorld } from './app.js';
import { eventually } from './eventually.js';
import { type TestPerson, join } from './factories.js';
import { nothingInFlight, tick } from './reminders.js';

/** A reminder's mail that reached the server when the clock stood `at`. */
export interface SentReminder {
  email: string;
  subject: string;
  at: Date;
}

/**
 * Lives through months on the moved clock, from one instant at which the clockwork has something to do to the next. At each of them
 * every alarm in Redis whose time has come rings, those of old times, too, while the clockwork turns.
 */
export class Residency {
  readonly sent: SentReminder[] = [];
  private seen = 0;

  constructor(private readonly world: TestWorld) {}

  async until(instant: string): Promise<void> {
    const end = new Date(instant);
    await this.planned();
    while (this.world.clock.now() < end) {
      this.world.clock.set((await this.nextWake(end)) ?? end);
      await Promise.all([this.ring(), tick(this.world)]);
      await nothingInFlight(this.world);
      this.collect();
    }
  }

  async join(cohort: string, person: TestPerson): Promise<void> {
    await join(this.world, cohort, person.id, 'fellow');
  }

  /** How many rows stand in which state. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.rows()
      .find({}, { projection: { state: 1 } })
      .toArray();
    return Object.fromEntries(
      [...new Set(rows.map((row) => row.state))].map((state) => [
        state,
        rows.filter((row) => row.state === state).length,
      ]),
    );
  }

  private rows() {
    return this.world.db.collection<ReminderRow>('reminders');
  }

  /** The next time at which one is due, but first the last one before it at which alarms are to be set. */
  private async nextWake(end: Date): Promise<Date | undefined> {
    const now = this.world.clock.now();
    const rows = await this.rows()
      .find({ wakeAt: { $gt: now, $lt: end } }, { projection: { wakeAt: 1, armed: 1 } })
      .sort({ wakeAt: 1 })
      .toArray();
    const firstDue = rows.findIndex((row) => row.armed);
    return (firstDue > 0 ? rows[firstDue - 1] : rows[0])?.wakeAt ?? undefined;
  }

  /** Waits until all that events asked for is planned. */
  private async planned(): Promise<void> {
    await this.world.settled();
    const queue = this.world.app.get(JobQueues).queue(reminderPlan);
    await eventually(async () => {
      expect(await queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized')).toBe(0);
    });
  }

  /** Redis counts real time: here the alarms ring when the moved clock reaches the time in their id. */
  private async ring(): Promise<void> {
    const queue = this.world.app.get(JobQueues).queue(reminderAlarm);
    const now = this.world.clock.now().getTime();
    const due = (await queue.getDelayed()).filter((job) => timeOf(job.id) <= now);
    await Promise.all(due.map((job) => job.promote()));
    await eventually(async () => expect(await queue.getJobCountByTypes('waiting', 'active')).toBe(0));
  }

  private collect(): void {
    const fresh = this.world.mail.mails.slice(this.seen);
    this.seen += fresh.length;
    const at = this.world.clock.now();
    for (const mail of fresh) {
      if (!mail.messageId?.startsWith('<reminder-')) continue;
      const [to] = [mail.to ?? []].flat().flatMap((one) => one.value);
      this.sent.push({ email: to?.address ?? '', subject: mail.subject ?? '', at });
    }
  }
}

/** The instant for which an alarm was set. */
const timeOf = (jobId = '') => parseInt(jobId.split('-').at(-1) ?? '', 36) * 1000;
