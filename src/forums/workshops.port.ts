import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';

/** Where the workshops come from that topics follow up. The bridge between the two rooms provides it to the forum. */
export abstract class FollowedWorkshops {
  /** The title of a workshop of the actor's cohort; null for who may not see it. */
  abstract titleFor(actor: CohortActor, workshopId: string): Promise<string | null>;
}

/** The port that the bridge takes when the app is put together; nobody sees a workshop until then. */
@Injectable()
export class WorkshopsPort extends FollowedWorkshops {
  private provider: FollowedWorkshops | undefined;

  provide(provider: FollowedWorkshops): void {
    this.provider = provider;
  }

  override async titleFor(actor: CohortActor, workshopId: string): Promise<string | null> {
    return (await this.provider?.titleFor(actor, workshopId)) ?? null;
  }
}
