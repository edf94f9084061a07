import { Injectable, type OnModuleInit } from '@nestjs/common';
import { cohortClosed } from '../../cohorts/cohorts.events.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Tells the people of a cohort that it has ended, and what stays with them. */
@Injectable()
export class CohortNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(cohortClosed, 'cohort notices', ({ cohortId }) => this.tellClosed(cohortId));
  }

  private async tellClosed(cohortId: string): Promise<void> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (cohort?.state !== 'closed') return;
    const members = await this.members.list(cohortId);
    await this.notifier.notify({
      userIds: members.map((member) => member.userId),
      cohortId,
      kind: 'cohort.closed',
      params: { cohort: cohort.name },
      link: `/c/${cohortId}/week`,
      why: 'member',
      key: `cohort-closed-${cohortId}`,
    });
  }
}
