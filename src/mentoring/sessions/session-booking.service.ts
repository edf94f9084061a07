import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { meetingLink } from '../../cohorts/meeting-link.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden, invalid, invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { ScheduleSession } from '../../contracts/mentoring/mentoring.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Coaches } from '../coaches/coaches.service.js';
import { CycleProgress } from '../cycles/cycle-progress.js';
import { sessionBooked } from '../mentoring.events.js';
import { BookingService } from '../scheduling/booking.service.js';
import { type Plan, coachesOf, peopleOf } from '../scheduling/placing.js';
import { participantsOf } from './participants.js';
import { SessionActs } from './session-acts.js';
import { factOf } from './session.facts.js';
import type { SessionRow } from './session.schema.js';
import { type Placement, type SeriesAct, SessionWrites } from './session-writes.repository.js';
import { SessionsAhead } from './sessions-ahead.js';
import { type Session, SessionsRepository } from './sessions.repository.js';

/** What sessions that are booked together have in common. */
export type Booking = Pick<
  ScheduleSession,
  'coachId' | 'secondCoachId' | 'minutes' | 'kind' | 'participants' | 'need' | 'despite'
>;

/** The same as it is written. `meeting`: the cohort's pattern of links. */
type InCommon = Pick<
  SessionRow,
  'cohortId' | 'coachId' | 'participantIds' | 'people' | 'bookedBy' | 'kind' | 'need'
> & { meeting: Parameters<typeof meetingLink>[0] | null; cycleId: Types.ObjectId | null; now: Date };

/** One of them: its id, its start, and of those of a series its place in it. */
export interface ToBook {
  id: Types.ObjectId;
  startsAt: string;
  series?: NonNullable<SessionRow['series']>;
}

/** Books sessions: one, or several at once. Who is first is settled by the database, by claims. */
@Injectable()
export class SessionBooking {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly booking: BookingService,
    private readonly coaches: Coaches,
    private readonly sessions: SessionsRepository,
    private readonly writes: SessionWrites,
    private readonly cycles: CycleProgress,
    private readonly acts: SessionActs,
    private readonly ahead: SessionsAhead,
  ) {}

  /**
   * All of these, by one write, or none; in their order. Those of a series are booked by one `act`. Throws as {@link BookingService.takeAll}; 422 for people who cannot come, for a kind that the
   * coach does not offer (`/kind` `not_offered`) or a length that is not its own (`/minutes` `not_the_length`); 409 `cohort_closed`, and as {@link SessionsAhead}.
   */
  async book(
    actor: CohortActor,
    body: Booking,
    those: readonly [ToBook, ...ToBook[]],
    act?: SeriesAct,
  ): Promise<Session[]> {
    mustBeRunning(actor);
    await this.acts.count(actor, those.length);
    const coachId = this.coach(actor, body.coachId);
    const participants = await this.participants(actor, body);
    const now = this.clock.now();
    const [minutes, second] = await Promise.all([
      this.booking.minutesOf(actor.cohortId, coachId, body),
      this.second(actor.cohortId, coachId, body.secondCoachId),
    ]);
    const planOf = ({ startsAt }: ToBook): Plan => ({
      ...{ coachId, second, participantIds: participants, from: Date.parse(startsAt), minutes },
      ...{ act: 'book', deciding: decidingOf(actor), despite: body.despite },
    });
    const [first, ...others] = those;
    const plans = [planOf(first), ...others.map(planOf)] as const;
    await this.booking.takeAll(actor, plans, async (placements, along) => {
      const inCommon = await this.inCommon(actor, body, plans[0], now);
      const rows = those.flatMap((one, index) => {
        const placement = placements[index];
        return placement ? [rowOf(inCommon, placement, one, act)] : [];
      });
      await this.writes.insert(
        rows,
        async (transaction) => {
          await along(transaction);
          await this.ahead.mustHaveRoom(actor, coachesOf(plans[0]), rows.length, transaction);
        },
        act,
      );
      return true;
    });
    const rows = await this.sessions.byIds(those.map(({ id }) => id));
    const booked = those.flatMap(({ id }) => rows.find(({ _id }) => _id.equals(id)) ?? []);
    for (const session of booked) this.bus.publish(sessionBooked, factOf(session, actor.userId));
    return booked;
  }

  private async inCommon(actor: CohortActor, { kind, need }: Booking, plan: Plan, now: Date): Promise<InCommon> {
    const cohortId = idOf(actor.cohortId);
    const pair = {
      coachId: idOf(plan.coachId),
      hasSecond: plan.second !== undefined,
      fellowIds: plan.participantIds.map(idOf),
    };
    const [cohort, cycleId] = await Promise.all([
      this.cohorts.byId(cohortId),
      this.cycles.forBooking(cohortId, pair, now),
    ]);
    return {
      ...{ cohortId, coachId: pair.coachId, participantIds: pair.fellowIds, people: peopleOf(plan).map(idOf) },
      ...{ bookedBy: idOf(actor.userId), kind: kind ?? null, need, meeting: cohort?.meeting ?? null, cycleId, now },
    };
  }

  /** Who comes, each once. Throws 422 for `/participants`, or for one of them, as {@link participantsOf} finds. */
  async participants(
    actor: CohortActor,
    { participants: named }: Pick<ScheduleSession, 'participants'>,
  ): Promise<string[]> {
    const members = named ? await this.members.list(actor.cohortId, { userIds: named }) : [];
    const answer = participantsOf(actor, named, members);
    if ('problems' in answer) throw invalid(answer.problems);
    return answer.participants;
  }

  /** Coaches book on their own time only, with or without a second coach. Throws 403, and 422 `/coachId` `not_a_coach`. */
  coach(actor: CohortActor, named: string): string {
    const coachId = toId(named);
    if (!coachId) throw invalidField('/coachId', 'not_a_coach');
    if (actor.role === 'coach' && String(coachId) !== actor.userId) throw forbidden();
    return String(coachId);
  }

  /** Throws 422 at `/secondCoachId`: `not_a_coach`, `twice`; and as {@link Coaches.offer}. */
  async second(cohortId: string, coachId: string, named: string | undefined): Promise<Plan['second']> {
    if (named === undefined) return undefined;
    const second = toId(named);
    if (!second) throw invalidField('/secondCoachId', 'not_a_coach');
    if (String(second) === coachId) throw invalidField('/secondCoachId', 'twice');
    const availability = await this.coaches.offer(cohortId, String(second), '/secondCoachId');
    return { coachId: String(second), availability };
  }
}

/** A session as it is written, each with a room of its own. */
function rowOf(
  { meeting, cycleId, now, ...inCommon }: InCommon,
  placement: Placement,
  { id, series }: ToBook,
  act: SeriesAct | undefined,
): SessionRow {
  const entry = { at: now, byId: inCommon.bookedBy, act: 'booked', from: null, to: placement.startsAt };
  return {
    ...inCommon,
    ...placement,
    _id: id,
    status: 'scheduled',
    link: meeting ? meetingLink(meeting) : null,
    cancelReason: null,
    cancelledLate: false,
    ...(cycleId && { cycleId }),
    ...(series && { series }),
    history: [{ ...entry, ...(act && { actId: act.actId }) }] as never,
    ...{ revision: 1, createdAt: now, changedAt: now },
  };
}

/** Over whose time somebody decides by what they book. */
export const decidingOf = ({ userId, role }: CohortActor) => ({ userId, staff: role === 'staff' });

/** Throws 409 `cohort_closed`. */
export function mustBeRunning(actor: CohortActor): void {
  if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
}
