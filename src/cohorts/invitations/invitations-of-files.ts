import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { invitationsChanged, invitationsErased } from '../cohorts.events.js';
import { ProjectsRepository } from '../projects/projects.repository.js';
import { InvitationMails } from './invitation-mails.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';

type MadeRow = Pick<InvitationRow, '_id' | 'cohortId' | 'applicationIds'>;

/** What is planned with it at the moment it goes is found by then. */
const AGAIN_AFTER_MS = 30_000;

const read = { cohortId: 1, applicationIds: 1 } as const;

/** Ends invitations with the applications that they were made of. One that was accepted is of a member by then, and stays; so does one that staff wrote. */
@Injectable()
export class InvitationsOfFiles {
  constructor(
    @InjectModel('Invitation') private readonly rows: Model<InvitationRow>,
    private readonly invitations: InvitationsRepository,
    private readonly mails: InvitationMails,
    private readonly projects: ProjectsRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** An application stands no more: its invitation is withdrawn, or, where it was made of others too, has the project of this one no more. */
  async end(applicationId: Types.ObjectId): Promise<void> {
    await this.transactions.run(async (session) => {
      const open = { applicationIds: applicationId, open: true };
      const project = await this.projects.ofProposal(applicationId, session);
      for (const { _id, cohortId, applicationIds = [] } of await this.rows
        .find(open, read, { session })
        .lean<MadeRow[]>())
        if (applicationIds.length === 1) await this.invitations.revoke(cohortId, [_id], this.clock.now(), session);
        else {
          const $pull = { applicationIds: applicationId, ...(project && { projectIds: project._id }) };
          await this.rows.updateOne({ _id }, { $pull }, { session });
        }
    });
  }

  /** An application is erased: so are the name and address of whom it invited and who never came. */
  async forget(applicationId: Types.ObjectId): Promise<void> {
    await this.transactions.run(async (session) => {
      const never = { applicationIds: applicationId, acceptedAt: null };
      for (const { _id, cohortId, applicationIds = [] } of await this.rows
        .find(never, read, { session })
        .lean<MadeRow[]>())
        if (applicationIds.length === 1) {
          await this.rows.deleteOne({ _id }, { session });
          await this.mails.silence([_id], session);
          const fact = { cohortId: String(cohortId), invitationIds: [String(_id)] };
          await this.outbox.write(invitationsChanged, fact, session);
          await this.outbox.write(invitationsErased, fact, session, { againAfterMs: AGAIN_AFTER_MS });
        } else await this.rows.updateOne({ _id }, { $pull: { applicationIds: applicationId } }, { session });
    });
  }
}
