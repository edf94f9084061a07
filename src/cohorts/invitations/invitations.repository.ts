import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { invitationsChanged } from '../cohorts.events.js';
import type { InvitationRow } from './invitation.schema.js';
import { whereLetterIsFree } from './letter-state.js';

/** An invitation as the next one to the same address looks at it. */
export type Earlier = Pick<InvitationRow, '_id' | 'email' | 'open' | 'attempt' | 'expiresAt' | 'projectIds'>;
/** Somebody who is invited, as one plans with them. */
export type InvitedRow = Pick<
  InvitationRow,
  '_id' | 'name' | 'email' | 'role' | 'craft' | 'projectIds' | 'expiresAt' | 'applicationIds' | keyof typeof LETTER
>;

/** How the letter stands (`letter-state`). */
const LETTER = { sentAt: 1, mailDueAt: 1, refusedAt: 1, failed: 1 } as const;
/** What is planned, by its name of now and of before. */
const PLAN = { projectIds: 1, projectId: 1 } as const;

/** A process of the version before may write a row after the migration that gave all of them `projectIds`: it has one project, or none, by its old name. */
function whole<T extends Pick<InvitationRow, 'projectIds'>>(row: T): T {
  const { projectIds, projectId } = row as Partial<Pick<T, 'projectIds'>> & { projectId?: Types.ObjectId | null };
  return { ...row, projectIds: projectIds ?? (projectId ? [projectId] : []) };
}

const wholeOrNone = <T extends Pick<InvitationRow, 'projectIds'>>(row: T | null): T | null => row && whole(row);

/** An invitation that waits, and how its letter stands. */
export type WaitingRow = Pick<InvitationRow, '_id' | 'name' | 'role' | 'createdAt' | keyof typeof LETTER>;

/** The only user of the `invitations` collection, with `AskedLettersRepository` and `InvitationsOfFiles`. That they are used up or withdrawn is in the outbox with it. */
@Injectable()
export class InvitationsRepository {
  constructor(
    @InjectModel('Invitation') private readonly invitations: Model<InvitationRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Nobody is waited for before their letter has gone. Throws E11000 (`attempt`) when one of these addresses was invited meanwhile. */
  async insert(invitations: readonly InvitationRow[], session: ClientSession): Promise<void> {
    // Lean: the rows are whole and ours, and there may be 5,000.
    await this.invitations.insertMany(invitations, { session, lean: true });
  }

  /** For the holder of a link: the link's MAC is the right to read it. */
  async byId(invitationId: Types.ObjectId): Promise<InvitationRow | null> {
    return wholeOrNone(await this.invitations.findById(invitationId).lean<InvitationRow>());
  }

  async byIds(invitationIds: readonly Types.ObjectId[]): Promise<InvitationRow[]> {
    return (await this.invitations.find({ _id: { $in: invitationIds } }).lean<InvitationRow[]>()).map(whole);
  }

  /** Those of these that are of a cohort. */
  async among(cohortId: Types.ObjectId, invitationIds: readonly Types.ObjectId[]): Promise<InvitationRow[]> {
    const rows = await this.invitations.find({ _id: { $in: invitationIds }, cohortId }).lean<InvitationRow[]>();
    return rows.map(whole);
  }

  /** Those of these whose letter is free (`letter-state`). */
  async free(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    now: Date,
    which: { firstOnly?: boolean | undefined } = {},
  ): Promise<InvitationRow[]> {
    const these = { _id: { $in: invitationIds }, cohortId, ...whereLetterIsFree(now, which) };
    return (await this.invitations.find(these).lean<InvitationRow[]>()).map(whole);
  }

  async inCohort(cohortId: Types.ObjectId, invitationId: Types.ObjectId): Promise<InvitationRow | null> {
    return wholeOrNone(await this.invitations.findOne({ _id: invitationId, cohortId }).lean<InvitationRow>());
  }

  /** A page of a cohort's invitations, newest first. */
  async page(cohortId: Types.ObjectId, before: Types.ObjectId | null, limit: number): Promise<InvitationRow[]> {
    const rows = await this.invitations
      .find({ cohortId, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<InvitationRow[]>();
    return rows.map(whole);
  }

  /** The invitations of a cohort that wait for an answer. */
  async waiting(cohortId: Types.ObjectId): Promise<WaitingRow[]> {
    const fields = { name: 1, role: 1, createdAt: 1, ...LETTER } as const;
    return await this.invitations.find({ cohortId, open: true }, fields).lean<WaitingRow[]>();
  }

  /** Who is invited to a cohort and has not come, with what is planned. */
  async openIn(cohortId: Types.ObjectId, session?: ClientSession): Promise<InvitedRow[]> {
    const fields = {
      name: 1,
      email: 1,
      role: 1,
      craft: 1,
      expiresAt: 1,
      applicationIds: 1,
      ...PLAN,
      ...LETTER,
    } as const;
    const rows = await this.invitations.find({ cohortId, open: true }, fields, { session }).lean<InvitedRow[]>();
    return rows.map(whole);
  }

  /** Plans a project with exactly these of the invited. A fellow is in one project only. */
  async plan(
    cohortId: Types.ObjectId,
    projectId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    const [open, wanted] = [{ cohortId, open: true }, { $in: invitationIds }];
    const others = { ...open, _id: { $nin: invitationIds }, projectIds: projectId };
    await this.invitations.updateMany(others, { $pull: { projectIds: projectId } }, { session });
    const fellows = { ...open, _id: wanted, role: 'fellow' as const };
    await this.invitations.updateMany(fellows, { $set: { projectIds: [projectId] } }, { session });
    const companions = { ...open, _id: wanted, role: { $ne: 'fellow' as const } };
    await this.invitations.updateMany(companions, { $addToSet: { projectIds: projectId } }, { session });
  }

  /** Plans some projects with an open invitation, beside what is planned: a fellow is in the last of them alone. One that was made of applications stands with these, too. */
  async planAlso(
    { _id, role, applicationIds: before }: Pick<InvitationRow, '_id' | 'role' | 'applicationIds'>,
    {
      projectIds,
      applicationIds,
    }: { projectIds: readonly Types.ObjectId[]; applicationIds: readonly Types.ObjectId[] },
    session: ClientSession,
  ): Promise<void> {
    const isFellow = role === 'fellow';
    const more = {
      ...(!isFellow && { projectIds: { $each: projectIds } }),
      ...(before && { applicationIds: { $each: applicationIds } }),
    };
    const planned = {
      ...(isFellow && { $set: { projectIds: projectIds.slice(-1) } }),
      ...(Object.keys(more).length > 0 && { $addToSet: more }),
    };
    await this.invitations.updateOne({ _id, open: true }, planned, { session });
  }

  /** Those of these that are open, taken for this transaction: who accepts or withdraws one of them comes before or after. */
  async hold(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    const filter = { cohortId, open: true, _id: { $in: invitationIds } };
    await this.invitations.updateMany(filter, { $inc: { held: 1 } }, { session });
    const rows = await this.invitations.find(filter, { _id: 1 }, { session }).lean<Pick<InvitationRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  /** A project has a coach: no invited one is planned for it any more. */
  async unplanCoaches(cohortId: Types.ObjectId, projectId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.invitations.updateMany(
      { cohortId, open: true, role: 'coach', projectIds: projectId },
      { $pull: { projectIds: projectId } },
      { session },
    );
  }

  /** What went to these addresses before, the latest of each last. */
  async to(cohortId: Types.ObjectId, emails: readonly string[]): Promise<Earlier[]> {
    const rows = await this.invitations
      .find({ cohortId, email: { $in: emails } }, { email: 1, open: 1, attempt: 1, expiresAt: 1, ...PLAN })
      .lean<Earlier[]>();
    return rows.map(whole).sort((a, b) => a.attempt - b.attempt);
  }

  /** Uses an invitation up and returns it as it is then, with the last that was planned. Null when it was accepted, revoked or is over. */
  async accept(invitationId: Types.ObjectId, now: Date, session: ClientSession): Promise<InvitationRow | null> {
    const row = await this.invitations
      .findOneAndUpdate(
        { _id: invitationId, open: true, expiresAt: { $gt: now } },
        { $set: { open: false, acceptedAt: now }, $unset: { mailDueAt: 1 } },
        { session, returnDocument: 'after' },
      )
      .lean<InvitationRow>();
    if (row) await this.changed(row.cohortId, [row._id], session);
    return wholeOrNone(row);
  }

  /** Says who accepted, once that person exists. */
  async acceptedBy(invitationId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.invitations.updateOne({ _id: invitationId }, { $set: { acceptedBy: userId } }, { session });
  }

  /** Ends open invitations. */
  async revoke(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    now: Date,
    session?: ClientSession,
  ): Promise<number> {
    if (!session)
      return await this.transactions.run(async (own) => await this.revoke(cohortId, invitationIds, now, own));
    const result = await this.invitations.updateMany(
      { _id: { $in: invitationIds }, cohortId, open: true },
      { $set: { open: false, revokedAt: now }, $unset: { mailDueAt: 1 } },
      { session },
    );
    if (result.modifiedCount > 0) await this.changed(cohortId, invitationIds, session);
    return result.modifiedCount;
  }

  /** The open invitations of a cohort that were there at an instant have a new link to copy. */
  async relink(cohortId: Types.ObjectId, until: Date, linkKey: string): Promise<void> {
    await this.invitations.updateMany(
      { cohortId, open: true, createdAt: { $lte: until }, linkKey: { $ne: linkKey } },
      { $set: { linkKey } },
    );
  }

  private async changed(
    cohortId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    const fact = { cohortId: String(cohortId), invitationIds: ids.map(String) };
    await this.outbox.write(invitationsChanged, fact, session);
  }
}
