import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../auth/avatars.js';
import { UsersRepository } from '../auth/users.repository.js';
import { invalidField } from '../common/problem.js';
import { Members } from '../cohorts/members.service.js';
import type { Availability, SessionKind, Slots } from '../contracts/mentoring.js';
import type { Craft } from '../contracts/roles.js';
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

  /** Those who have saved an availability, by their id; only these where some are named. Two queries. */
  async offering(cohortId: string, ...named: (string | undefined)[]): Promise<Map<string, Availability>> {
    const userIds = named.filter((id) => id !== undefined);
    const coaches = await this.members.list(cohortId, { roles: ['coach'], ...(userIds.length > 0 && { userIds }) });
    return await this.availabilities.inCohort(
      idOf(cohortId),
      coaches.map((coach) => idOf(coach.userId)),
    );
  }

  /** What these coaches have saved, by their id. One query. */
  async availabilitiesOf(cohortId: string, coachIds: readonly string[]): Promise<Map<string, Availability>> {
    return await this.availabilities.inCohort(idOf(cohortId), toIds(coachIds));
  }

  /** Those of one craft who have saved an availability. Three queries. */
  async ofCraft(cohortId: string, craft: Craft): Promise<Map<string, Availability>> {
    const offers = await this.offering(cohortId);
    const crafts = await this.users.crafts(toIds([...offers.keys()]));
    return new Map([...offers].filter(([coachId]) => crafts.get(coachId) === craft));
  }

  /** The availability of one coach; null when none is saved. */
  async availabilityOf(cohortId: string, coachId: string): Promise<Availability | null> {
    return (await this.availabilities.inCohort(idOf(cohortId), [idOf(coachId)])).get(coachId) ?? null;
  }

  /** What a coach offers to be booked. Throws 422: `/coachId` (or the named field) `not_a_coach`, `/startsAt` `outside_hours` before the first hours are saved. */
  async offer(cohortId: string, coachId: string, field = '/coachId'): Promise<Availability> {
    const [member, availability] = await Promise.all([
      this.members.find(cohortId, coachId),
      this.availabilityOf(cohortId, coachId),
    ]);
    if (member?.role !== 'coach') throw invalidField(field, 'not_a_coach');
    if (!availability) throw invalidField('/startsAt', 'outside_hours');
    return availability;
  }

  /** Names, faces, what they help with and the kinds of session they offer. */
  async faces(coaches: ReadonlyMap<string, Availability>): Promise<Slots['people']> {
    const rows = coaches.size > 0 ? await this.users.profiles(toIds([...coaches.keys()])) : [];
    return rows.map((row) => ({
      id: String(row._id),
      name: row.name,
      avatarUrl: avatarUrl(row.avatar),
      craft: (row.craft ?? null) as Craft | null,
      gives: row.gives,
      lengths: coaches.get(String(row._id))?.lengths ?? {},
    }));
  }
}

/** The coaches who offer a kind of session, with its length in the place of their own. Without a kind all, as they are. */
export function offeringKind(
  coaches: ReadonlyMap<string, Availability>,
  kind: SessionKind | undefined,
): ReadonlyMap<string, Availability> {
  if (!kind) return coaches;
  return new Map(
    [...coaches].flatMap(([coachId, availability]) => {
      const slotMinutes = availability.lengths?.[kind];
      return slotMinutes === undefined ? [] : [[coachId, { ...availability, slotMinutes }] as const];
    }),
  );
}
