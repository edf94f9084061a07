import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../auth/avatars.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Members } from '../cohorts/members.service.js';
import type { Availability, Slots } from '../contracts/mentoring.js';
import { idOf, toIds } from '../infra/mongo/ids.js';
import { AvailabilitiesRepository } from './availabilities.repository.js';

/** The coaches of a cohort with what they offer. */
@Injectable()
export class Coaches {
  constructor(
    private readonly members: Members,
    private readonly availabilities: AvailabilitiesRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Those who have saved an availability, by their id; only one of them when `coachId` is given. Two queries. */
  async offering(cohortId: string, coachId?: string): Promise<Map<string, Availability>> {
    const coaches = await this.members.list(cohortId, { roles: ['coach'], ...(coachId && { userIds: [coachId] }) });
    return await this.availabilities.inCohort(
      idOf(cohortId),
      coaches.map((coach) => idOf(coach.userId)),
    );
  }

  /** The availability of one coach; null when none is saved. */
  async availabilityOf(cohortId: string, coachId: string): Promise<Availability | null> {
    return (await this.availabilities.inCohort(idOf(cohortId), [idOf(coachId)])).get(coachId) ?? null;
  }

  /** Names, faces and what they help with. */
  async faces(coachIds: readonly string[]): Promise<Slots['people']> {
    const rows = coachIds.length > 0 ? await this.users.profiles(toIds(coachIds)) : [];
    return rows.map((row) => ({
      id: String(row._id),
      name: row.name,
      avatarUrl: avatarUrl(row.avatar),
      gives: row.gives,
    }));
  }
}
