import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { type NewsToTell, WorkshopNews } from '../../workshops/materials/workshop-news.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

/** What is added within so long of the first is told of together. */
export const GATHER_MS = 10 * MINUTE;

const LOOK_EVERY_MS = MINUTE;
const A_LOOK = 50;

/**
 * Tells those who come or came that there are materials or minutes, once for all that were added within some minutes. From state alone:
 * a process that dies in between is followed by the next look of any other.
 */
@Injectable()
export class MaterialNotices implements OnModuleInit {
  constructor(
    private readonly intervals: Intervals,
    private readonly clock: Clock,
    private readonly news: WorkshopNews,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.intervals.every(LOOK_EVERY_MS, 'materials of workshops', () => this.tellAll());
  }

  /** Tells what has waited for long enough. Safe on every process at once. */
  async tellAll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - GATHER_MS);
    for (const workshopId of await this.news.waitingSince(before, A_LOOK)) await this.tell(workshopId);
  }

  private async tell(workshopId: string): Promise<void> {
    const [news, workshop] = await Promise.all([this.news.take(workshopId), this.workshops.byId(workshopId)]);
    if (!news) return;
    // Of one that was called off people have heard enough.
    if (workshop?.status === 'published') await this.tellOf(news, workshop);
    await this.news.told(news);
  }

  private async tellOf(news: NewsToTell, { id, cohortId, title }: WorkshopFacts): Promise<void> {
    const there = await this.workshops.standingsOf(id);
    const [members, people] = await Promise.all([
      this.members.list(cohortId, { userIds: [...there.keys()] }),
      this.people.byId(news.byIds),
    ]);
    const { batch, materials, hasMinutes, byIds } = news;
    const [only] = byIds.length === 1 ? byIds : [];
    for (const { userId } of members.filter((member) => member.userId !== only)) {
      await this.notifier.notify({
        userIds: [userId],
        cohortId,
        kind: 'workshop.materials',
        params: {
          ...{ workshopId: id, title, count: materials.length, what: materials[0] ?? '' },
          minutes: String(hasMinutes),
          by: only === undefined ? 'none' : people.get(only)?.name || 'none',
        },
        link: `/c/${cohortId}/workshops/${id}`,
        why: there.get(userId) === 'attended' ? 'attended' : 'registered',
        key: `workshop.materials-${id}-${batch}`,
      });
    }
  }
}
