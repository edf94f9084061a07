import { Injectable } from '@nestjs/common';
import { MINUTE, Clock, DAY } from '../../common/times/clock.js';
import type { CohortActor } from '../../common/actor.js';
import { Problem, conflict } from '../../common/problem.js';
import type { AnySlotsQuery, ScheduleWithAny } from '../../contracts/mentoring/any-coach.js';
import type { MentoringSession, Slots } from '../../contracts/mentoring/mentoring.js';
import { nextOf } from './refusals.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { Coaches } from '../coaches/coaches.service.js';
import { inTurn, sharedOut } from './fair-share.js';
import { SessionBooking } from '../sessions/session-booking.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { refusalOf, slotsOf } from './slots.js';
import { rangeOf, toSlot } from './slots.service.js';
import { calendarsOf } from '../availability/taken-time.js';

const LOOK_AHEAD = 62 * DAY;

/** Refusals of one coach that another one of the craft may not have. */
const THEIRS = new Set(['slot_taken', 'day_cap', 'week_cap', 'sessions_ahead_with_coach']);

/** Any coach of a craft: one list for all of them, and sessions shared out by how much each has. */
@Injectable()
export class AnyCoach {
  constructor(
    private readonly clock: Clock,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly sessions: SessionsService,
    private readonly bookings: SessionBooking,
  ) {}

  /** Each time at which somebody is free once, with whose turn it is. Throws 422 as GET slots does. */
  async slots(actor: CohortActor, query: AnySlotsQuery): Promise<Slots> {
    const { from, to } = rangeOf(query);
    const offers = await this.coaches.ofCraft(actor.cohortId, query.craft);
    const { shared } = await this.look([...offers.keys()], offers, [actor.userId], {
      from,
      to,
      minutes: query.minutes,
    });
    return { slots: shared.map(toSlot), people: await this.coaches.faces(offers) };
  }

  /**
   * Books the coach whose name was shown, or the next in turn who is free at that time. Throws as {@link SessionsService.book}; where no
   * coach of the craft is free then, 409 `slot_taken` with `next`: three times at which one is.
   */
  async book(actor: CohortActor, body: ScheduleWithAny): Promise<MentoringSession> {
    const { startsAt, minutes, need, participants, despite } = body;
    // Before anything is said of when they are free: somebody who may not be named here is nobody whose time one learns.
    const come = await this.bookings.participants(actor, body);
    let full: Problem | null = null;
    for (const candidate of await this.inTurn(actor, body)) {
      try {
        return await this.sessions.book(actor, { coachId: candidate, startsAt, minutes, need, participants, despite });
      } catch (error) {
        if (!isTheirs(error)) throw error;
        if (error instanceof Problem && error.code === 'sessions_ahead_with_coach') full ??= error;
      }
    }
    // The only ones who are free have as many sessions with this fellow as may be.
    if (full) throw full;
    throw conflict('slot_taken', 'No coach of this craft is free then.', { next: await this.next(actor, body, come) });
  }

  /** Who can be met then, in their turn; those who come may be busy, which the booking itself says. */
  private async inTurn(actor: CohortActor, { craft, coachId, startsAt, minutes }: ScheduleWithAny): Promise<string[]> {
    const offers = await this.coaches.ofCraft(actor.cohortId, craft);
    const from = Date.parse(startsAt);
    const to = from + minutes * MINUTE;
    const people = [...offers.keys()];
    const { sessions, otherwise } = await this.calendars.allOf({ people, coaches: people, from, to });
    const { calendars } = calendarsOf(offers, [], sessions, otherwise);
    const look = { now: this.clock.now().getTime(), mine: [] };
    const free = calendars.filter((calendar) => refusalOf(calendar, look, from, to) === null);
    return inTurn(free, from, coachId);
  }

  private async next(actor: CohortActor, { craft, startsAt, minutes }: ScheduleWithAny, come: readonly string[]) {
    const offers = await this.coaches.ofCraft(actor.cohortId, craft);
    const now = this.clock.now().getTime();
    const range = { from: now, to: now + LOOK_AHEAD, minutes };
    const { shared } = await this.look([...offers.keys()], offers, come, range);
    return nextOf(shared, Date.parse(startsAt));
  }

  private async look(
    coaches: readonly string[],
    offers: Awaited<ReturnType<Coaches['ofCraft']>>,
    come: readonly string[],
    { from, to, minutes }: { from: number; to: number; minutes: number },
  ) {
    const { sessions, otherwise } = await this.calendars.allOf({ people: [...coaches, ...come], coaches, from, to });
    const { calendars, mine } = calendarsOf(offers, come, sessions, otherwise);
    const { free } = slotsOf(calendars, { now: this.clock.now().getTime(), from, to, minutes, mine });
    return { shared: sharedOut(free, calendars) };
  }
}

/** A coach who is taken, full, or has just changed their hours: another one may be free. */
function isTheirs(error: unknown): boolean {
  if (!(error instanceof Problem)) return false;
  if (error.status === 409) return THEIRS.has(error.code);
  return error.status === 422 && (error.more.errors ?? []).every(({ field }) => field === '/coachId');
}
