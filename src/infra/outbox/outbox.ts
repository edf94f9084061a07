import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, HOUR, MINUTE } from '../../common/times/clock.js';
import type { FailedFollowUp } from '../../contracts/reminders/operation.js';
import type { EventKind } from '../events/event-bus.js';
import { newId } from '../mongo/ids.js';
import { Alarms, type DueRows } from '../queue/alarms.js';
import { defineQueue } from '../queue/job-queues.js';
import { OutboxRepository } from './outbox.repository.js';
import type { OutboxRow } from './outbox.schema.js';

/** Follows a fact: reads the state as it is, and may run twice. What it throws is tried again. */
export type Consumer<Fact> = (fact: Fact) => Promise<void>;

/** So long one process has a row to itself, and again while it follows it; when it dies, another one takes the row after that. */
const LEASE_MS = 30_000;
const SECOND = 1000;
/** Rows that one process follows at a time: all rooms share them, so that one who is slow holds up no other. */
const AT_A_TIME = 32;
/** One or two failures heal by themselves; of more an admin is shown. */
const TRIES_TO_SHOW = 3;
const MAX_SHOWN = 100;
/** The pauses between tries; the last one again and again. */
const PAUSES_MS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

/**
 * What follows from an act. The fact is written in the transaction of the act, so that it is there if the act is; workers hand it to all who registered for it,
 * each once, or again until it is done. The alarm that wakes a worker may be lost: a turn of the workers finds what is due (docs/adr/0045).
 */
@Injectable()
export class Outbox implements OnModuleInit {
  private readonly logger = new Logger('Outbox');
  private readonly consumers = new Map<string, Map<string, Consumer<never>>>();
  private readonly due: DueRows = {
    kind: defineQueue<{ id: string }>('outbox', AT_A_TIME),
    due: (now, limit) => this.rows.due(now, limit),
    work: (id) => this.relay(id),
  };

  /** What was written in a transaction that has not ended yet. */
  private readonly written = new WeakMap<ClientSession, OutboxRow[]>();

  private isSilent = false;

  constructor(
    private readonly rows: OutboxRepository,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.due);
  }

  /** Registers who follows a fact, under a name that stays: rows remember it. Called while the app is put together. */
  on<Fact>(kind: EventKind<Fact>, name: string, consumer: Consumer<Fact>): void {
    const known = this.consumers.get(kind.name) ?? new Map<string, Consumer<never>>();
    if (known.has(name)) throw new Error(`two follow ${kind.name} as ${name}`);
    this.consumers.set(kind.name, known.set(name, consumer));
  }

  /** From now on nothing is written: for filling a database with what is past, as `EventBus.silence`. */
  silence(): void {
    this.isSilent = true;
  }

  /**
   * Writes what happened, within the transaction of the act. `againAfterMs`: it is followed once more after so long, for what somebody wrote at that moment by a
   * right that had just ended.
   */
  async write<Fact extends Record<string, unknown>>(
    kind: EventKind<Fact>,
    fact: Fact,
    session: ClientSession,
    { againAfterMs }: { againAfterMs?: number } = {},
  ): Promise<void> {
    const waiting = [...(this.consumers.get(kind.name)?.keys() ?? [])];
    if (waiting.length === 0 || this.isSilent) return;
    const at = this.clock.now();
    const rows = [0, ...(againAfterMs === undefined ? [] : [againAfterMs])].map((afterMs): OutboxRow => ({
      ...{ _id: newId(), kind: kind.name, fact, waiting, at, tries: 0 },
      dueAt: new Date(at.getTime() + afterMs),
    }));
    await this.rows.insert(rows, session);
    this.armAfter(session, rows);
  }

  /** Not before the end: who is woken while the act is not there yet finds nothing. One listener for all that a transaction writes: many would look like a leak. */
  private armAfter(session: ClientSession, rows: readonly OutboxRow[]): void {
    const before = this.written.get(session);
    if (before) {
      before.push(...rows);
      return;
    }
    const all = [...rows];
    this.written.set(session, all);
    session.once('ended', () => all.forEach((row) => void this.alarms.set(this.due.kind, row._id, row.dueAt)));
  }

  /** Follows what is due by now, as the workers do every few seconds. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.due);
  }

  /** What was asked for three times or more and is not followed yet, as admins see it. */
  async failed(): Promise<FailedFollowUp[]> {
    const rows = await this.rows.triedOften(TRIES_TO_SHOW, MAX_SHOWN);
    return rows.map(({ _id, kind, at, waiting, tries, dueAt }) => ({
      ...{ id: String(_id), event: kind, at: at.toISOString(), waiting, tries },
      nextAt: dueAt.toISOString(),
    }));
  }

  /** Asks for one again at once. False when it is gone: it was followed meanwhile. */
  async retry(id: Types.ObjectId): Promise<boolean> {
    const now = this.clock.now();
    if (!(await this.rows.bringForward(id, now))) return false;
    await this.alarms.set(this.due.kind, id, now);
    return true;
  }

  private async relay(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const row = await this.rows.claim(id, now, new Date(now.getTime() + LEASE_MS));
    if (!row) return;
    const renewal = setInterval(() => void this.renew(id), LEASE_MS / 3).unref();
    let left = row.waiting.length;
    try {
      for (const name of row.waiting) if (await this.isFollowed(row, name)) left -= 1;
    } finally {
      clearInterval(renewal);
    }
    if (left === 0) await this.rows.forget(id);
    else await this.putOff(row);
  }

  /** Who takes long is not followed by another process as well. A renewal that fails is made up for by the next. */
  private async renew(id: Types.ObjectId): Promise<void> {
    await this.rows.putOff(id, new Date(this.clock.now().getTime() + LEASE_MS)).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a lease was not renewed');
    });
  }

  /** False to be tried again: it failed, or a newer version of the app knows who that is. */
  private async isFollowed({ _id, kind, fact, tries }: OutboxRow, name: string): Promise<boolean> {
    try {
      const consumer = this.consumers.get(kind)?.get(name);
      if (!consumer) throw new Error('nobody of that name here');
      await consumer(fact as never);
      await this.rows.done(_id, name);
      return true;
    } catch (error) {
      this.logger.error({ event: kind, consumer: name, tries, err: error }, 'what follows from an act was not done');
      return false;
    }
  }

  private async putOff({ _id, tries }: OutboxRow): Promise<void> {
    const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? SECOND;
    const dueAt = new Date(this.clock.now().getTime() + pause);
    await this.rows.putOff(_id, dueAt);
    await this.alarms.set(this.due.kind, _id, dueAt);
  }
}
