import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { wishChanged } from './wishes.events.js';
import { WishesRepository } from './wishes.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

/**
 * Whoever leaves a cohort wants and gives nothing there any more. Whoever plans a
 * wish or is told asks for members, so nobody else hears of it meanwhile.
 */
@Injectable()
export class WishDepartures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly wishes: WishesRepository,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.outbox.on(memberLeft, 'wishes', (departure) => this.takeBack(departure));
  }

  private async takeBack({ cohortId, userId }: Departure): Promise<void> {
    if (await this.members.find(cohortId, userId)) return;
    for (const wishId of await this.wishes.joinedBy(idOf(cohortId), idOf(userId))) {
      const wish = await this.wishes.byId(wishId);
      if (!wish) continue;
      await this.transactions.run(async (session) => {
        if (!(await this.wishes.change(wishId, {}, {}, session))) return;
        for (const side of ['want', 'give'] as const) await this.wishes.unsay(wishId, { userId, side }, session);
        await this.wishes.recount(wish, session);
      });
      this.bus.publish(wishChanged, { cohortId, wishId: String(wishId) });
    }
  }
}
