import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import { newId } from '../mongo/ids.js';
import { onceCommitted } from '../mongo/transactions.js';
import { Ends } from '../queue/ends.js';
import type { DeliveryKind } from './delivery-kind.js';
import { DeliveryWorker } from './delivery-worker.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { DeliveryRow } from './delivery.schema.js';

/** One that is to go now, or at `dueAt`. */
export type NewDelivery<About extends object> = Pick<DeliveryRow<About>, 'key' | 'of' | 'about' | 'dueAt'>;

/** Of a kind, what is written with its deliveries. */
export type Way = Pick<DeliveryRow, 'way'> & { name: string };

/** What is over is kept so long, so that nobody writes it again under its key. */
const KEPT_DAYS = 30;

/** The one way out for all that leaves us: a room registers a kind, and writes deliveries of it (docs/adr/0049). */
@Injectable()
export class Deliveries implements OnModuleInit {
  constructor(
    private readonly rows: DeliveriesRepository,
    private readonly worker: DeliveryWorker,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('deliveries', () => this.end());
  }

  /** Registers a kind. Called while the app is put together. */
  register<About extends object>(kind: DeliveryKind<About>): void {
    this.worker.register(kind);
  }

  /** Writes deliveries, each once by its key, and rings for the new ones; in a transaction once that is written. */
  async write<About extends object>(
    kind: Way,
    deliveries: readonly NewDelivery<About>[],
    session?: ClientSession,
  ): Promise<void> {
    const written = await this.rows.add(this.rowsOf(kind, deliveries), session);
    if (session) onceCommitted(session, () => this.worker.ring(kind, written));
    else this.worker.ring(kind, written);
  }

  /** The same within a transaction, of what may be written already: that stays as it is. */
  async writeMissing<About extends object>(
    kind: Way,
    deliveries: readonly NewDelivery<About>[],
    session: ClientSession,
  ): Promise<void> {
    const keys = deliveries.map(({ key }) => key);
    const known = await this.rows.known(kind.name, keys, session);
    const missing = deliveries.filter(({ key }) => !known.has(key));
    if (missing.length > 0) await this.write(kind, missing, session);
  }

  /**
   * Writes deliveries, then what they are about, then rings: whoever dies in between leaves a delivery of nothing, never something without its delivery. `write` is told
   * of which keys there was none before.
   */
  async writeAhead<About extends object, Result>(
    kind: Way,
    deliveries: readonly NewDelivery<About>[],
    write: (fresh: ReadonlySet<string>) => Promise<Result>,
  ): Promise<Result> {
    const written = await this.rows.add(this.rowsOf(kind, deliveries));
    const result = await write(new Set(written.map(({ key }) => key)));
    this.worker.ring(kind, written);
    return result;
  }

  /** Of such keys of a kind, those whose delivery is not over: it serves whoever writes what it is about within a minute from now. */
  async join(kind: Way, keys: readonly string[]): Promise<ReadonlySet<string>> {
    return await this.rows.join(kind.name, keys, this.clock.now());
  }

  /** What waits of a kind and belongs to `of`, and that nobody is preparing, is due at another time; of all about which this is so. */
  async reschedule<About extends object>(
    kind: Way,
    { of, about }: { of: Types.ObjectId; about: Partial<About> },
    dueAt: Date,
  ): Promise<void> {
    for (const { _id } of await this.rows.waiting({ kind: kind.name, of }, about))
      if (await this.rows.reschedule(_id, dueAt)) this.worker.ring(kind, [{ _id, dueAt }]);
  }

  /** What waits of a kind, belongs to `of` and is about such things, and that nobody is preparing, is not to go. */
  async callOff(kind: { name: string }, of: Types.ObjectId, about: Record<string, unknown>): Promise<void> {
    await this.rows.callOff({ kind: kind.name, of }, about);
  }

  /** How many of a kind that belong to `of` have gone since an instant, which lies within the last 30 days. */
  async countSent(kind: string, of: Types.ObjectId, since: Date): Promise<number> {
    return await this.rows.countSent({ kind, of }, since);
  }

  /** Forgets what belongs to these. */
  async forget(kind: { name: string }, of: readonly Types.ObjectId[], session?: ClientSession): Promise<void> {
    await this.rows.forget(kind.name, of, session);
  }

  /** Hands over what is due by now, as the workers do every few seconds. */
  async turn(): Promise<void> {
    await this.worker.turn();
  }

  /** Forgets some of what is over for long; returns how many. */
  async end(): Promise<number> {
    return await this.rows.end(new Date(this.clock.now().getTime() - KEPT_DAYS * DAY));
  }

  private rowsOf<About extends object>(
    { name, way }: Way,
    deliveries: readonly NewDelivery<About>[],
  ): DeliveryRow<About>[] {
    const at = this.clock.now();
    return deliveries.map(({ key, of, about, dueAt = at }) => ({
      ...{ _id: newId(), kind: name, key, way, of, about, state: 'waiting' as const, because: null },
      ...{ tries: 0, lease: null, at, dueAt },
    }));
  }
}
