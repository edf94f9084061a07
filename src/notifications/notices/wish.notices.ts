import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import { MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { wishPlanned } from '../../workshops/wishes/wishes.events.js';
import { WishesReader } from '../../workshops/wishes/wishes.reader.js';
import { keptForLetter } from '../../workshops/letter-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

const planned = defineQueue<{ wishId: string }>('wish-planned');

const HEAL_EVERY_MS = MINUTE;
const A_LOOK = 200;

/**
 * Tells all who wanted a subject, once, that a workshop came of it. What an event did not bring a turn
 * finds: the wish says itself that it was not told of. Told again under the same key it is the same notice.
 */
@Injectable()
export class WishNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly wishes: WishesReader,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.bus.on(wishPlanned, ({ wishId }) => this.queues.add(planned, { wishId }));
    this.queues.process(planned, ({ wishId }) => this.tell(wishId));
    this.intervals.every(HEAL_EVERY_MS, 'wishes to tell of', () => this.heal());
  }

  /** Tells of every planned wish that was not told of. */
  async heal(): Promise<void> {
    for (const wishId of await this.wishes.untold(A_LOOK)) await this.tell(wishId);
  }

  /** Members only: who left meanwhile, and alumni, are not asked to join. Its hosts know of it. */
  async tell(wishId: string): Promise<void> {
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
      key: `wish.planned-${wish.id}-${workshop.id}`,
    });
    await this.wishes.told(wish.id, workshop.id);
  }
}
