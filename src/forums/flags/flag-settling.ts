import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Outbox } from '../../infra/outbox/outbox.js';
import { flagSettled } from '../forums.events.js';
import { FlagCasesRepository, type Settling } from './flag-cases.repository.js';
import { PostFlagsRepository } from './post-flags.repository.js';

/** Ends a case, by whichever act of staff: the words of the post go, and both sides are told. */
@Injectable()
export class FlagSettling {
  constructor(
    private readonly cases: FlagCasesRepository,
    private readonly flags: PostFlagsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** False when somebody decided before. */
  async settle(caseId: Types.ObjectId, settling: Settling, session: ClientSession): Promise<boolean> {
    if (!(await this.cases.settle(caseId, settling, session))) return false;
    await this.flags.resolveOf(caseId, settling.settledAt, session);
    await this.outbox.write(flagSettled, { caseId: String(caseId) }, session);
    return true;
  }

  /** Staff did with a post, away from its case, what decides that; without a case nothing. */
  async settleOf(
    postId: Types.ObjectId,
    done: { outcome: 'hidden' | 'kept'; byId: Types.ObjectId; at: Date },
    session: ClientSession,
  ): Promise<void> {
    const { outcome, byId: settledById, at: settledAt } = done;
    const caseId = await this.cases.openOf(postId, session);
    if (caseId) await this.settle(caseId, { outcome, settledById, settledAt, toAuthor: '', toReporters: '' }, session);
  }
}
