import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { InvitationRow } from './invitation.schema.js';

/** An invitation as the next one to the same address looks at it. */
export type Earlier = Pick<InvitationRow, '_id' | 'email' | 'open' | 'attempt' | 'expiresAt'>;

/** The only user of the `invitations` collection. */
@Injectable()
export class InvitationsRepository {
  constructor(@InjectModel('Invitation') private readonly invitations: Model<InvitationRow>) {}

  /** Throws E11000 (`attempt`) when one of these addresses was invited meanwhile. */
  async insert(invitations: readonly InvitationRow[], session: ClientSession): Promise<void> {
    // Lean: the rows are whole and ours, and there may be 5,000.
    await this.invitations.insertMany(invitations, { session, lean: true });
  }

  /** For the holder of a link: the link's MAC is the right to read it. */
  async byId(invitationId: Types.ObjectId): Promise<InvitationRow | null> {
    return await this.invitations.findById(invitationId).lean<InvitationRow>();
  }

  async byIds(invitationIds: readonly Types.ObjectId[]): Promise<InvitationRow[]> {
    return await this.invitations.find({ _id: { $in: invitationIds } }).lean<InvitationRow[]>();
  }

  async inCohort(cohortId: Types.ObjectId, invitationId: Types.ObjectId): Promise<InvitationRow | null> {
    return await this.invitations.findOne({ _id: invitationId, cohortId }).lean<InvitationRow>();
  }

  /** A page of a cohort's invitations, newest first. */
  async page(cohortId: Types.ObjectId, before: Types.ObjectId | null, limit: number): Promise<InvitationRow[]> {
    return await this.invitations
      .find({ cohortId, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<InvitationRow[]>();
  }

  /** The invitations of a cohort that wait for an answer. */
  async waiting(cohortId: Types.ObjectId): Promise<Pick<InvitationRow, '_id' | 'name' | 'role' | 'createdAt'>[]> {
    return await this.invitations
      .find({ cohortId, open: true }, { name: 1, role: 1, createdAt: 1 })
      .lean<Pick<InvitationRow, '_id' | 'name' | 'role' | 'createdAt'>[]>();
  }

  /** What went to these addresses before, the latest of each last. */
  async to(cohortId: Types.ObjectId, emails: readonly string[]): Promise<Earlier[]> {
    const rows = await this.invitations
      .find({ cohortId, email: { $in: emails } }, { email: 1, open: 1, attempt: 1, expiresAt: 1 })
      .lean<Earlier[]>();
    return rows.sort((a, b) => a.attempt - b.attempt);
  }

  /** Uses an invitation up. False when it was accepted, revoked or is over. */
  async accept(invitationId: Types.ObjectId, now: Date, session: ClientSession): Promise<boolean> {
    const result = await this.invitations.updateOne(
      { _id: invitationId, open: true, expiresAt: { $gt: now } },
      { $set: { open: false, acceptedAt: now }, $unset: { mailDueAt: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Says who accepted, once that person exists. */
  async acceptedBy(invitationId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.invitations.updateOne({ _id: invitationId }, { $set: { acceptedBy: userId } }, { session });
  }

  /** Ends open invitations. */
  async revoke(cohortId: Types.ObjectId, invitationIds: readonly Types.ObjectId[], now: Date): Promise<number> {
    const result = await this.invitations.updateMany(
      { _id: { $in: invitationIds }, cohortId, open: true },
      { $set: { open: false, revokedAt: now }, $unset: { mailDueAt: 1 } },
    );
    return result.modifiedCount;
  }

  /** Gives an open invitation a new end and a letter to go. */
  async renew(
    cohortId: Types.ObjectId,
    invitationId: Types.ObjectId,
    change: { mailDueAt: Date; expiresAt: Date },
  ): Promise<boolean> {
    const result = await this.invitations.updateOne(
      { _id: invitationId, cohortId, open: true },
      { $set: change, $unset: { refusedAt: 1, answer: 1 } },
    );
    return result.matchedCount === 1;
  }

  /** Notes that the letter that was due then has gone. */
  async sent(invitationId: Types.ObjectId, dueAt: Date, now: Date): Promise<void> {
    await this.invitations.updateOne(
      { _id: invitationId, mailDueAt: dueAt },
      { $set: { sentAt: now }, $unset: { mailDueAt: 1 } },
    );
  }

  /** Notes that the mail server refused the letter that was due then, for good. `answer`: its codes, null when it gave none. */
  async refused(invitationId: Types.ObjectId, dueAt: Date, now: Date, answer: string | null): Promise<void> {
    await this.invitations.updateOne(
      { _id: invitationId, mailDueAt: dueAt },
      { $set: { refusedAt: now, ...(answer && { answer }) }, $unset: { mailDueAt: 1 } },
    );
  }

  /** Letters due between two instants that have not gone. */
  async unsent(after: Date, before: Date, limit: number): Promise<{ _id: Types.ObjectId; mailDueAt: Date }[]> {
    return await this.invitations
      .find({ mailDueAt: { $gt: after, $lt: before } }, { mailDueAt: 1 })
      .sort({ mailDueAt: 1 })
      .limit(limit)
      .lean<{ _id: Types.ObjectId; mailDueAt: Date }[]>();
  }
}
