import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { handbookCopied } from '../../handbook/handbook.events.js';
import { HandbookReader } from '../../handbook/handbook.reader.js';
import { toId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Tells who keeps pages that came from the handbook of an earlier cohort how many they are, and how many may be out of date: once, whatever was copied when. */
@Injectable()
export class HandbookNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly handbooks: HandbookReader,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(handbookCopied, 'handbook notices', (fact) => this.tell(fact));
  }

  private async tell({
    cohortId,
    fromCohortId,
    byId,
  }: {
    cohortId: string;
    fromCohortId: string;
    byId: string;
  }): Promise<void> {
    const kept = await this.handbooks.copiedTo(cohortId, fromCohortId);
    const from = toId(fromCohortId);
    const cohort = from && (await this.cohorts.byId(from));
    // Who copied saw it.
    const told = (await this.members.among(cohortId, [...kept.keys()])).filter((userId) => userId !== byId);
    await Promise.all(
      told.map((userId) =>
        this.notifier.notify({
          ...{ userIds: [userId], cohortId, kind: 'handbook.copied', why: 'keeper' },
          params: { cohort: cohort?.name ?? '', ...kept.get(userId) },
          link: `/c/${cohortId}/handbook`,
          key: `handbook-copied-${cohortId}-${fromCohortId}`,
        }),
      ),
    );
  }
}
