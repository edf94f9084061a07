import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { Problem, forbidden, invalid, notFound } from '../../common/problem.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Availability, Away } from '../../contracts/mentoring/mentoring.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { AvailabilitiesRepository } from './availabilities.repository.js';
import { availabilityProblems, noHours } from './availability.rules.js';
import { OutsideCalendarReader } from '../outside/outside-calendar-reader.js';

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
    private readonly availabilities: AvailabilitiesRepository,
    private readonly outside: OutsideCalendarReader,
  ) {}

  /** What is saved; before the first save no hours, in the coach's own zone. */
  async get(actor: CohortActor, coachId: string): Promise<Availability> {
    const coach = await this.coach(actor, coachId);
    const saved = await this.availabilities.inCohort(idOf(actor.cohortId), [idOf(coach)]);
    const own = saved.get(coach);
    if (own) return (await this.isTheirsToSay(actor, coach)) ? own : withoutNotes(own);
    const [profile, away] = await Promise.all([
      this.users.profile(idOf(coach)),
      this.availabilities.awayOf(idOf(coach)),
    ]);
    const none = { ...noHours(profile?.timeZone ?? actor.cohortTimeZone), ...(away && { away }) };
    return (await this.isTheirsToSay(actor, coach)) ? none : withoutNotes(none);
  }

  /** How many of these coaches have said hours of a week in a cohort. One query. */
  async countWithHours(cohortId: string, coachIds: readonly string[]): Promise<number> {
    const saved = await this.availabilities.inCohort(idOf(cohortId), toIds(coachIds));
    return [...saved.values()].filter(({ weekly }) => weekly.length > 0).length;
  }

  /**
   * Booked sessions stay as they are: new hours count for what is booked from now on. When the coach is away is theirs in all cohorts:
   * who does not speak of it leaves it as it is. Staff change it only where the coach is in no other cohort; else 403 `away_is_theirs`.
   */
  async save(actor: CohortActor, coachId: string, body: Availability): Promise<Availability> {
    const coach = await this.coach(actor, coachId);
    checkAvailability(body);
    const cohortId = idOf(actor.cohortId);
    const isTheirs = await this.isTheirsToSay(actor, coach);
    if (!isTheirs) await this.mustLeaveAway(coach, body.away);
    const { away: _, ...hours } = body;
    const saved = await this.availabilities.save(cohortId, idOf(coach), isTheirs ? body : hours, this.clock.now());
    const availability = isTheirs ? saved : withoutNotes(saved);
    await this.outside.follow(idOf(coach));
    return availability;
  }

  /** When a coach is away counts in all their cohorts: their own to say, and that of staff where nobody else has a part in it. */
  private async isTheirsToSay(actor: CohortActor, coachId: string): Promise<boolean> {
    if (actor.userId === coachId) return true;
    return (await this.members.ofPerson(coachId)).every(({ cohortId }) => cohortId === actor.cohortId);
  }

  /** What staff send back as they were shown it changes nothing. */
  private async mustLeaveAway(coachId: string, asked: readonly Away[] | undefined): Promise<void> {
    if (!asked) return;
    const now = (await this.availabilities.awayOf(idOf(coachId))) ?? [];
    if (JSON.stringify(asked.map(daysOf)) !== JSON.stringify(now.map(daysOf)))
      throw new Problem(
        403,
        'away_is_theirs',
        'They coach in another cohort, too: when they are away is theirs to say.',
      );
  }

  private async coach(actor: CohortActor, coachId: string): Promise<string> {
    const member = await this.members.find(actor.cohortId, coachId);
    if (member?.role !== 'coach') throw notFound();
    if (actor.role !== 'staff' && member.userId !== actor.userId) throw forbidden();
    return member.userId;
  }
}

const daysOf = ({ from, to }: Away) => [from, to];

/** The days stay, since nothing can be booked on them; what a coach wrote to them is for another cohort, perhaps. */
const withoutNotes = (availability: Availability): Availability => ({
  ...availability,
  ...(availability.away && { away: availability.away.map(({ from, to }) => ({ from, to })) }),
});
