import { Injectable } from '@nestjs/common';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { listedBy } from './channel-directory.service.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { keyOfCopy } from './copied-channels.js';

/** The open channels of one cohort, as empty ones of another: their names and topics, and nobody and nothing that is in them. */
@Injectable()
export class ChannelCopies {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** What they are called, by name. Those that are closed are not among them. */
  async names(cohortId: string): Promise<string[]> {
    return (await this.openIn(cohortId)).map(({ name }) => name);
  }

  /** Makes those that were not made yet. They count for nobody as channels made by hand. It checks nobody's rights. Throws 409 `cohort_closed`. */
  async copy(fromCohortId: string, to: { cohortId: string; byId: string }): Promise<void> {
    const [cohortId, createdBy, createdAt] = [idOf(to.cohortId), idOf(to.byId), this.clock.now()];
    const copies = (await this.openIn(fromCohortId)).map(({ _id, name, topic }) => ({
      ...{ cohortId, createdBy, createdAt, kind: 'open' as const, name, nameKey: null, topic },
      ...{ key: keyOfCopy(to.cohortId, _id), ...listedBy({ name, topic }) },
    }));
    if (copies.length === 0) return;
    await this.transactions.run(async (session) => {
      if (!(await this.cohorts.hold(cohortId, session))) throw closedForGood();
      await this.channels.ensure(copies, session);
    });
  }

  private async openIn(cohortId: string): Promise<ChannelRow[]> {
    const rows = await this.channels.inCohort(idOf(cohortId), ['open']);
    return rows.filter(({ archivedAt }) => !archivedAt).sort((a, b) => a.name.localeCompare(b.name));
  }
}
