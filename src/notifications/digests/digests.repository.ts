import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { MINUTE } from '../../common/times/clock.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { DigestRow } from './digest.schema.js';

const LEASE_MS = 2 * MINUTE;
const BEGINNING = new Date(0);

/** A digest in our hands. */
export type LeasedDigest = DigestRow & { lease: string };

/** Where a digest goes from here. */
export type DigestStep =
  | { to: 'handing' }
  | { to: 'sent' }
  | { to: 'planned'; wakeAt: Date; untried?: true }
  | { to: 'dropped' | 'failed'; because: string };

/** The only user of the `digests` collection. States move by guarded updates only. */
@Injectable()
export class DigestsRepository {
  constructor(@InjectModel('Digest') private readonly digests: Model<DigestRow>) {}

  /** Plans one; there already, it stays as it is, unless it was dropped before its time. */
  async plan(userId: Types.ObjectId, dueAt: Date): Promise<void> {
    try {
      await this.digests.updateOne(
        { userId, dueAt, state: 'dropped' },
        { $set: { state: 'planned', because: null, attempts: 0, lease: null, wakeAt: dueAt, sentAt: null } },
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Of what is planned for a person after now, only this one stays. */
  async dropOthers(userId: Types.ObjectId, now: Date, keep: Date): Promise<void> {
    await this.digests.updateMany(
      { userId, dueAt: { $gt: now, $ne: keep }, state: 'planned' },
      { $set: { state: 'dropped', because: 'moved' }, $unset: { wakeAt: 1 } },
    );
  }

  /** Due ones, and those left in sending, the longest waiting first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.digests
      .find({ wakeAt: { $gte: BEGINNING, $lte: now }, state: { $in: ['planned', 'sending'] } }, { _id: 1 })
      .sort({ wakeAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId }[]>();
    return rows.map((row) => row._id);
  }

  /** Takes one for sending until the lease ends; null when it is not due or in other hands. */
  async take(id: Types.ObjectId, now: Date): Promise<LeasedDigest | null> {
    return await this.digests
      .findOneAndUpdate(
        { _id: id, state: { $in: ['planned', 'sending'] }, wakeAt: { $lte: now } },
        {
          $set: { state: 'sending', lease: randomUUID(), wakeAt: new Date(now.getTime() + LEASE_MS) },
          $inc: { attempts: 1 },
        },
        { returnDocument: 'after' },
      )
      .lean<LeasedDigest>();
  }

  /** Moves one on, only for who holds its lease. False when the lease was lost. */
  async move({ _id, lease }: LeasedDigest, from: 'sending' | 'handing', step: DigestStep, now: Date): Promise<boolean> {
    const moved = await this.digests.updateOne({ _id, state: from, lease }, updateOf(step, now));
    return moved.modifiedCount === 1;
  }

  /** Those whose hand-over was interrupted: nobody knows whether they were taken. Returns how many. */
  async failInterrupted(now: Date): Promise<number> {
    const failed = await this.digests.updateMany(
      { wakeAt: { $gte: BEGINNING, $lte: now }, state: 'handing' },
      { $set: { state: 'failed', because: 'interrupted' }, $unset: { wakeAt: 1 } },
    );
    return failed.modifiedCount;
  }

  /** How many were sent to a person since an instant. */
  async sentSince(userId: Types.ObjectId, since: Date): Promise<number> {
    return await this.digests.countDocuments({ userId, dueAt: { $gte: since }, state: 'sent' });
  }
}

function updateOf(step: DigestStep, now: Date) {
  switch (step.to) {
    case 'handing':
      return { $set: { state: step.to, wakeAt: new Date(now.getTime() + LEASE_MS) } };
    case 'sent':
      return { $set: { state: step.to, sentAt: now }, $unset: { wakeAt: 1 } } as const;
    case 'planned':
      return { $set: { state: step.to, wakeAt: step.wakeAt }, ...(step.untried && { $inc: { attempts: -1 } }) };
    default:
      return { $set: { state: step.to, because: step.because }, $unset: { wakeAt: 1 } } as const;
  }
}
