import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { ChannelKeeper } from '../chat/channel-keeper.js';
import { type PlannedChannel, slug } from '../chat/channel-plan.js';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Beats } from '../infra/queue/beats.js';
import { REDIS } from '../infra/redis/redis.token.js';
import {
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';

const EVERY_MS = MINUTE;
const A_TURN = 50;
/** A workshop's channel stays in the list for a week after it began; then it is kept, to be found by its workshop. */
const TALKED_OF_MS = 7 * DAY;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;

/** One channel per published workshop for its hosts and those going: follows the registrations, by events and in turn by the worker. */
@Injectable()
export class WorkshopChannels implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly beats: Beats,
    private readonly workshops: WorkshopsReader,
    private readonly keeper: ChannelKeeper,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.bus.on(workshopPublished, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(workshopChanged, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(workshopCancelled, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(registrationChanged, ({ workshopId }) => this.keep(workshopId));
    this.beats.every(EVERY_MS, 'workshop-channels', async () => {
      await this.nextTurn();
      await this.putAway();
    });
  }

  /** Brings one workshop's channel to what it should be now. */
  async keep(workshopId: string): Promise<void> {
    const key = `workshop:${workshopId}`;
    const channelId = await this.keeper.keep(key, () => this.plan(workshopId, key));
    const workshop = channelId ? await this.workshops.byId(workshopId) : null;
    if (channelId && workshop?.channelId !== channelId) await this.workshops.setChannel(workshopId, channelId);
  }

  private async plan(workshopId: string, key: string): Promise<PlannedChannel | null> {
    const workshop = await this.workshops.byId(workshopId);
    if (!workshop || workshop.status === 'draft') return null;
    return {
      key,
      kind: 'workshop',
      cohortId: workshop.cohortId,
      name: slug(workshop.title),
      nameKey: null,
      archived:
        workshop.status === 'cancelled' || workshop.startsAt.getTime() < this.clock.now().getTime() - TALKED_OF_MS,
      userIds: [...new Set([...workshop.hosts, ...(await this.workshops.goingIds(workshopId))])],
    };
  }

  /** Archives the channels of workshops whose week has passed since the last look, at most a month of them. */
  private async putAway(): Promise<void> {
    const cursor = `${this.config.REDIS_PREFIX}:workshop-channels:put-away`;
    const until = this.clock.now().getTime() - TALKED_OF_MS;
    const from = Math.max(Number(await this.redis.get(cursor)) || 0, until - 30 * DAY);
    for (const workshop of await this.workshops.startingBetween(new Date(from), new Date(until)))
      await this.keep(workshop.id);
    await this.redis.set(cursor, until);
  }

  /** Looks at the workshops that changed since the last turn, oldest change first. */
  private async nextTurn(): Promise<void> {
    const cursor = `${this.config.REDIS_PREFIX}:workshop-channels:since`;
    const since = Number(await this.redis.get(cursor)) || 0;
    const changed = await this.workshops.changedSince(new Date(since), A_TURN);
    for (const workshop of changed) await this.keep(workshop.id);
    const last = changed.at(-1)?.changedAt.getTime();
    if (last === undefined) return;
    const isWholeTurn = changed.length === A_TURN;
    await this.redis.set(cursor, isWholeTurn ? Math.max(last, since + 1) : Math.max(since, last - OVERLAP_MS));
  }
}
