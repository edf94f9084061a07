import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../common/actor.js';
import { closedForGood } from './cohort-rules.js';
import type { Cohort } from '../contracts/cohorts/cohorts.js';
import { idOf } from '../infra/mongo/ids.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CohortsService } from './cohorts.service.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { ActorsNow } from './members/actors-now.js';
import { Logos } from './logos.js';

/** The logo of a cohort, or of its programme: it stands on certificates. */
@Injectable()
export class CohortLogos {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly service: CohortsService,
    private readonly logos: Logos,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
  ) {}

  /** Throws 422 `/file` `not_an_image`, `too_many_pixels`, `too_intricate`, and as {@link ActorsNow.holdToLead}; then nothing is kept. */
  async set(actor: CohortActor, image: Buffer): Promise<Cohort> {
    const logo = await this.logos.store(actor.cohortId, image, actor.userId);
    try {
      return await this.change(actor, logo);
    } catch (error) {
      await this.logos.remove(logo);
      throw error;
    }
  }

  /** Throws as {@link ActorsNow.holdToLead}. */
  async remove(actor: CohortActor): Promise<Cohort> {
    return await this.change(actor, null);
  }

  private async change(actor: CohortActor, logo: string | null): Promise<Cohort> {
    const before = await this.transactions.run(async (session) => {
      await this.actors.holdToLead(actor, session);
      return await this.cohorts.setLogo(idOf(actor.cohortId), logo, session);
    });
    if (!before) throw closedForGood();
    if (before.logo) await this.logos.remove(before.logo);
    return await this.service.get(actor);
  }
}
