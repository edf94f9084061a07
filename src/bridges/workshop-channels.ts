import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelMembershipSync } from '../chat/channels/channel-membership-sync.js';
import { type PlannedChannel, slug } from '../chat/channels/channel-plan.js';
import { Nights } from '../cohorts/nights/nights.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import { Clock, DAY } from '../common/times/clock.js';
import { tryEach } from '../common/try-each.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { placesChanged, workshopsChanged } from '../workshops/workshops.events.js';
import type { WorkshopFacts } from '../workshops/workshop-facts.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';

/** A workshop's channel stays in the list for a week after it began; then it is kept, to be found by its workshop. */
const TALKED_OF_MS = 7 * DAY;
/** So far back, and so far ahead, a night looks at workshops. */
const [PAST_MS, AHEAD_MS] = [TALKED_OF_MS + 30 * DAY, 400 * DAY];
/** Rows of the outbox remember it. */
const NAME = 'workshop channels';

/** What is talked of: a workshop, or the series of which it is a date. */
interface Talked {
  workshopId: string;
  seriesId: string | null;
}

/** One channel per published workshop, or per series of them, for its hosts and those going: follows them by the outbox, and is put away by the night. */
@Injectable()
export class WorkshopChannels implements OnModuleInit {
  private readonly keeps = new BatchPerKey<Talked, null>(async (key, asked) => {
    const [first] = asked;
    if (first) await this.keepOne(key, first);
    return asked.map(() => null);
  });

  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly nights: Nights,
    private readonly workshops: WorkshopsReader,
    private readonly membershipSync: ChannelMembershipSync,
  ) {}

  onModuleInit(): void {
    this.outbox.on(workshopsChanged, NAME, ({ workshopIds }) => this.keepAll(workshopIds));
    this.outbox.on(placesChanged, NAME, ({ workshopId }) => this.keepAll([workshopId]));
    this.nights.compareEach(async ({ _id, state }) => {
      if (state === 'running') await this.compare(String(_id));
    });
  }

  /** Brings the channels of a cohort's workshops to what they should be: a week after it began nobody says that one is over. */
  private async compare(cohortId: string): Promise<void> {
    const now = this.clock.now().getTime();
    const [from, to] = [new Date(now - PAST_MS), new Date(now + AHEAD_MS)];
    await this.keepEach(await this.workshops.inCohort(cohortId, from, to));
  }

  async keepAll(workshopIds: readonly string[]): Promise<void> {
    await this.keepEach(await this.workshops.byIds(workshopIds));
  }

  /**
   * Brings the channels of some workshops to what they should be now. All dates of a series have one channel together; when many of them change at
   * once it is looked at once or twice.
   */
  private async keepEach(workshops: readonly WorkshopFacts[]): Promise<void> {
    const talked = workshops.map(({ id, seriesId }) => {
      const key = seriesId ? `workshop-series:${seriesId}` : `workshop:${id}`;
      return [key, { workshopId: id, seriesId }] as const;
    });
    await tryEach(new Map(talked), ([key, one]) => this.keeps.ask(key, one));
  }

  private async keepOne(key: string, { workshopId, seriesId }: Talked): Promise<void> {
    let dates: WorkshopFacts[] = [];
    const channelId = await this.membershipSync.keep(key, async () => {
      dates = await this.datesOf({ workshopId, seriesId });
      return await this.plan(dates, key);
    });
    if (!channelId) return;
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
    const going = await this.workshops.goingTo(dates.map(({ id }) => id));
    const last = Math.max(...live.map(({ startsAt }) => startsAt.getTime()));
    return {
      key,
      kind: 'workshop',
      cohortId: named.cohortId,
      name: slug(named.title),
      nameKey: null,
      archived: live.length === 0 || last < this.clock.now().getTime() - TALKED_OF_MS,
      userIds: [...new Set([...dates.flatMap(({ hosts }) => hosts), ...[...going.values()].flat()])],
    };
  }
}
