import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { plainDateOf } from '../../common/times/zone-offsets.js';
import type { Slot } from '../../contracts/mentoring/mentoring.js';
import type {
  PreviewSessionSeries,
  RepeatedDate,
  SessionSeriesPreview,
} from '../../contracts/mentoring/session-series.js';
import { idOf } from '../../infra/mongo/ids.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { timetableOf } from '../availability/hours.js';
import { calendarsOf } from '../availability/taken-time.js';
import { Coaches } from '../coaches/coaches.service.js';
import { BookingService } from '../scheduling/booking.service.js';
import { around } from '../scheduling/free-times.js';
import { type Plan, type Reason, coachesOf, endOf, offersOf, placeAll } from '../scheduling/placing.js';
import { Refusals } from '../scheduling/refusals.js';
import { outside } from '../scheduling/slot-judge.js';
import { type SlotQuery, refusalOf, slotsOf } from '../scheduling/slots.js';
import { tellsTo, toSlot } from '../scheduling/slots.service.js';
import { togetherOf } from '../scheduling/together.js';
import { SessionBooking, decidingOf, mustBeRunning } from '../sessions/session-booking.service.js';
import { SessionsAhead } from '../sessions/sessions-ahead.js';
import { repeatedStarts, withinResidency } from './repeated-dates.js';

/** Beside a date that is not free, slots of so many days before and after it are offered: of two dates a week apart none is the same. */
const AROUND = 3 * DAY;
const MOST_NEAR = 3;

/** Works out what would become of a session that is booked several times, before it is. Nothing is written. */
@Injectable()
export class SeriesPreviews {
  constructor(
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly bookings: SessionBooking,
    private readonly booking: BookingService,
    private readonly refusals: Refusals,
    private readonly ahead: SessionsAhead,
  ) {}

  /**
   * Each date as a booking would find it. Of fellows it looks at who asks, or at whom staff name: to plan for others without booking would be to ask for all of their time.
   * Throws 403 for other eyes and other coaches, 422 as a booking does for people, kinds and lengths, 409 `cohort_closed`.
   */
  async preview(actor: CohortActor, body: PreviewSessionSeries): Promise<SessionSeriesPreview> {
    mustBeRunning(actor);
    const coachId = this.bookings.coach(actor, body.coachId);
    const eyes = await this.eyes(actor, body.forUserIds);
    const [availability, minutes, second, cohort] = await Promise.all([
      this.coaches.offer(actor.cohortId, coachId),
      this.booking.minutesOf(actor.cohortId, coachId, body),
      this.bookings.second(actor.cohortId, coachId, body.secondCoachId),
      this.cohorts.byId(idOf(actor.cohortId)),
    ]);
    if (!cohort) throw notFound();
    const { timeZone } = availability;
    const { within, beyond } = withinResidency(repeatedStarts(new Date(body.startsAt), timeZone, body), cohort);
    const plans = within.map((start): Plan => ({
      ...{ coachId, second, participantIds: eyes, from: start.getTime(), minutes },
      ...{ act: 'book', deciding: decidingOf(actor) },
    }));
    const [dates, room] = await Promise.all([
      this.judged(actor, plans, availability),
      this.ahead.room(actor, [coachId, ...(second ? [second.coachId] : [])]),
    ]);
    return { timeZone, dates, endsOn: cohort.endsOn, beyond, room };
  }

  private async eyes(actor: CohortActor, named: readonly string[] | undefined): Promise<string[]> {
    if (!named) return actor.role === 'fellow' ? [actor.userId] : [];
    if (actor.role !== 'staff') throw forbidden();
    const members = await this.members.list(actor.cohortId, { userIds: named });
    const fellows = new Set(members.flatMap(({ userId, role }) => (role === 'fellow' ? [userId] : [])));
    return named.map((id, index) => {
      if (!fellows.has(id.toLowerCase())) throw invalidField(`/forUserIds/${index}`, 'not_a_fellow');
      return id.toLowerCase();
    });
  }

  private async judged(
    actor: CohortActor,
    plans: readonly Plan[],
    availability: Awaited<ReturnType<Coaches['offer']>>,
  ): Promise<RepeatedDate[]> {
    const [first] = plans;
    if (!first) return [];
    const now = this.clock.now().getTime();
    const { people, coaches, from, to } = around(plans);
    const taken = await this.calendars.allOf({ people, coaches, from: from - AROUND, to: to + AROUND });
    const outcomes = placeAll(plans, taken, availability, now);
    const refused = plans.flatMap((plan, index) => {
      const outcome = outcomes[index];
      return outcome && 'reason' in outcome ? [{ plan, reason: outcome.reason }] : [];
    });
    const busy = await this.refusals.overAll(refused);
    const offers = offersOf(first, availability);
    const calendars = calendarsOf(offers, first.participantIds, taken.sessions, taken.otherwise, tellsTo(actor));
    return await Promise.all(
      plans.map(async (plan, index): Promise<RepeatedDate> => {
        const outcome = outcomes[index];
        const times = { startsAt: new Date(plan.from).toISOString(), endsAt: new Date(endOf(plan)).toISOString() };
        if (!outcome || 'placement' in outcome) return { ...times, reason: null, there: [], near: [] };
        const { reason } = outcome;
        return {
          ...times,
          reason,
          ...whyOf(actor, plan, reason, { ...calendars, now }),
          there: await this.refusals.there(actor, { plan, reason }, busy),
          near: nearTo(plan, calendars, now),
        };
      }),
    );
  }
}

type Calendars = ReturnType<typeof calendarsOf>;

/** What is told of a reason, as of a slot that is hidden for it. */
function whyOf(
  { userId }: CohortActor,
  plan: Plan,
  reason: Reason,
  { calendars, mine, now }: Calendars & { now: number },
): Pick<RepeatedDate, 'until' | 'awayUntil' | 'closed'> {
  for (const calendar of calendars) {
    const found = refusalOf(calendar, { now, mine }, plan.from, endOf(plan));
    if (found?.reason !== reason) continue;
    const timetable = timetableOf(calendar.availability);
    // When what somebody else has ends is not told of them.
    const isTold = reason !== 'you_are_busy' || plan.participantIds.includes(userId);
    const { awayUntil } = outside(timetable, timetable.zone.dayAt(plan.from));
    return {
      ...(isTold && found.until !== undefined && { until: new Date(found.until).toISOString() }),
      ...(found.closed && { closed: found.closed }),
      ...(reason === 'outside_hours' && awayUntil !== undefined && { awayUntil: plainDateOf(awayUntil) }),
    };
  }
  return {};
}

/** The free slots nearest to a date, in time order. */
function nearTo(plan: Plan, { calendars: [first, second], mine }: Calendars, now: number): Slot[] {
  if (!first) return [];
  const look: SlotQuery = { now, from: plan.from - AROUND, to: plan.from + AROUND, minutes: plan.minutes, mine };
  const free = second && coachesOf(plan).length > 1 ? togetherOf(first, second, look) : slotsOf([first], look).free;
  return free
    .sort((one, other) => Math.abs(one.from - plan.from) - Math.abs(other.from - plan.from))
    .slice(0, MOST_NEAR)
    .sort((one, other) => one.from - other.from)
    .map(toSlot);
}
