import { Injectable } from '@nestjs/common';
import { MINUTE } from '../../common/times/clock.js';
import { noHours } from '../availability/availability.rules.js';
import { Coaches } from '../coaches/coaches.service.js';
import type { Plan } from '../scheduling/placing.js';
import type { Session } from './sessions.repository.js';

/** Plans of sessions that are there already. */
@Injectable()
export class SessionPlans {
  constructor(private readonly coaches: Coaches) {}

  /** A session as it would be with another coach in the place of one of its own. */
  async handingOver(session: Session, fromCoachId: string, toCoachId: string): Promise<Plan> {
    const plan = await this.moving(session, session.startsAt.getTime());
    const steppedIn = { ...plan, steppingIn: true };
    if (plan.second?.coachId !== fromCoachId)
      return { ...steppedIn, coachId: toCoachId, ...(session.second && { staying: session.second }) };
    const availability = await this.coaches.offer(String(session.cohortId), toCoachId);
    return { ...steppedIn, second: { coachId: toCoachId, availability }, staying: firstPlaceOf(session) };
  }

  /** A coach alone at the time of a session: whether they are free then. */
  steppingIn(session: Session, coachId: string): Plan {
    return {
      coachId,
      participantIds: session.participantIds.map(String),
      from: session.startsAt.getTime(),
      minutes: (session.endsAt.getTime() - session.startsAt.getTime()) / MINUTE,
      moving: String(session._id),
      steppingIn: true,
    };
  }

  /** A session as it would be at another start (ms since the epoch): the same people, as long as it is. */
  async moving(session: Session, from: number): Promise<Plan> {
    const second = session.second && String(session.second.coachId);
    const offer = second && (await this.coaches.availabilityOf(String(session.cohortId), second));
    return {
      coachId: String(session.coachId),
      ...(second && { second: { coachId: second, availability: offer || noHours('UTC') } }),
      participantIds: session.participantIds.map(String),
      from,
      minutes: (session.endsAt.getTime() - session.startsAt.getTime()) / MINUTE,
      moving: String(session._id),
    };
  }
}

const firstPlaceOf = ({ coachId, day, week, dayPlace, weekPlace, heldUntil, endsAt }: Session) => ({
  ...{ coachId, day, week, dayPlace, weekPlace },
  heldUntil: heldUntil ?? endsAt,
});
