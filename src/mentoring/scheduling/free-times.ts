import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../../common/times/clock.js';
import type { Availability } from '../../contracts/mentoring/mentoring.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { type Plan, coachesOf, endOf, offersOf, peopleOf, withoutOwn } from './placing.js';
import { type FreeSlot, slotsOf } from './slots.js';
import { calendarsOf } from '../availability/taken-time.js';
import { togetherOf } from './together.js';

const LOOK_AHEAD = 62 * DAY;

/** When those of a plan could meet instead: the coaches are free, and so are all who come. */
@Injectable()
export class FreeTimes {
  constructor(
    private readonly clock: Clock,
    private readonly calendars: CoachCalendars,
  ) {}

  /** For each plan with one first coach the free slots of the next 62 days, in time order. The queries of one look, however many plans. */
  async of<P extends Plan>(plans: readonly P[], availability: Availability): Promise<Map<P, FreeSlot[]>> {
    const now = this.clock.now().getTime();
    const to = now + LOOK_AHEAD;
    const { sessions, otherwise } = await this.calendars.allOf({ ...around(plans), from: now, to });
    return new Map(
      plans.map((plan) => {
        const theirs = withoutOwn(plan, sessions);
        const offers = offersOf(plan, availability);
        const { calendars, mine } = calendarsOf(offers, plan.participantIds, theirs, otherwise);
        const look = { now, from: now, to, minutes: plan.minutes, mine };
        const [first, second] = calendars;
        return [plan, first && second ? togetherOf(first, second, look) : slotsOf(calendars, look).free];
      }),
    );
  }
}

/** All people of some plans, and the stretch of time in which the plans lie. */
export const around = (plans: readonly Plan[]) => ({
  people: plans.flatMap(peopleOf),
  coaches: plans.flatMap(coachesOf),
  from: Math.min(...plans.map((plan) => plan.from)),
  to: Math.max(...plans.map(endOf)),
});
