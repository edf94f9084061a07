import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { ChannelMembershipSync } from '../chat/channels/channel-membership-sync.js';
import { type PlannedChannel, slug } from '../chat/channels/channel-plan.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, DAY, MINUTE } from '../common/times/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { EventBus } from '../infra/events/event-bus.js';
import type { ChangePlace } from '../infra/mongo/changes.js';
import { Intervals } from '../infra/queue/intervals.js';
import { REDIS } from '../infra/redis/redis.token.js';
import {
  registrationChanged,
  workshopCancelled,
  workshopChanged,
  workshopPublished,
} from '../workshops/workshops.events.js';
import type { WorkshopFacts } from '../workshops/workshop-facts.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';

const EVERY_MS = MINUTE;
const A_TURN = 50;
/** A workshop's channel stays in the list for a week after it began; then it is kept, to be found by its workshop. */
const TALKED_OF_MS = 7 * DAY;
/** A write may become visible a little after the instant it carries: so far back is looked again. */
const OVERLAP_MS = 2 * MINUTE;

/** What is talked of: a workshop, or the series of which it is a date. */
interface Talked {
  workshopId: string;
  seriesId: string | null;
}

/** One channel per published workshop, or per series of them, for its hosts and those going: follows the registrations, by events and in turn by the worker. */
@Injectable()
export class WorkshopChannels implements OnModuleInit {
  private readonly keeps = new BatchPerKey<Talked, null>(async (key, asked) => {
    const [first] = asked;
    if (first) await this.keepOne(key, first);
    return asked.map(() => null);
  });

  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly intervals: Intervals,
    private readonly workshops: WorkshopsReader,
    private readonly membershipSync: ChannelMembershipSync,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.bus.on(workshopPublished, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(workshopChanged, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(workshopCancelled, ({ workshopId }) => this.keep(workshopId));
    this.bus.on(registrationChanged, ({ workshopId }) => this.keep(workshopId));
    this.intervals.every(EVERY_MS, 'workshop-channels', () => this.turn());
  }

  /** What the worker does every minute: follows what changed, and archives the channels of what was a week ago. */
  async turn(): Promise<void> {
    await this.followChanges();
    await this.putAway();
  }

  /**
   * Brings one workshop's channel to what it should be now. All dates of a series have one channel together; when many of them change at
   * once it is looked at once or twice.
   */
  async keep(workshopId: string): Promise<void> {
    const seriesId = (await this.workshops.byId(workshopId))?.seriesId ?? null;
    await this.keeps.ask(seriesId ? `workshop-series:${seriesId}` : `workshop:${workshopId}`, { workshopId, seriesId });
  }

  private async keepOne(key: string, { workshopId, seriesId }: Talked): Promise<void> {
    const channelId = await this.membershipSync.keep(key, async () =>
      this.plan(await this.datesOf({ workshopId, seriesId }), key),
    );
    if (!channelId) return;
    const dates = await this.datesOf({ workshopId, seriesId });
    const without = dates.filter((workshop) => workshop.channelId !== channelId).map(({ id }) => id);
    if (without.length > 0) await this.workshops.setChannel(without, channelId);
  }

  /** The workshop, or all dates of its series; drafts are not talked of. */
  private async datesOf({ workshopId, seriesId }: Talked): Promise<WorkshopFacts[]> {
    const dates = seriesId ? await this.workshops.ofSeries(seriesId) : await this.workshops.byIds([workshopId]);
    return dates.filter(({ status }) => status !== 'draft');
  }

  private async plan(dates: readonly WorkshopFacts[], key: string): Promise<PlannedChannel | null> {
    const live = dates.filter(({ status }) => status === 'published');
    const named = live[0] ?? dates[0];
    if (!named) return null;
    const going = await this.workshops.peopleOf(dates.map(({ id }) => id));
    const last = Math.max(...live.map(({ startsAt }) => startsAt.getTime()));
    return {
      key,
      kind: 'workshop',
      cohortId: named.cohortId,
      name: slug(named.title),
      nameKey: null,
      archived: live.length === 0 || last < this.clock.now().getTime() - TALKED_OF_MS,
      userIds: [...new Set([...dates.flatMap(({ hosts }) => hosts), ...[...going.going.values()].flat()])],
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
  private async followChanges(): Promise<void> {
    const cursor = `${this.config.REDIS_PREFIX}:workshop-channels:since`;
    const place = placeOf(await this.redis.get(cursor));
    const changed = await this.workshops.changedSince(place.changedAt, A_TURN, place.id);
    for (const workshop of changed) await this.keep(workshop.id);
    const last = changed.at(-1) ?? place;
    const settled = new Date(this.clock.now().getTime() - OVERLAP_MS);
    const goesOnThere = changed.length === A_TURN || last.changedAt <= settled;
    await this.redis.set(cursor, textOf(goesOnThere ? last : { changedAt: settled, id: null }));
  }
}

/** Many can carry one instant (an import, a series): the id tells how far among them a turn came. */
const textOf = ({ changedAt, id }: ChangePlace) => `${changedAt.getTime()}${id === null ? '' : ` ${id}`}`;

function placeOf(text: string | null): ChangePlace {
  const [at, id = null] = (text ?? '').split(' ');
  return { changedAt: new Date(Number(at) || 0), id };
}
