import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { MembershipRow } from '../members/membership.schema.js';

/** A membership that ended with an account, and comes back with it. */
export type SuspendedRow = Pick<MembershipRow, '_id' | 'cohortId' | 'userId' | 'role' | 'endedAt' | 'projectId'> & {
  suspended?: MembershipRow['suspended'];
};

const fields = { cohortId: 1, userId: 1, role: 1, endedAt: 1, projectId: 1, suspended: 1 } as const;

/** What becomes of memberships when an account is closed or opened again. */
@Injectable()
export class SuspensionsRepository {
  constructor(@InjectModel('Membership') private readonly memberships: Model<MembershipRow>) {}

  /** Where these people belong, or come back to with their account. */
  async ofPeople(userIds: readonly Types.ObjectId[], session?: ClientSession): Promise<SuspendedRow[]> {
    return await this.memberships
      .find({ userId: { $in: userIds }, $or: [{ endedAt: null }, { suspended: { $exists: true } }] }, fields, {
        session,
      })
      .lean<SuspendedRow[]>();
  }

  /** Ends these memberships and remembers what they were. */
  async suspend(
    rows: readonly { _id: Types.ObjectId; suspended: NonNullable<MembershipRow['suspended']> }[],
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    const changedAt = new Date();
    const ending = { endedAt: at, projectId: null, handOver: { at, toId: null }, changedAt };
    await this.memberships.bulkWrite(
      rows.map(({ _id, suspended }) => ({
        updateOne: { filter: { _id, endedAt: null }, update: { $set: { ...ending, suspended } } },
      })),
      { session },
    );
  }

  /** Brings these memberships back. */
  async resume(
    rows: readonly Pick<SuspendedRow, '_id' | 'role' | 'projectId'>[],
    session: ClientSession,
  ): Promise<void> {
    const changedAt = new Date();
    await this.memberships.bulkWrite(
      rows.map(({ _id, role, projectId }) => ({
        updateOne: {
          filter: { _id, suspended: { $exists: true } },
          update: { $set: { role, projectId, endedAt: null, changedAt }, $unset: { suspended: 1 } },
        },
      })),
      { session },
    );
  }
}
