import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { Problem } from '../common/problem.js';
import { FollowedWorkshops, WorkshopsPort } from '../forums/workshops.port.js';
import { WorkshopsService } from '../workshops/workshops.service.js';

/** A topic of the forum that follows up a workshop: tells the forum which workshop it is, to who may see it. */
@Injectable()
export class TopicsOfWorkshops extends FollowedWorkshops {
  constructor(
    port: WorkshopsPort,
    private readonly workshops: WorkshopsService,
  ) {
    super();
    port.provide(this);
  }

  override async titleFor(actor: CohortActor, workshopId: string): Promise<string | null> {
    return await this.workshops.seen(actor, workshopId).then(({ title }) => title, nullWhenHidden);
  }
}

function nullWhenHidden(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null;
  throw error;
}
