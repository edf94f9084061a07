import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import type { CohortActor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { forbidden, invalid, notFound } from '../common/problem.js';
import { Members } from '../cohorts/members.service.js';
import type { Availability } from '../contracts/mentoring.js';
import { idOf } from '../infra/mongo/ids.js';
import { AvailabilitiesRepository } from './availabilities.repository.js';
import { availabilityProblems, noHours } from './availability.rules.js';
import { Coaches } from './coaches.service.js';

/** Throws the 422 that names each wrong interval. */
export function checkAvailability(availability: Availability): void {
  const problems = availabilityProblems(availability);
  if (problems.length > 0) throw invalid(problems);
}

/** A coach's hours and limits: of one's own, or of any coach for staff. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly users: UsersRepository,
    private readonly coaches: Coaches,
    private readonly availabilities: AvailabilitiesRepository,
  ) {}

  /** What is saved; before the first save no hours, in the coach's own zone. */
  async get(actor: CohortActor, coachId: string): Promise<Availability> {
    const coach = await this.coach(actor, coachId);
    const saved = await this.coaches.availabilityOf(actor.cohortId, coach);
    return saved ?? noHours((await this.users.profile(idOf(coach)))?.timeZone ?? actor.cohortTimeZone);
  }

  /** Booked sessions stay as they are: new hours count for what is booked from now on. */
  async save(actor: CohortActor, coachId: string, availability: Availability): Promise<Availability> {
    const coach = await this.coach(actor, coachId);
    checkAvailability(availability);
    await this.availabilities.save(idOf(actor.cohortId), idOf(coach), availability, this.clock.now());
    return availability;
  }

  private async coach(actor: CohortActor, coachId: string): Promise<string> {
    const member = await this.members.find(actor.cohortId, coachId);
    if (member?.role !== 'coach') throw notFound();
    if (actor.role !== 'staff' && member.userId !== actor.userId) throw forbidden();
    return member.userId;
  }
}
