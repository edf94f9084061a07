import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, MINUTE } from '../common/clock.js';
import type { ReminderState } from '../contracts/reminders.js';
import { plannedAgain } from './reminder-rows.js';
import type { ReminderRow } from './reminder.schema.js';

const LEASE_MS = 2 * MINUTE;
/** Clocks of two machines differ a little: a job that wakes this early is in time. */
const EARLY_MS = 2000;

/** What becomes of a reminder in its sender's hands. */
export type ReminderStep =
  { to: 'handing' } | { to: 'sent' } | { to: 'planned'; dueAt: Date } | { to: 'dropped' | 'failed'; because: string };

interface Move {
  id: Types.ObjectId;
  lease: string;
  from: ReminderState;
  step: ReminderStep;
}

/** A row whose lease is ours. */
export type LeasedReminder = ReminderRow & { lease: string };

/**
 * Who may send which reminder. Every step is guarded by the state and the lease; reminders that are taken or moved while others are
 * being so are taken or moved in one write, each with its own guard and its own answer.
 */
@Injectable()
export class ReminderLeases {
  private readonly takes = new BatchPerKey<Types.ObjectId, LeasedReminder | null>((_, ids) => this.takeAll(ids));
  private readonly moves = new BatchPerKey<Move, boolean>((_, moves) => this.moveAll(moves));

  constructor(
    @InjectModel('Reminder') private readonly reminders: Model<ReminderRow>,
    private readonly clock: Clock,
  ) {}

  /** Takes a reminder for sending until the lease ends. Null when it is not planned, not due, or in other hands. */
  async take(id: Types.ObjectId): Promise<LeasedReminder | null> {
    return await this.takes.ask('take', id);
  }

  /** Moves a reminder on, only for who holds its lease. False when the lease was lost. */
  async move({ _id, lease }: LeasedReminder, from: 'sending' | 'handing', step: ReminderStep): Promise<boolean> {
    return await this.moves.ask(from, { id: _id, lease, from, step });
  }

  /** Hand-overs that were interrupted become failures that staff see. Returns how many. */
  async failInterrupted(): Promise<number> {
    const failed = await this.reminders.updateMany(
      { state: 'handing', wakeAt: { $gte: new Date(0), $lte: this.clock.now() } },
      { $set: { state: 'failed', because: 'interrupted' }, $unset: { wakeAt: 1 } },
    );
    return failed.modifiedCount;
  }

  private async takeAll(ids: Types.ObjectId[]): Promise<(LeasedReminder | null)[]> {
    const now = this.clock.now();
    const lease = randomUUID();
    const mine = new Map(ids.map((id) => [String(id), id]));
    const taken = await this.reminders.updateMany(
      {
        _id: { $in: [...mine.values()] },
        $or: [
          { state: 'planned', dueAt: { $lte: new Date(now.getTime() + EARLY_MS) } },
          { state: 'sending', wakeAt: { $lte: now } },
        ],
      },
      { $set: { state: 'sending', lease, wakeAt: this.leaseEnd() }, $inc: { attempts: 1 } },
    );
    if (taken.modifiedCount === 0) return ids.map(() => null);
    const rows = await this.reminders.find({ _id: { $in: [...mine.values()] }, lease }).lean<LeasedReminder[]>();
    const free = new Map(rows.map((row) => [String(row._id), row]));
    return ids.map((id) => {
      const row = free.get(String(id)) ?? null;
      // Asked for twice at once: to one of them.
      free.delete(String(id));
      return row;
    });
  }

  private async moveAll(moves: Move[]): Promise<boolean[]> {
    const result = await this.reminders.bulkWrite(
      moves.map(({ id, lease, from, step }) => ({
        updateOne: { filter: { _id: id, state: from, lease }, update: this.updateOf(step) },
      })),
      { ordered: false },
    );
    if (result.modifiedCount === moves.length) return moves.map(() => true);
    const rows = await this.reminders
      .find({ _id: { $in: moves.map(({ id }) => id) } }, { state: 1, lease: 1 })
      .lean<Pick<ReminderRow, '_id' | 'state' | 'lease'>[]>();
    // A lease is held once and every state is entered once under it: who stands there with it has moved there.
    const now = new Map(rows.map((row) => [String(row._id), `${row.state} ${row.lease ?? ''}`]));
    return moves.map(({ id, lease, step }) => now.get(String(id)) === `${step.to} ${lease}`);
  }

  private updateOf(step: ReminderStep) {
    const over = { $unset: { wakeAt: 1 } } as const;
    switch (step.to) {
      case 'handing':
        return { $set: { state: step.to, wakeAt: this.leaseEnd() } };
      case 'sent':
        return { $set: { state: step.to, sentAt: this.clock.now() }, ...over };
      case 'planned':
        return { $set: { state: step.to, ...plannedAgain(step.dueAt) } };
      default:
        return { $set: { state: step.to, because: step.because }, ...over };
    }
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }
}
