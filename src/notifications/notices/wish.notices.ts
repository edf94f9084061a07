import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { wishPlanned } from '../../workshops/wishes/wishes.events.js';
import { WishesReader } from '../../workshops/wishes/wishes.reader.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

/** Tells all who wanted a subject, once a day, that a workshop came of it: who plans it, calls it off and plans it again tells nobody more. */
@Injectable()
export class WishNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly wishes: WishesReader,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(wishPlanned, 'wish notices', ({ wishId, day }) => this.tell(wishId, day));
  }

  /** Members only: who left meanwhile, and alumni, are not asked to join. Its hosts know of it. */
  async tell(wishId: string, day?: string): Promise<void> {
    const wish = await this.wishes.toTell(wishId);
    const workshop = wish && (await this.workshops.byId(wish.workshopId));
    if (!wish || workshop?.status !== 'published') return;
    const members = await this.members.list(wish.cohortId, { userIds: wish.wanting });
    await this.notifier.notify({
      userIds: members
        .filter(({ userId, role }) => role !== 'alumni' && !workshop.hosts.includes(userId))
        .map(({ userId }) => userId),
      cohortId: wish.cohortId,
      kind: 'wish.planned',
      params: {
        workshopId: workshop.id,
        title: workshop.title,
        subject: wish.subject,
        same: String(wish.subject === workshop.title),
        ...keptForLetter(workshop),
      },
      link: `/c/${wish.cohortId}/workshops/${workshop.id}`,
      why: 'wanted',
      key: `wish.planned-${wish.id}-${day ?? workshop.id}`,
    });
  }
}
