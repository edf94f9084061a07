import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { workshopCancelled, workshopDiscarded, workshopPublished } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import type { WishRow } from './wish.schema.js';
import { wishChanged, wishPlanned } from './wishes.events.js';
import { becoming } from './wish.js';
import { WishesRepository } from './wishes.repository.js';

const follow = defineQueue<{ workshopId: string }>('wish-follow');

const HEAL_EVERY_MS = 5 * MINUTE;
const A_PAGE = 200;
const FIRST = '0'.repeat(24);

/**
 * A wish is what its workshop makes of it: planned once that is published, open again when the draft is dropped or the workshop called
 * off. An event can die with its process: a turn looks at every wish whose workshop is not over.
 */
@Injectable()
export class WishFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly wishes: WishesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const kind of [workshopPublished, workshopDiscarded, workshopCancelled]) {
      this.bus.on<{ workshopId: string }>(kind, ({ workshopId }) => this.queues.add(follow, { workshopId }));
    }
    this.queues.process(follow, async ({ workshopId }) => {
      const wish = await this.wishes.byWorkshop(idOf(workshopId));
      if (wish) await this.look(wish, await this.workshops.byId(idOf(workshopId)));
    });
    this.intervals.every(HEAL_EVERY_MS, 'wishes and their workshops', () => this.heal());
  }

  /** Looks at every wish that has a workshop which is not over, two queries for each two hundred. */
  async heal(): Promise<void> {
    let after = idOf(FIRST);
    for (;;) {
      const wishes = await this.wishes.followed(after, A_PAGE);
      const workshops = await this.workshops.byIds(wishes.flatMap((wish) => wish.workshopId ?? []));
      const byId = new Map(workshops.map((workshop) => [String(workshop._id), workshop]));
      for (const wish of wishes) await this.look(wish, byId.get(String(wish.workshopId)) ?? null);
      const last = wishes.at(-1);
      if (!last || wishes.length < A_PAGE) return;
      after = last._id;
    }
  }

  /** Makes the wish what its workshop says. Two at once write once: the guard is the wish as it was read. */
  private async look(wish: WishRow, workshop: WorkshopRow | null): Promise<void> {
    const change = becoming(wish, workshop, this.clock.now());
    if (!change) return;
    const { _id, cohortId, state, workshopId } = wish;
    if (!(await this.wishes.change(_id, { state, ...(workshopId && { workshopId }) }, change))) return;
    const ids = { cohortId: String(cohortId), wishId: String(_id) };
    this.bus.publish(wishChanged, ids);
    if (change.untold) this.bus.publish(wishPlanned, ids);
  }
}
