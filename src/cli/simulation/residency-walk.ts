import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { Job } from 'bullmq';
import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, HOUR, MINUTE, type MovableClock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { JobQueues } from '../../infra/queue/job-queues.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { reminderAlarm } from '../../reminders/reminder-alarms.js';
import { ReminderEngine } from '../../reminders/reminder-engine.js';
import type { ReminderRow } from '../../reminders/reminder.schema.js';

const LOOK_EVERY_MS = 5;
/** Nothing that is under way lasts so long, unless a server is gone. */
const STUCK_AFTER_MS = 60_000;
const BEGINNING = new Date(0);
/** What leaves here. */
const LETTERS = { way: 'letters' } as const;
/** Longer than any lease. */
const A_LEASE_MS = HOUR;
/** So long before they are due alarms are set, so that whatever has one is due within it. */
const ARMED_MS = 2 * DAY;

/**
 * Lives through months on the moved clock, from one instant at which something is due to the next. At each of them every alarm in Redis
 * whose time has come rings, those of old times, too, while the clockwork of all `apps` (over one database) turns. The clock stands still
 * while anything is under way, so that no lease ends in somebody's hands.
 */
export class ResidencyWalk {
  /** When each reminder that came due was to be sent, by its id, as it was planned before anything was tried. */
  readonly due = new Map<string, Date>();
  private readonly db: Connection;
  private readonly queues: JobQueues;

  constructor(
    private readonly apps: readonly [INestApplicationContext, ...INestApplicationContext[]],
    private readonly clock: MovableClock,
    /** Called at each instant, before the next; throw to stop. */
    private readonly onStep: (now: Date) => void = () => undefined,
    /** Whether nothing changes behind it: then nothing is to be planned again on the way. */
    private readonly isCalm = false,
  ) {
    this.db = apps[0].get<Connection>(getConnectionToken());
    this.queues = apps[0].get(JobQueues);
  }

  /** Lives until an instant, and what is due then. */
  async until(end: Date): Promise<void> {
    await this.allPlanned();
    await this.turn();
    this.onStep(this.clock.now());
    while (this.clock.now() < end) {
      const next = await this.nextDue();
      this.clock.set(next && next < end ? next : end);
      await this.turn();
      this.onStep(this.clock.now());
    }
  }

  /** Waits until all that facts of the outbox ask for by now is planned. */
  async allPlanned(): Promise<void> {
    const now = this.clock.now();
    // What somebody follows right now is due again as their lease ends.
    const leased = { tries: { $gte: 1 }, dueAt: { $lte: this.after(MINUTE) } };
    await until(async () => {
      for (const app of this.apps) {
        await app.get(EventBus).settled();
        await app.get(Outbox).settled();
        await app.get(Outbox).turn();
      }
      return (await this.db.collection('outbox').findOne({ $or: [{ dueAt: { $lte: now } }, leased] })) === null;
    });
  }

  /** Everything that is due now. */
  private async turn(): Promise<void> {
    await this.noteDue();
    const engines = this.apps.map((app) => app.get(ReminderEngine));
    const ticks = engines.map((engine) => (this.isCalm ? engine.tickWithoutPlanning() : engine.tick()));
    await Promise.all([this.ring(), ...ticks]);
    await until(() => this.isQuiet());
    while (await this.mailIsDue()) await Promise.all(this.apps.map((app) => app.get(Deliveries).turn()));
    await until(() => this.isQuiet());
  }

  private async noteDue(): Promise<void> {
    const now = this.clock.now();
    const rows = await this.reminders()
      .find(
        { wakeAt: { $gte: BEGINNING, $lte: now }, dueAt: { $lte: now }, state: 'planned' },
        { projection: { dueAt: 1 } },
      )
      .toArray();
    for (const { _id, dueAt } of rows) if (!this.due.has(String(_id))) this.due.set(String(_id), dueAt);
  }

  /** Redis counts real time: here the alarms ring when the moved clock reaches the time in their id. */
  private async ring(): Promise<void> {
    const queue = this.queues.queue(reminderAlarm);
    const now = this.clock.now().getTime();
    const ids = (await queue.getRanges(['delayed'])).filter((id) => timeOf(id) <= now);
    await Promise.all(
      ids.map(async (id) => {
        // One that rang by itself meanwhile is none any more.
        const job = await Job.fromId(queue, id);
        await job?.promote().catch(() => undefined);
      }),
    );
    await until(async () => (await queue.getJobCountByTypes('waiting', 'active')) === 0);
  }

  /** Whether nothing is in anybody's hands. Where nobody else does anything, what is still taken failed, and is tried again. */
  private async isQuiet(): Promise<boolean> {
    if (this.isCalm) return true;
    const states = ['sending', 'handing'] as const;
    const wakeAt = { $gte: BEGINNING, $lte: this.after(A_LEASE_MS) };
    const [reminder, letter] = await Promise.all([
      this.reminders().findOne({ wakeAt, state: { $in: [...states] } }),
      this.deliveries().findOne({ ...LETTERS, dueAt: wakeAt, lease: { $ne: null } }),
    ]);
    return !reminder && !letter;
  }

  private async mailIsDue(): Promise<boolean> {
    const now = this.clock.now();
    const due = { ...LETTERS, dueAt: { $gte: BEGINNING, $lte: now } };
    return (await this.deliveries().findOne(due)) !== null;
  }

  /** When something is due next. */
  private async nextDue(): Promise<Date | undefined> {
    const now = this.clock.now();
    const [reminder, [letter]] = await Promise.all([
      this.nextReminder(now),
      this.deliveries()
        .find({ ...LETTERS, dueAt: { $gt: now } })
        .sort({ dueAt: 1 })
        .limit(1)
        .toArray(),
    ]);
    return earliest([reminder, letter?.dueAt]);
  }

  /** Those with an alarm come before all others, which get theirs on the way; where none has one, the first is to be set. */
  private async nextReminder(now: Date): Promise<Date | undefined> {
    const near = { $gte: BEGINNING, $lte: this.after(ARMED_MS) };
    const rows = await this.reminders()
      .find({ wakeAt: near, dueAt: { $gt: now } }, { projection: { dueAt: 1, armed: 1, wakeAt: 1 } })
      .toArray();
    const soon = rows.filter(({ armed, wakeAt }) => armed || (wakeAt && wakeAt <= now));
    if (soon.length > 0) return earliest(soon.map(({ dueAt }) => dueAt));
    const [first] = await this.reminders()
      .find({ wakeAt: { $gt: now } })
      .sort({ wakeAt: 1 })
      .limit(1)
      .toArray();
    return first?.wakeAt ?? undefined;
  }

  private after(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }

  private reminders() {
    return this.db.collection<ReminderRow>('reminders');
  }

  private deliveries() {
    return this.db.collection<DeliveryRow>('deliveries');
  }
}

const earliest = (instants: readonly (Date | null | undefined)[]): Date | undefined =>
  instants.flatMap((one) => one ?? []).sort((a, b) => a.getTime() - b.getTime())[0];

/** The instant for which an alarm was set. */
const timeOf = (jobId: string) => parseInt(jobId.split('-').at(-1) ?? '', 36) * 1000;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + STUCK_AFTER_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('What is under way does not come to an end.');
    await sleep(LOOK_EVERY_MS);
  }
}
