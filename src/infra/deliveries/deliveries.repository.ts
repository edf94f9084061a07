import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { indexesOfErrors, isOnlyDuplicates } from '../mongo/errors.js';
import { endSome } from '../mongo/expiry.js';
import type { DeliveryMove } from './delivery-kind.js';
import type { DeliveryRow, DeliveryWay } from './delivery.schema.js';

const BEGINNING = new Date(0);
const FREE = { state: 'waiting', lease: null } as const;

/** A delivery that nobody else takes before its lease ends. */
export type LeasedDelivery = DeliveryRow<never> & { lease: string };

/** The only user of the `deliveries` collection. */
@Injectable()
export class DeliveriesRepository {
  constructor(@InjectModel('Delivery') private readonly deliveries: Model<DeliveryRow>) {}

  /** Writes those that are not there yet, by kind and key; returns the new ones. In a transaction all must be new. */
  async add(rows: readonly DeliveryRow[], session?: ClientSession): Promise<DeliveryRow[]> {
    if (rows.length === 0) return [];
    try {
      await this.deliveries.collection.insertMany([...rows], { ordered: false, ...(session && { session }) });
      return [...rows];
    } catch (error) {
      if (session || !isOnlyDuplicates(error)) throw error;
      const known = new Set(indexesOfErrors(error));
      return rows.filter((_, index) => !known.has(index));
    }
  }

  /** Which of these keys of a kind are written already. */
  async known(kind: string, keys: readonly string[], session: ClientSession): Promise<Set<string>> {
    const rows = await this.deliveries
      .find({ kind, key: { $in: keys } }, { key: 1 })
      .session(session)
      .lean<Pick<DeliveryRow, 'key'>[]>();
    return new Set(rows.map(({ key }) => key));
  }

  /** Of such keys of a kind, those whose delivery is not over. What it is about may be written as late as if the delivery was written now. */
  async join(kind: string, keys: readonly string[], now: Date): Promise<Set<string>> {
    const open = { kind, key: { $in: keys }, dueAt: { $exists: true } };
    await this.deliveries.updateMany(open, { $set: { at: now } });
    const rows = await this.deliveries.find(open, { key: 1 }).lean<Pick<DeliveryRow, 'key'>[]>();
    return new Set(rows.map(({ key }) => key));
  }

  /** Those of such kinds to be looked at by now, the longest waiting first. */
  async due(way: DeliveryWay, kinds: readonly string[], now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.deliveries
      .find({ way, kind: { $in: kinds }, dueAt: { $gte: BEGINNING, $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<Pick<DeliveryRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** Takes one of such kinds that is due until `until`, as one more try. Null when it is over, not due, or somebody else has it. */
  async claim(_id: Types.ObjectId, kinds: readonly string[], now: Date, until: Date): Promise<LeasedDelivery | null> {
    return await this.deliveries
      .findOneAndUpdate(
        { _id, kind: { $in: kinds }, dueAt: { $lte: now } },
        { $set: { dueAt: until, lease: randomUUID() }, $inc: { tries: 1 } },
        { returnDocument: 'after' },
      )
      .lean<LeasedDelivery>();
  }

  /** From now on it may be taken by whom it is handed to. False when the lease was lost. */
  async hand({ _id, lease }: LeasedDelivery, until: Date): Promise<boolean> {
    const handed = await this.deliveries.updateOne({ _id, lease }, { $set: { state: 'handing', dueAt: until } });
    // Of one that was left in somebody's hands nothing may be another.
    return handed.matchedCount === 1;
  }

  /** Moves one on, for who holds its lease. False when the lease was lost, and for one that was joined since it was taken and is to be skipped. */
  async move({ _id, lease, at }: LeasedDelivery, move: DeliveryMove, now: Date): Promise<boolean> {
    const asTaken = { _id, lease, ...(move.to === 'skipped' && { at }) };
    return (await this.deliveries.updateOne(asTaken, updateOf(move, now))).matchedCount === 1;
  }

  /** Those that wait and that nobody is preparing. */
  async waiting(whose: Pick<DeliveryRow, 'kind' | 'of'>, about: object): Promise<Pick<DeliveryRow, '_id'>[]> {
    return await this.deliveries
      .find({ ...whose, ...inAbout(about), ...FREE }, { _id: 1 })
      .lean<Pick<DeliveryRow, '_id'>[]>();
  }

  /** Forgets those that wait and that nobody is preparing. */
  async callOff(whose: Pick<DeliveryRow, 'kind' | 'of'>, about: object): Promise<void> {
    await this.deliveries.deleteMany({ ...whose, ...inAbout(about), ...FREE });
  }

  async countSent(whose: Pick<DeliveryRow, 'kind' | 'of'>, since: Date): Promise<number> {
    return await this.deliveries.countDocuments({ ...whose, state: 'sent', overAt: { $gte: since } });
  }

  /** False where somebody has it by now. */
  async reschedule(_id: Types.ObjectId, dueAt: Date): Promise<boolean> {
    return (await this.deliveries.updateOne({ _id, ...FREE }, { $set: { dueAt } })).matchedCount === 1;
  }

  /** Forgets what belongs to these, of one kind, also what is in somebody's hands. */
  async forget(kind: string, of: readonly Types.ObjectId[], session?: ClientSession): Promise<void> {
    await this.deliveries.deleteMany({ of: { $in: of }, kind }, { ...(session && { session }) });
  }

  /** Forgets some of those that were over before an instant. */
  async end(before: Date): Promise<number> {
    return await endSome(this.deliveries.collection, 'overAt', before);
  }
}

const inAbout = (about: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(about).map(([name, value]) => [`about.${name}`, value as unknown]));

function updateOf(move: DeliveryMove, now: Date) {
  if (move.to === 'waiting') {
    const { to: state, dueAt, because, untried } = move;
    return { $set: { state, dueAt, because, lease: null }, ...(untried && { $inc: { tries: -1 } }) };
  }
  const because = 'because' in move ? move.because : null;
  return { $set: { state: move.to, because, lease: null, overAt: now }, $unset: { dueAt: 1 } } as const;
}
