import { Injectable } from '@nestjs/common';
import { Port } from '../common/port.js';
import type { CohortActor } from '../common/actor.js';

/** Where the workshops come from that topics follow up. The bridge between the two rooms provides it to the forum. */
export abstract class FollowedWorkshops {
  /** The title of a workshop of the actor's cohort; null for who may not see it. */
  abstract titleFor(actor: CohortActor, workshopId: string): Promise<string | null>;
}

/** Answered by the bridge to the workshops. */
@Injectable()
export class WorkshopsPort extends Port<FollowedWorkshops> {}
