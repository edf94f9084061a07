import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { TopicsQuery } from '../../contracts/forums.js';
import type { WholeWorkshop } from '../../contracts/bridges/pages.js';
import { WishesQuery } from '../../contracts/workshops/wishes.js';
import { TopicsService } from '../../forums/topics.service.js';
import { Materials } from '../../workshops/materials/materials.service.js';
import { Minutes } from '../../workshops/materials/minutes.service.js';
import { WishesService } from '../../workshops/wishes/wishes.service.js';
import { WorkshopsService } from '../../workshops/workshops.service.js';

const MAX_TOPICS = 20;

/** A workshop with what hangs on it, as the routes of each part answer it. */
@Injectable()
export class WholeWorkshops {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly materials: Materials,
    private readonly minutes: Minutes,
    private readonly topics: TopicsService,
    private readonly wishes: WishesService,
  ) {}

  /** Throws 404. */
  async get(actor: CohortActor, workshopId: string): Promise<WholeWorkshop> {
    const [workshop, materials, minutes, topics, wishes] = await Promise.all([
      this.workshops.get(actor, workshopId),
      this.materials.list(actor, workshopId),
      this.minutes.read(actor, workshopId),
      this.topics.list(actor, TopicsQuery.parse({ workshop: workshopId, limit: MAX_TOPICS })),
      this.wishes.list(actor, WishesQuery.parse({ workshop: workshopId })),
    ]);
    return { workshop, materials, minutes, topics, wishes };
  }
}
