import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, MINUTE } from '../common/times/clock.js';
import type { ReminderState } from '../contracts/reminders/reminders.js';
import type { Held } from './planning/reminder-plan.js';
import { countStep } from './monitoring/reminder-metrics.js';
import { NOT_DEFERRED, OVER, plannedAgain } from './reminder-rows.js';
import type { ReminderRow } from './reminder.schema.js';

/** Whoever dies while sending leaves the row to others so soon; as long as they live it is renewed. */
const SENDING_MS = 5000;
/** Three times within a lease. */
const RENEW_MS = 1500;
/** Long enough for any answer of a mail server: who hands over is alone with the row, and nobody takes it from them. */
const HANDING_MS = 2 * MINUTE;
/** One that could not be prepared is tried again after so long for each try: soon where the database was away for a moment. */
const PAUSE_MS = 10_000;
/** Clocks of two machines differ a little: a job that wakes this early is in time. */
const EARLY_MS = 2000;

/** What becomes of a reminder in its sender's hands; `answer`: the codes of the mail server; `deferredFrom`: when it was due before its mail was put off. */
export type ReminderStep =
  | { to: 'handing' }
  | { to: 'sent'; answer?: string | null; because?: 'budget' | 'undeliverable' }
  | { to: 'planned'; dueAt: Date; deferredFrom?: Date; held?: Held; untried?: true; answer?: string | null }
  | { to: 'dropped' | 'failed'; because: string; answer?: string | null };

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
export class ReminderLeases implements OnApplicationShutdown {
  private readonly logger = new Logger('ReminderLeases');
  private readonly takes = new BatchPerKey<Types.ObjectId, LeasedReminder | null>((_, ids) => this.takeAll(ids));
  /** The leases under which this process holds rows in `sending`, by their rows. */
  private readonly held = new Map<string, { id: Types.ObjectId; lease: string }>();
  private renewal: NodeJS.Timeout | undefined;
  private readonly moves = new BatchPerKey<Move, boolean>((_, moves) => this.moveAll(moves));

  constructor(
    @InjectModel('Reminder') private readonly reminders: Model<ReminderRow>,
    private readonly clock: Clock,
  ) {}

  onApplicationShutdown(): void {
    clearInterval(this.renewal);
  }

  /** Takes a reminder for sending until the lease ends. Null when it is not planned, not due, or in other hands. */
  async take(id: Types.ObjectId): Promise<LeasedReminder | null> {
    return await this.takes.ask('take', id);
  }

  /** Moves a reminder on, only for who holds its lease. False when the lease was lost. */
  async move(row: LeasedReminder, from: 'sending' | 'handing', step: ReminderStep): Promise<boolean> {
    this.letGo(row);
    const isDone = await this.moves.ask('move', { id: row._id, lease: row.lease, from, step });
    if (isDone) countStep(row, step, this.clock.now());
    return isDone;
  }

  /** Keeps what this process is sending. A row that others took meanwhile stays theirs. */
  async renew(): Promise<void> {
    const held = [...this.held.values()];
    if (held.length === 0) return;
    await this.reminders.updateMany(
      {
        _id: { $in: held.map(({ id }) => id) },
        state: 'sending',
        lease: { $in: [...new Set(held.map(({ lease }) => lease))] },
      },
      { $set: { wakeAt: this.after(SENDING_MS) } },
    );
  }

  /** Leaves a row that could not be prepared to whoever comes after a pause. */
  async giveUp(row: LeasedReminder): Promise<void> {
    this.letGo(row);
    await this.reminders.updateOne(
      { _id: row._id, state: 'sending', lease: row.lease },
      { $set: { wakeAt: this.after(PAUSE_MS * row.attempts) } },
    );
  }

  /** Hand-overs that were interrupted become failures that staff see. Returns how many. */
  async failInterrupted(): Promise<number> {
    const failed = await this.reminders.updateMany(
      { state: 'handing', wakeAt: { $gte: new Date(0), $lte: this.clock.now() } },
      { $set: { state: 'failed', because: 'interrupted', settledAt: this.clock.now() }, ...OVER },
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
      { $set: { state: 'sending', lease, wakeAt: this.after(SENDING_MS) }, $inc: { attempts: 1 } },
    );
    if (taken.modifiedCount === 0) return ids.map(() => null);
    const rows = await this.reminders.find({ _id: { $in: [...mine.values()] }, lease }).lean<LeasedReminder[]>();
    for (const row of rows) this.hold(row);
    const free = new Map(rows.map((row) => [String(row._id), row]));
    return ids.map((id) => {
      const row = free.get(String(id)) ?? null;
      // Asked for twice at once: to one of them.
      free.delete(String(id));
      return row;
    });
  }

  private async moveAll(moves: Move[]): Promise<boolean[]> {
    // Made here, of the right types: it needs no casting.
    const result = await this.reminders.collection.bulkWrite(
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
    const now = this.clock.now();
    switch (step.to) {
      case 'handing':
        return { $set: { state: step.to, wakeAt: this.after(HANDING_MS) } };
      case 'sent':
        return {
          $set: { state: step.to, sentAt: now, settledAt: now, because: step.because ?? null, ...answerIn(step) },
          ...OVER,
        };
      case 'planned':
        return {
          $set: {
            ...{ state: step.to, ...plannedAgain(step.dueAt), ...answerIn(step) },
            ...(step.deferredFrom && { deferredFrom: step.deferredFrom }),
            ...(step.held && { held: step.held }),
          },
          ...(!step.deferredFrom && { $unset: NOT_DEFERRED }),
          ...(step.untried && { $inc: { attempts: -1 } }),
        };
      case 'failed':
        return { $set: { state: step.to, settledAt: now, because: step.because, ...answerIn(step) }, ...OVER };
      default:
        return { $set: { state: step.to, because: step.because, ...answerIn(step) }, ...OVER };
    }
  }

  /** While this process sends anything, it keeps it. */
  private hold(row: LeasedReminder): void {
    this.held.set(keyOf(row), { id: row._id, lease: row.lease });
    this.renewal ??= setInterval(() => {
      // One that fails is made up for by the next.
      this.renew().catch((error: unknown) => this.logger.warn({ err: error }, 'leases were not renewed'));
    }, RENEW_MS).unref();
  }

  private letGo(row: LeasedReminder): void {
    this.held.delete(keyOf(row));
    if (this.held.size > 0) return;
    clearInterval(this.renewal);
    this.renewal = undefined;
  }

  private after(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

const keyOf = ({ _id, lease }: LeasedReminder) => `${String(_id)} ${lease}`;

const answerIn = ({ answer }: { answer?: string | null }) => (answer ? { answer } : {});
