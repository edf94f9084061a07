import { Injectable } from '@nestjs/common';
import type { Ask } from '../infra/mongo/asked-together.js';
import { idOf, toIds } from '../infra/mongo/ids.js';
import { RegistrationsRepository, STANDING, type StandingRow } from './registrations/registrations.repository.js';
import { type WorkshopOfPerson, standingIn } from './workshops.reader.js';
import { type WorkshopVersion, WorkshopsRepository } from './workshops.repository.js';

/** A workshop without what is in it: `stamp` is another one with each write to it; `as` what the person is there, null: nothing. */
export interface VersionedWorkshop {
  id: string;
  cohortId: string;
  startsAt: Date;
  stamp: string;
  as: WorkshopOfPerson['as'] | null;
}

/**
 * Whether the workshops of a person or a cohort are as they were, without reading what is in them; to be asked among other questions.
 * Every write to a workshop, and every one to a place in it, raises its version in the same transaction (registration-desk.ts); so equal
 * versions mean equal workshops with equal places. Drafts are left out.
 */
@Injectable()
export class WorkshopVersions {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
  ) {}

  /** Those of a cohort (with a tag) in [from, to). */
  inCohort(cohortId: string, from: Date, to: Date, tag: string | null): Ask<WorkshopVersion> {
    return this.workshops.stampsAsk({ cohortId: idOf(cohortId), ...(tag !== null && { tags: tag }) }, from, to);
  }

  /** Those that a person hosts in [from, to). */
  hostedBy(userId: string, from: Date, to: Date): Ask<WorkshopVersion> {
    return this.workshops.stampsAsk({ hosts: idOf(userId) }, from, to);
  }

  /** Some of them, as far as they are of some cohorts, in [from, to). */
  among(workshopIds: readonly string[], cohortIds: readonly string[], from: Date, to: Date): Ask<WorkshopVersion> {
    return this.workshops.stampsAsk(
      { _id: { $in: toIds(workshopIds) }, cohortId: { $in: toIds(cohortIds) } },
      from,
      to,
    );
  }

  /** Where a person stands with which workshops. */
  places(userId: string): Ask<StandingRow> {
    return this.registrations.standingsAsk(idOf(userId), STANDING);
  }
}

/** Workshops with what a person is there, each once. */
export function versionedOf(
  rows: readonly WorkshopVersion[],
  places: readonly StandingRow[],
  userId: string,
): VersionedWorkshop[] {
  const standings = new Map(places.map((row) => [String(row.workshopId), row.status]));
  const byId = new Map(rows.map((row) => [String(row._id), row]));
  return [...byId].map(([id, { cohortId, version, changedAt, startsAt, hosts }]) => {
    const as = hosts.some((host) => String(host) === userId) ? 'hosting' : standingIn(standings.get(id));
    return { id, cohortId: String(cohortId), startsAt, stamp: `${id} ${version} ${changedAt.getTime()}`, as };
  });
}
