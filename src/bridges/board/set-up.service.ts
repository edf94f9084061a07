import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { Invitations } from '../../cohorts/invitations/invitations.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Projects } from '../../cohorts/projects/projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { instantAt, plusDays } from '../../common/times/zoned.js';
import type { LookedOver, SetUp } from '../../contracts/cohorts/set-up.js';
import { idOf } from '../../infra/mongo/ids.js';
import { AvailabilityService } from '../../mentoring/availability/availability.service.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';

/** What is prepared before the first day of a cohort, read from all rooms. The number of queries does not grow with the cohort. */
@Injectable()
export class SetUpService {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly projects: Projects,
    private readonly invitations: Invitations,
    private readonly availability: AvailabilityService,
    private readonly workshops: WorkshopsReader,
  ) {}

  /** Throws 404. */
  async of({ cohortId, cohortTimeZone: zone }: CohortActor): Promise<SetUp> {
    const cohort = await this.cohorts.byId(idOf(cohortId));
    if (!cohort) throw notFound();
    const end = instantAt(plusDays(cohort.endsOn, 1), '00:00', zone);
    const [members, waiting, projects, workshops] = await Promise.all([
      this.members.list(cohortId, { roles: ['fellow', 'coach', 'host'] }),
      this.invitations.waiting(cohortId),
      this.projects.list(cohortId),
      this.workshops.plannedIn(cohortId, cohort.createdAt, end),
    ]);
    const asked = waiting.filter(({ role }) => role !== 'staff');
    const notSent = asked.filter(({ invitedAt }) => invitedAt === null).length;
    const coaches = members.filter(({ role }) => role === 'coach').map(({ userId }) => userId);
    return {
      lookedOver: cohort.lookedOver ?? [],
      projects: projects.length,
      invited: members.length + asked.length - notSent,
      joined: members.length,
      notSent,
      coaches: coaches.length,
      coachesWithHours: await this.availability.countWithHours(cohortId, coaches),
      workshops: workshops.length,
    };
  }

  /** Somebody of staff looked at this part. Twice is as once. Throws 409 `cohort_closed`. */
  async look({ cohortId }: CohortActor, part: LookedOver): Promise<void> {
    if (!(await this.cohorts.lookOver(idOf(cohortId), part))) throw closedForGood();
  }
}
