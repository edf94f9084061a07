import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type NewsToTell, WorkshopNews } from '../../workshops/materials/workshop-news.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { workshopDocumented } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { Notifier } from '../notifier.js';

/** Tells those who come or came that there are materials or minutes, once for all that were added within some minutes. */
@Injectable()
export class MaterialNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly news: WorkshopNews,
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(workshopDocumented, 'material notices', ({ workshopId }) => this.tell(workshopId));
  }

  /** Tells what has waited for long enough, also what another process took and did not finish. Safe on every process at once. */
  async tell(workshopId: string): Promise<void> {
    for (let news = await this.news.takeDue(workshopId); news; news = await this.news.takeDue(workshopId)) {
      const workshop = await this.workshops.byId(workshopId);
      // Of one that was called off people have heard enough.
      if (workshop?.status === 'published' && (await this.news.mayTell(workshopId))) await this.tellOf(news, workshop);
      await this.news.told(news);
    }
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
        ...{ kind: 'workshop.materials', byId: only },
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
