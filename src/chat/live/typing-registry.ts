import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { PresenceChoice } from '../presence/presence-choice.js';

const EVERY_MS = 1000;
/** Clients forget who types after this long without news; they tell again every 3 s. */
const LASTS_MS = 5000;

/** Who types where, told once a second to those in the channel, unless they hide; what is lost is not repeated. Real time, not the domain's clock. */
@Injectable()
export class TypingRegistry implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly heardSince = new Map<string, Set<string>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly realtime: Realtime,
    private readonly choice: PresenceChoice,
  ) {}

  heard(channelId: string, userId: string): void {
    const people = this.heardSince.get(channelId) ?? new Set();
    this.heardSince.set(channelId, people.add(userId));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tell(), EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private tell(): void {
    const until = new Date(Date.now() + LASTS_MS).toISOString();
    const unseen = this.choice.unseenHere();
    for (const [channelId, people] of this.heardSince) {
      const userIds = [...people].filter((userId) => !unseen.has(userId));
      if (userIds.length > 0)
        this.realtime.emitVolatile(rooms.channel(channelId), 'typing', { channelId, userIds, until });
    }
    this.heardSince.clear();
  }
}
