import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { dayOf } from '../../common/times/zoned.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { workshopCancelled, workshopDiscarded, workshopPublished } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { wishChanged, wishPlanned } from './wishes.events.js';
import { becoming } from './wish.js';
import { WishesRepository } from './wishes.repository.js';

/** A wish is what its workshop makes of it: planned once that is published, open again when the draft is dropped or the workshop called off. */
@Injectable()
export class WishFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly wishes: WishesRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const kind of [workshopPublished, workshopDiscarded, workshopCancelled])
      this.outbox.on<{ workshopId: string }>(kind, 'wishes', ({ workshopId }) => this.follow(workshopId));
  }

  /** Makes the wish what its workshop says. The wish is written only as it was read; what changed since is read again, since the workshop may have changed as well. */
  private async follow(workshopId: string): Promise<void> {
    const id = idOf(workshopId);
    for (;;) {
      const wish = await this.wishes.byWorkshop(id);
      const change = wish && becoming(wish, await this.workshops.byId(id));
      if (!change) return;
      const fact = { cohortId: String(wish.cohortId), wishId: String(wish._id) };
      const isWritten = await this.transactions.run(async (session) => {
        if (!(await this.wishes.change(wish._id, { state: wish.state, workshopId: id }, change, session))) return false;
        const day = dayOf(this.clock.now(), 'UTC');
        if (change.state === 'planned') await this.outbox.write(wishPlanned, { ...fact, day }, session);
        return true;
      });
      if (isWritten) this.bus.publish(wishChanged, fact);
    }
  }
}
