import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import type { HandbookPage } from '../../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import { idOf } from '../../infra/mongo/ids.js';
import type { PageRow } from '../page.schema.js';
import { PagesRepository } from '../pages.repository.js';

/** A page of a cohort that was opened to the commons, and the one there: each leads to the other. */
@Injectable()
export class CommonsTwins {
  constructor(
    private readonly pages: PagesRepository,
    private readonly members: Members,
  ) {}

  /** From a page of a cohort to that of the commons; back for members of the cohort alone. */
  async of(
    { cohortId, userId }: CohortActor,
    { _id, copyOf }: Pick<PageRow, '_id' | 'copyOf'>,
  ): Promise<Pick<HandbookPage, 'inCommons' | 'openedFrom'>> {
    if (cohortId !== COMMONS_PLACE) {
      const copy = await this.pages.copyIn(idOf(COMMONS_PLACE), _id);
      return { inCommons: copy && !copy.deletedAt ? String(copy._id) : null, openedFrom: null };
    }
    const from = copyOf && (await this.members.find(String(copyOf.cohortId), userId)) ? copyOf : null;
    const page = from && (await this.pages.find(from.cohortId, from.pageId));
    return {
      inCommons: null,
      openedFrom: page ? { cohortId: String(page.cohortId), pageId: String(page._id) } : null,
    };
  }
}
