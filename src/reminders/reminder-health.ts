import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { MINUTE } from '../common/clock.js';
import type { ReminderState } from '../contracts/reminders.js';
import { type LastHour, WATCHED_MS, type Waiting } from './alert-rules.js';
import type { ReminderRow } from './reminder.schema.js';

const BEGINNING = new Date(0);
/** No figure is worth counting more. */
const MOST_COUNTED = 10_000;
/** No lease, and no pause after one, lasts longer (reminder-leases.repository.ts): what is in somebody's hands wakes by then. */
const LONGEST_HELD_MS = 3 * MINUTE;
const OPEN: ReminderState[] = ['planned', 'sending', 'handing'];
const SETTLED: ReminderState[] = ['sent', 'failed'];

/** How sending goes, told by the rows themselves, so that each process says the same. Only reads. */
@Injectable()
export class ReminderHealth {
  constructor(@InjectModel('Reminder') private readonly reminders: Model<ReminderRow>) {}

  /** Waiting and the last hour, as of one instant. */
  async at(now: Date): Promise<Waiting & LastHour> {
    const [waiting, lastHour] = await Promise.all([this.waiting(now), this.lastHour(now)]);
    return { ...waiting, ...lastHour };
  }

  /** What is due and not sent, also where somebody has it in hand. */
  async waiting(now: Date): Promise<Waiting> {
    const awake = { $gte: BEGINNING, $lte: new Date(now.getTime() + LONGEST_HELD_MS) };
    const [found] = await this.reminders.aggregate<{ due: number; first: Date }>([
      { $match: { wakeAt: awake, dueAt: { $lte: now }, state: { $in: OPEN } } },
      { $limit: MOST_COUNTED },
      { $group: { _id: null, due: { $sum: 1 }, first: { $min: '$dueAt' } } },
    ]);
    return { due: found?.due ?? 0, firstDueAt: found?.first ?? null };
  }

  private async lastHour(now: Date): Promise<LastHour> {
    const within = { $gt: new Date(now.getTime() - WATCHED_MS), $lte: now };
    const rows = await this.reminders.aggregate<{ _id: ReminderState; count: number; first: Date }>([
      { $match: { state: { $in: SETTLED }, settledAt: within } },
      { $group: { _id: '$state', count: { $sum: 1 }, first: { $min: '$settledAt' } } },
    ]);
    const [sent, failed] = SETTLED.map((state) => rows.find(({ _id }) => _id === state));
    return { sent: sent?.count ?? 0, failed: failed?.count ?? 0, firstFailedAt: failed?.first ?? null };
  }
}
