import { Injectable } from '@nestjs/common';
import { MembershipsOf, MembershipsPort } from '../../auth/memberships-of.js';
import { Clock } from '../../common/times/clock.js';
import { dayOf } from '../../common/times/zoned.js';
import type { Membership } from '../../contracts/auth/auth.js';
import { toId } from '../../infra/mongo/ids.js';
import type { CohortRow } from '../cohort.schema.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/** Tells `me` where a person belongs: cohorts that have begun, those that are prepared, those that are closed; of each the latest first. */
@Injectable()
export class MembershipsOfPerson extends MembershipsOf {
  constructor(
    port: MembershipsPort,
    private readonly memberships: MembershipsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly clock: Clock,
  ) {
    super();
    port.provide(this);
  }

  override async list(userId: string): Promise<Membership[]> {
    const id = toId(userId);
    if (!id) return [];
    const rows = await this.memberships.ofPerson(id);
    const cohorts = new Map(
      (await this.cohorts.byIds(rows.map((row) => row.cohortId))).map((cohort) => [String(cohort._id), cohort]),
    );
    return rows
      .flatMap((row) => {
        const cohort = cohorts.get(String(row.cohortId));
        return cohort ? [{ row, cohort }] : [];
      })
      .sort(
        (a, b) => this.rankOf(a.cohort) - this.rankOf(b.cohort) || b.cohort.startsOn.localeCompare(a.cohort.startsOn),
      )
      .map(({ row, cohort }) => ({
        cohortId: String(row.cohortId),
        cohortName: cohort.name,
        cohortColor: cohort.color,
        cohortState: cohort.state,
        role: row.role,
        projectId: row.projectId ? String(row.projectId) : null,
        joinedAt: row.joinedAt.toISOString(),
      }));
  }

  /** Who opens Cordée stands where people are today. */
  private rankOf({ state, startsOn, timeZone }: CohortRow): number {
    if (state === 'closed') return 2;
    return startsOn > dayOf(this.clock.now(), timeZone) ? 1 : 0;
  }
}
