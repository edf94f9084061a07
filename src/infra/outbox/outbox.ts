import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, HOUR, MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { FailedFollowUp } from '../../contracts/reminders/operation.js';
import type { EventKind } from '../events/event-bus.js';
import { newId } from '../mongo/ids.js';
import { onceCommitted } from '../mongo/transactions.js';
import { Alarms, type DueRows } from '../queue/alarms.js';
import { defineJob } from '../queue/job-queues.js';
import { OutboxRepository } from './outbox.repository.js';
import type { OutboxRow } from './outbox.schema.js';

/** Follows a fact: reads the state as it is, and may run twice. What it throws is tried again. */
export type Consumer<Fact> = (fact: Fact) => Promise<void>;

/** So long one process has a row to itself, and again while it follows it; when it dies, another one takes the row after that. */
const LEASE_MS = 30_000;
const SECOND = 1000;
/** So far the clocks of two processes may be apart (docs/operating.md). */
const SKEW_MS = 5000;
/** Rows that one process follows at a time: all rooms share them, so that one who is slow holds up no other. */
const AT_A_TIME = 32;
/** One or two failures heal by themselves; of more an admin is shown. */
const TRIES_TO_SHOW = 3;
const MAX_SHOWN = 100;
/** The pauses between tries; the last one again and again. */
const PAUSES_MS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

/**
 * What follows from an act. The fact is written in the transaction of the act, so that it is there if the act is; workers hand it to all who registered for it,
 * each once, or again until it is done. Who wrote it has it first, where that process works: nobody has to be woken. What is due later, or too much for one process,
 * goes by an alarm, which may be lost: a turn of the workers finds what is due (docs/adr/0045).
 */
@Injectable()
export class Outbox implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private readonly consumers = new Map<string, Map<string, Consumer<never>>>();
  private readonly due: DueRows = {
    kind: defineJob<{ id: string }>('outbox', 'alarms'),
    due: (now, limit) => this.rows.due(now, limit),
    work: (id) => this.relay(id),
  };

  /** What this process wrote and follows right now. */
  private readonly own = new Set<Promise<void>>();
  private readonly works: boolean;
  private isEnding = false;
  private isSilent = false;

  constructor(
    private readonly rows: OutboxRepository,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.works = config.ROLES.includes('worker');
  }

  onModuleInit(): void {
    this.alarms.watch(this.due);
  }

  /** What is under way is done; what comes now is left to others. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    await this.settled();
  }

  /** Resolves when nothing that this process wrote is being followed by it. */
  async settled(): Promise<void> {
    while (this.own.size > 0) await Promise.all(this.own);
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
   * Writes what happened, within the transaction of the act. `afterMs`: it is followed so long after, with what comes until then. `againAfterMs`: it is followed once
   * more after so long, for what somebody wrote at that moment by a right that had just ended.
   */
  async write<Fact extends Record<string, unknown>>(
    kind: EventKind<Fact>,
    fact: Fact,
    session: ClientSession,
    { afterMs = 0, againAfterMs }: { afterMs?: number; againAfterMs?: number } = {},
  ): Promise<void> {
    const waiting = this.whoFollows(kind);
    if (waiting.length === 0) return;
    const at = this.clock.now();
    const rows = [afterMs, ...(againAfterMs === undefined ? [] : [againAfterMs])].map((inMs): OutboxRow => {
      const isOwn = inMs === 0 && this.works;
      const dueAt = new Date(at.getTime() + (isOwn ? LEASE_MS : inMs));
      return { ...{ _id: newId(), kind: kind.name, fact, waiting, at, dueAt }, tries: isOwn ? 1 : 0 };
    });
    await this.rows.insert(rows, session);
    onceCommitted(session, () => rows.forEach((row) => this.start(row)));
  }

  /**
   * Writes down first what happens in several transactions, and then has it followed once: when the act is over, or when nobody renews the lease of its row any more,
   * since its process died. Who follows finds whatever came of it.
   */
  async around<Fact extends Record<string, unknown>, Result>(
    kind: EventKind<Fact>,
    fact: Fact,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const waiting = this.whoFollows(kind);
    if (waiting.length === 0) return await act();
    const at = this.clock.now();
    const row: OutboxRow = {
      ...{ _id: newId(), kind: kind.name, fact, waiting, at, tries: 1 },
      dueAt: new Date(at.getTime() + LEASE_MS),
    };
    await this.rows.insert([row]);
    const renewal = this.renewing(row._id);
    try {
      return await act();
    } finally {
      await renewal.end();
      if (this.works) this.start(row);
      else await this.release(row._id);
    }
  }

  /** What was written is to be followed: here at once, where it was taken as it was written, or by whom the alarm wakes. */
  private start(row: OutboxRow): void {
    if (row.tries === 0) void this.alarms.set(this.due.kind, row._id, row.dueAt);
    else if (this.isEnding || this.own.size >= AT_A_TIME) void this.release(row._id);
    else this.followOwn(row);
  }

  private followOwn(row: OutboxRow): void {
    const run = this.followAll(row)
      // Its lease ends, and another turn finds it.
      .catch((error: unknown) => this.logger.warn({ err: error, event: row.kind }, 'what was written was not followed'))
      .finally(() => this.own.delete(run));
    this.own.add(run);
  }

  private async release(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    // Where that fails it is followed as the lease ends: what was done is done.
    await this.rows
      .release(id, now)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'a lease was not ended'));
    void this.alarms.set(this.due.kind, id, now);
  }

  private whoFollows({ name }: EventKind<unknown>): string[] {
    return this.isSilent ? [] : [...(this.consumers.get(name)?.keys() ?? [])];
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
    if (!row) {
      await this.ringAgain(id, now);
      return;
    }
    await this.followAll(row);
  }

  /** Has a row that was taken followed; what is left of it is tried again later. */
  private async followAll(row: OutboxRow): Promise<void> {
    const renewal = this.renewing(row._id);
    const left = await this.follow(row);
    await renewal.end();
    if (left.length > 0) await this.putOff(row, left);
    else await this.rows.forget(row._id);
  }

  /** The clock of who set the alarm may be ahead of ours: of a row that is due in a moment it rings once more. */
  private async ringAgain(id: Types.ObjectId, now: Date): Promise<void> {
    const dueAt = await this.rows.dueAt(id);
    if (dueAt && dueAt > now && dueAt.getTime() - now.getTime() < SKEW_MS)
      await this.alarms.set(this.due.kind, id, new Date(dueAt.getTime() + 1));
  }

  /** Asks all who follow, at once: what several of them read is read for all. Who is left. */
  private async follow(row: OutboxRow): Promise<string[]> {
    const done = await Promise.all(row.waiting.map((name) => this.isFollowed(row, name)));
    return row.waiting.filter((_, index) => !done[index]);
  }

  /** Who takes long is not followed by another process as well. Its end waits for a renewal that is on its way. */
  private renewing(id: Types.ObjectId): { end: () => Promise<void> } {
    let renewed = Promise.resolve();
    const timer = setInterval(() => (renewed = this.renew(id)), LEASE_MS / 3).unref();
    const end = async () => {
      clearInterval(timer);
      await renewed;
    };
    return { end };
  }

  /** One that fails is made up for by the next. */
  private async renew(id: Types.ObjectId): Promise<void> {
    await this.rows.putOff(id, new Date(this.clock.now().getTime() + LEASE_MS)).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a lease was not renewed');
    });
  }

  /** False to be tried again: it failed, or a newer version of the app knows who that is. */
  private async isFollowed({ kind, fact, tries }: OutboxRow, name: string): Promise<boolean> {
    try {
      const consumer = this.consumers.get(kind)?.get(name);
      if (!consumer) throw new Error('nobody of that name here');
      await consumer(fact as never);
      return true;
    } catch (error) {
      this.logger.error({ event: kind, consumer: name, tries, err: error }, 'what follows from an act was not done');
      return false;
    }
  }

  private async putOff({ _id, tries }: OutboxRow, left: readonly string[]): Promise<void> {
    const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? SECOND;
    const dueAt = new Date(this.clock.now().getTime() + pause);
    await this.rows.leave(_id, left, dueAt);
    await this.alarms.set(this.due.kind, _id, dueAt);
  }
}
