import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { invalidField } from '../../common/problem.js';
import type { ClosedDays } from '../../cohorts/timeline/closed-days.js';
import { ClosedDaysReader } from '../../cohorts/timeline/closed-days.reader.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Availability, SessionKind, Slots } from '../../contracts/mentoring/mentoring.js';
import type { Craft } from '../../contracts/roles.js';
import { zoneNameOf } from '../../contracts/time-zone.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { AvailabilitiesRepository } from '../availability/availabilities.repository.js';
import { type Offer, numbered } from '../availability/hours.js';

/** The coaches of a cohort with what they offer. */
@Injectable()
export class Coaches {
  constructor(
    private readonly members: Members,
    private readonly availabilities: AvailabilitiesRepository,
    private readonly users: UsersRepository,
    private readonly closedDays: ClosedDaysReader,
  ) {}

  /** Those who have saved an availability, by their id; only these where some are named. Three queries. */
  async offering(cohortId: string, ...named: (string | undefined)[]): Promise<Map<string, Offer>> {
    const userIds = named.filter((id) => id !== undefined);
    const coaches = this.members.list(cohortId, { roles: ['coach'], ...(userIds.length > 0 && { userIds }) });
    const coachIds = async () => (await coaches).map(({ userId }) => userId);
    // Of those who are named it can be asked before it is known who of them are coaches.
    const offers = this.availabilitiesOf(cohortId, userIds.length > 0 ? userIds : await coachIds());
    const [all, here] = await Promise.all([offers, coachIds()]);
    return new Map(
      here.flatMap((id) => {
        const offer = all.get(id);
        return offer ? [[id, offer] as const] : [];
      }),
    );
  }

  /** What these coaches have saved, by their id, on the open days of the cohort. Two queries. */
  async availabilitiesOf(cohortId: string, coachIds: readonly string[]): Promise<Map<string, Offer>> {
    const [saved, closed] = await Promise.all([
      this.availabilities.inCohort(idOf(cohortId), toIds(coachIds)),
      this.closedDays.of([cohortId]),
    ]);
    return onOpenDays(saved, closed.get(cohortId));
  }

  /** An availability that need not be saved, on the open days of the cohort. One query. */
  async asOffered(cohortId: string, coachId: string, availability: Availability): Promise<Map<string, Offer>> {
    return onOpenDays(new Map([[coachId, availability]]), (await this.closedDays.of([cohortId])).get(cohortId));
  }

  /** Those of one craft who have saved an availability. Four queries. */
  async ofCraft(cohortId: string, craft: Craft): Promise<Map<string, Offer>> {
    const offers = await this.offering(cohortId);
    const crafts = await this.users.crafts(toIds([...offers.keys()]));
    return new Map([...offers].filter(([coachId]) => crafts.get(coachId) === craft));
  }

  /** The availability of one coach; null when none is saved. */
  async availabilityOf(cohortId: string, coachId: string): Promise<Offer | null> {
    return (await this.availabilitiesOf(cohortId, [coachId])).get(coachId) ?? null;
  }

  /** What a coach offers to be booked. Throws 422: `/coachId` (or the named field) `not_a_coach`, `/startsAt` `outside_hours` before the first hours are saved. */
  async offer(cohortId: string, coachId: string, field = '/coachId'): Promise<Offer> {
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

/** Whose hours nothing can compute with offers none: all others are offered beside them. */
function onOpenDays(saved: ReadonlyMap<string, Availability>, closed: ClosedDays | undefined): Map<string, Offer> {
  const days = closed && numbered(closed.on);
  return new Map(
    [...saved]
      .filter(([, { timeZone }]) => zoneNameOf(timeZone) !== null)
      .map(([coachId, availability]) => [coachId, { ...availability, closed: days }]),
  );
}

/** The coaches who offer a kind of session, with its length in the place of their own. Without a kind all, as they are. */
export function offeringKind(
  coaches: ReadonlyMap<string, Offer>,
  kind: SessionKind | undefined,
): ReadonlyMap<string, Offer> {
  if (!kind) return coaches;
  return new Map(
    [...coaches].flatMap(([coachId, availability]) => {
      const slotMinutes = availability.lengths?.[kind];
      return slotMinutes === undefined ? [] : [[coachId, { ...availability, slotMinutes }] as const];
    }),
  );
}
