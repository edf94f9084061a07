import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { CommonsAccess } from '../../cohorts/commons/commons-access.js';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import type { Locale } from '../../contracts/primitives.js';
import { idOf, toId } from '../../infra/mongo/ids.js';

const COMMONS: Record<Locale, string> = { en: 'Commons', fr: 'Espace commun' };

/** Where a handbook is: in a cohort, or in the commons, which is a place with an id that no cohort has. Who is there, and what it is called, is asked here alone. */
@Injectable()
export class HandbookPlaces {
  constructor(
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly access: CommonsAccess,
    private readonly actors: ActorsNow,
  ) {}

  /** Somebody in the handbook of the commons: staff of cohorts that run and admins write there, as staff do in that of their cohort; all others read. Throws 403 `no_cohort`. */
  async inCommons(actor: Actor): Promise<CohortActor> {
    const leads = await this.access.leads(await this.access.enter(actor));
    return {
      ...actor,
      ...{ cohortId: COMMONS_PLACE, role: leads ? 'staff' : 'alumni', projectId: null },
      ...{ cohortTimeZone: 'UTC', cohortState: 'running' },
    };
  }

  /** Somebody as they stand in the handbook of the commons by now, within the transaction of what they do there: a role that was taken away since gives nothing. Throws as {@link inCommons}; in that of a cohort 404 for who belongs there no more, 409 `cohort_closed`. */
  async now(actor: CohortActor, session: ClientSession): Promise<CohortActor> {
    if (actor.cohortId !== COMMONS_PLACE) {
      if (!(await this.cohorts.hold(idOf(actor.cohortId), session))) throw closedForGood();
      return await this.actors.asMember(actor, session);
    }
    return { ...actor, role: (await this.access.holdToLead(actor, session)) ? 'staff' : 'alumni' };
  }

  /** Those of some people who may keep a page there. */
  async among(placeId: string, userIds: readonly string[]): Promise<string[]> {
    if (placeId !== COMMONS_PLACE) return await this.members.among(placeId, userIds);
    return await this.access.within(userIds);
  }

  /** Whether somebody reads the pages there now. */
  async isReader(placeId: string, userId: string): Promise<boolean> {
    if (placeId === COMMONS_PLACE) return (await this.among(placeId, [userId])).length > 0;
    return (await this.members.find(placeId, userId)) !== null;
  }

  /** Null for a place that there is none of. */
  async nameOf(placeId: string, locale: Locale): Promise<string | null> {
    if (placeId === COMMONS_PLACE) return COMMONS[locale];
    const id = toId(placeId);
    const cohort = id && (await this.cohorts.byId(id));
    return cohort?.name ?? null;
  }
}
