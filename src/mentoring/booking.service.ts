import { Injectable } from '@nestjs/common';
import { capClaim, freePlace, timeClaims } from '../calendar/claims.js';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import { type Problem, conflict, invalidField } from '../common/problem.js';
import type { Availability, HiddenReason, Slot } from '../contracts/mentoring.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { CoachCalendars, type PlacedCalendar } from './coach-calendars.js';
import type { Placement } from './sessions.repository.js';
import { periodsOf, refusalOf, slotsOf } from './slots.js';
import { toSlot } from './slots.service.js';

/** A meeting to be placed: instants in ms since the epoch. */
export interface Plan {
  coachId: string;
  availability: Availability;
  participantIds: readonly string[];
  from: number;
  minutes: number;
  /** The session that moves, whose own time does not stand in its way. */
  moving?: string | undefined;
}

/** As often as places under a day's and a week's cap can be lost to others, and no more. */
const MOST_TRIES = 80;
const NEXT = 3;
const LOOK_AHEAD = 62 * DAY;

/** Refusals that time or others caused: 409. The rest is a request that never could be: 422. */
const LOST: Partial<Record<HiddenReason, { code: string; detail: string }>> = {
  busy: { code: 'slot_taken', detail: 'This time was just taken.' },
  buffer: { code: 'slot_taken', detail: 'This time is too near to another session.' },
  day_cap: { code: 'day_cap', detail: 'The coach has no session left on that day.' },
  week_cap: { code: 'week_cap', detail: 'The coach has no session left in that week.' },
  you_are_busy: { code: 'you_are_busy', detail: 'Somebody who comes has another session then.' },
};

/** Takes time. The rule says what is possible, the unique index of claims who was first. */
@Injectable()
export class BookingService {
  constructor(
    private readonly clock: Clock,
    private readonly calendars: CoachCalendars,
  ) {}

  /**
   * Finds the claims for a plan and writes with them, again with other places under the caps as long as somebody was faster.
   * Throws 409 `slot_taken`, `day_cap`, `week_cap` or `you_are_busy` with `next`: three free slots, and 422 for `/startsAt`:
   * `in_the_past`, `notice`, `horizon`, `outside_hours`.
   */
  async take<T>(plan: Plan, write: (placement: Placement) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const placement = await this.place(plan);
      try {
        return await write(placement);
      } catch (error) {
        if (!isDuplicateKey(error, 'claims')) throw error;
      }
    }
    throw await this.lost(plan, 'busy');
  }

  private async place(plan: Plan): Promise<Placement> {
    const to = plan.from + plan.minutes * MINUTE;
    const now = this.clock.now().getTime();
    if (plan.from < now) throw invalidField('/startsAt', 'in_the_past');
    const { calendars, mine } = await this.calendars.claimed(questionOf(plan, plan.from, to));
    const [calendar] = calendars;
    if (!calendar) throw invalidField('/startsAt', 'outside_hours');
    const refusal = refusalOf(calendar, { now, mine }, plan.from, to);
    if (refusal) throw await this.lost(plan, refusal.reason);
    const placement = placementOf(plan, calendar, to);
    if (!placement) throw await this.lost(plan, 'day_cap');
    return placement;
  }

  private async lost(plan: Plan, reason: HiddenReason): Promise<Problem> {
    const why = LOST[reason];
    if (!why) return invalidField('/startsAt', reason);
    return conflict(why.code, why.detail, { next: await this.next(plan) });
  }

  /** The three next free slots of this coach from the wanted time on; earlier ones where there are not enough. */
  private async next(plan: Plan): Promise<Slot[]> {
    const now = this.clock.now().getTime();
    const to = now + LOOK_AHEAD;
    const { calendars, mine } = await this.calendars.seen(questionOf(plan, now, to));
    const { free } = slotsOf(calendars, { now, from: now, to, minutes: plan.minutes, mine });
    const later = free.filter((slot) => slot.from >= plan.from).slice(0, NEXT);
    const earlier = free.filter((slot) => slot.from < plan.from).slice(later.length - NEXT);
    return [...(later.length < NEXT ? earlier : []), ...later].map(toSlot);
  }
}

const questionOf = (plan: Plan, from: number, to: number) => ({
  coaches: new Map([[plan.coachId, plan.availability]]),
  people: plan.participantIds,
  from,
  to,
  except: plan.moving,
});

/**
 * The claims of all people and of a place under each cap; null when there is no place. The coach's claim begins at the start and ends a
 * buffer after the end: since all of a coach's claims do, none comes nearer than a buffer to the one before or after it.
 */
function placementOf(plan: Plan, calendar: PlacedCalendar, to: number): Placement | null {
  const { coachId, availability } = plan;
  const { day, week } = periodsOf(availability, plan.from);
  const dayPlace = freePlace(calendar.dayPlaces.get(day) ?? new Set(), availability.maxPerDay);
  const weekPlace = freePlace(calendar.weekPlaces.get(week) ?? new Set(), availability.maxPerWeek);
  if (dayPlace === null || weekPlace === null) return null;
  return {
    startsAt: new Date(plan.from),
    endsAt: new Date(to),
    claims: [
      ...timeClaims(coachId, plan.from, to + availability.bufferMinutes * MINUTE),
      ...plan.participantIds.flatMap((person) => timeClaims(person, plan.from, to)),
      capClaim(coachId, `d${day}`, dayPlace),
      capClaim(coachId, `w${week}`, weekPlace),
    ],
    day,
    week,
    dayPlace,
    weekPlace,
  };
}
