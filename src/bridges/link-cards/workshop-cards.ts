import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { type CardSource, type CohortThing, type LinkReader, placeOf } from './card-source.js';

/** Workshops as their page shows them, so that one joins on the card. */
@Injectable()
export class WorkshopCards implements CardSource {
  readonly kind = 'workshop';

  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly members: Members,
  ) {}

  /** A fixed number of queries for each of the reader's cohorts that the links name. */
  async of({ actor }: LinkReader, links: readonly CohortThing[]) {
    const cohortIds = [...new Set(links.map(({ cohortId }) => cohortId))];
    const found = await Promise.all(
      cohortIds.map(async (cohortId) => {
        const there = await this.members.actorIn(actor, cohortId);
        const ids = links.filter((link) => link.cohortId === cohortId).map(({ id }) => id);
        return there ? await this.workshops.seenBy(there, ids) : [];
      }),
    );
    return new Map(found.flat().map((workshop) => [placeOf(workshop), { kind: 'workshop', workshop } as const]));
  }
}
