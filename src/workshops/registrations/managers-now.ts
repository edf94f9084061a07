import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Problem, notFound } from '../../common/problem.js';
import type { Answer, Ask } from './places.js';
import { type Along, PlacesService } from './places.service.js';
import { mustManage } from '../workshop-drafts.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/**
 * Who looks after a workshop, asked once more within the transaction of the act, which has taken the workshop: who is taken off it, loses their role or leaves comes
 * before and is seen here, or comes after.
 */
@Injectable()
export class ManagersNow {
  constructor(
    private readonly actors: ActorsNow,
    private readonly workshops: WorkshopsRepository,
    private readonly places: PlacesService,
  ) {}

  /** Of a workshop that the transaction has taken: who acts, as they stand by now. Throws 404 for who belongs to the cohort no more or may not see the workshop, 403 for who does not look after it, 409 `cohort_closed`. */
  async mustManage(actor: CohortActor, workshop: WorkshopRow, session: ClientSession): Promise<CohortActor> {
    const now = await this.actors.held(actor, session);
    mustManage(now, workshop);
    return now;
  }

  /** Takes a workshop into the transaction. Throws as {@link mustManage}. */
  async take(actor: CohortActor, workshopId: Types.ObjectId, session: ClientSession): Promise<WorkshopRow> {
    const workshop = await this.workshops.lock(workshopId, session);
    if (!workshop) throw notFound();
    await this.mustManage(actor, workshop, session);
    return workshop;
  }

  /** Has others' places decided by who looks after the workshop; several asks at once look at that once. Throws as {@link mustManage}: then nothing of it is done. */
  asking(actor: CohortActor): (workshopId: string, ask: Ask, along?: Along) => Promise<Answer> {
    const barriers = new WeakMap<WorkshopRow, Promise<Problem | null>>();
    return async (workshopId, ask, along = {}) => {
      const found: { barrier: Problem | null } = { barrier: null };
      const before = async (session: ClientSession, workshop: WorkshopRow) => {
        const looked = barriers.get(workshop) ?? this.barrier(actor, workshop, session);
        barriers.set(workshop, looked);
        found.barrier = await looked;
        return found.barrier === null && (await (along.before?.(session, workshop) ?? true));
      };
      const answer = await this.places.ask(workshopId, ask, { ...along, before });
      if (found.barrier) throw found.barrier;
      return answer;
    };
  }

  /** What {@link mustManage} would throw: others are decided in the same transaction, which goes on. */
  private async barrier(actor: CohortActor, workshop: WorkshopRow, session: ClientSession): Promise<Problem | null> {
    try {
      await this.mustManage(actor, workshop, session);
      return null;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}
