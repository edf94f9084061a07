import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { MINUTE } from '../../common/times/clock.js';
import type { ReminderKind, ReminderState } from '../../contracts/reminders/reminders.js';
import { type ReminderOutcome, type Health, WATCHED_MS, type Waiting } from './alert-rules.js';
import { AHEAD_MS } from '../reminder-rows.js';
import type { ReminderRow } from '../reminder.schema.js';

const BEGINNING = new Date(0);
/** No figure is worth counting more. */
const MAX_COUNTED = 10_000;
/** No lease, and no pause after one, lasts longer (reminder-leases.repository.ts): what is in somebody's hands wakes by then. */
const LONGEST_HELD_MS = 3 * MINUTE;
const OPEN: ReminderState[] = ['planned', 'sending', 'handing'];

/** How many of a kind are due, and how many are held back though their time has come. */
export interface KindWaiting {
  kind: ReminderKind;
  due: number;
  held: number;
}

/** How sending goes, told by the rows themselves, so that each process says the same. Only reads. */
@Injectable()
export class ReminderHealth {
  constructor(@InjectModel('Reminder') private readonly reminders: Model<ReminderRow>) {}

  /** All of it, as of one instant. */
  async at(now: Date): Promise<Health> {
    const lastHour = { $gt: new Date(now.getTime() - WATCHED_MS), $lte: now };
    const [waiting, deferred, sent, failed] = await Promise.all([
      this.waiting(now),
      this.deferred(),
      this.sent(lastHour),
      this.fateOf({ state: 'failed', settledAt: lastHour }, '$settledAt'),
    ]);
    return { ...waiting, deferred, sent, failed };
  }

  /** What is due and not sent, also where somebody has it in hand. */
  async waiting(now: Date): Promise<Waiting> {
    const awake = { $gte: BEGINNING, $lte: new Date(now.getTime() + LONGEST_HELD_MS) };
    const [found] = await this.reminders.aggregate<{ due: number; first: Date }>([
      { $match: { wakeAt: awake, dueAt: { $lte: now }, state: { $in: OPEN } } },
      { $limit: MAX_COUNTED },
      { $group: { _id: null, due: { $sum: 1 }, first: { $min: '$dueAt' } } },
    ]);
    return { due: found?.due ?? 0, firstDueAt: found?.first ?? null };
  }

  /** What is due or held, by kind, of those that are to go within two days: by the index of what wakes, and of so many at most. */
  async byKind(now: Date): Promise<KindWaiting[]> {
    const awake = { $gte: BEGINNING, $lte: new Date(now.getTime() + AHEAD_MS) };
    const isDue = { $lte: ['$dueAt', now] };
    const isHeld = { $and: [{ $gt: ['$dueAt', now] }, { $gt: ['$held.from', null] }, { $lte: ['$held.from', now] }] };
    const found = await this.reminders.aggregate<{ _id: ReminderKind; due: number; held: number }>([
      { $match: { wakeAt: awake, state: { $in: OPEN } } },
      { $sort: { wakeAt: 1 } },
      { $limit: MAX_COUNTED },
      {
        $group: {
          _id: '$kind',
          due: { $sum: { $cond: [isDue, 1, 0] } },
          held: { $sum: { $cond: [isHeld, 1, 0] } },
        },
      },
    ]);
    return found.map(({ _id: kind, due, held }) => ({ kind, due, held }));
  }

  /** What waits since its mail was put off, also while it is tried again. */
  async deferred(): Promise<ReminderOutcome> {
    return await this.fateOf({ deferredFrom: { $gte: BEGINNING }, state: { $in: OPEN } }, '$deferredFrom');
  }

  /** By the index alone, which holds all that is asked: a count of documents would read each. */
  private async sent(settledAt: { $gt: Date; $lte: Date }): Promise<number> {
    const [found] = await this.reminders.aggregate<{ count: number }>([
      { $match: { state: 'sent', settledAt } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ]);
    return found?.count ?? 0;
  }

  private async fateOf(which: QueryFilter<ReminderRow>, since: string): Promise<ReminderOutcome> {
    const [found] = await this.reminders.aggregate<ReminderOutcome>([
      { $match: which },
      { $limit: MAX_COUNTED },
      { $group: { _id: '$userId', count: { $sum: 1 }, first: { $min: since } } },
      { $group: { _id: null, people: { $sum: 1 }, count: { $sum: '$count' }, first: { $min: '$first' } } },
    ]);
    return { count: found?.count ?? 0, people: found?.people ?? 0, first: found?.first ?? null };
  }
}
