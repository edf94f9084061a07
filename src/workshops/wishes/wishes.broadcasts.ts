import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { WishChanged } from '../../contracts/workshops/wishes.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { wishChanged } from './wishes.events.js';

/** Tells the cohort that a wish changed: who looks at the board looks again. Says nothing of it. */
@Injectable()
export class WishesBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.bus.on(wishChanged, ({ cohortId, wishId }) => {
      const payload: WishChanged = { cohortId, wishId };
      this.realtime.emit([rooms.cohort(cohortId)], 'wish.changed', payload);
    });
  }
}
