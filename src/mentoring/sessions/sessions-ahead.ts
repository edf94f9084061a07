import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Turns } from '../../calendar/turns.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { MAX_SESSIONS_AHEAD, MAX_SESSIONS_AHEAD_WITH_COACH } from '../../contracts/limits.js';
import { idOf } from '../../infra/mongo/ids.js';
import { SessionsRepository } from './sessions.repository.js';

/**
 * A fellow who booked so many sessions that lie ahead books no more, in all or with one coach: a coach's weeks are for all. Only what they booked themselves counts, so
 * that nobody uses up what a teammate may book, and coaches and the programme team book beyond.
 */
@Injectable()
export class SessionsAhead {
  constructor(
    private readonly turns: Turns,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * To be asked in the transaction that books: of two bookings at once, in whatever process, the second one counts the first. Throws 409 `sessions_ahead`, or
   * `sessions_ahead_with_coach` where one of the coaches has as many with them.
   */
  async mustHaveRoom(
    { userId, cohortId, role }: CohortActor,
    coachIds: readonly string[],
    transaction: ClientSession,
  ): Promise<void> {
    if (role !== 'fellow') return;
    await this.turns.takeToCount(userId, 'sessions', transaction);
    const [cohort, person] = [idOf(cohortId), idOf(userId)];
    const booked = await this.sessions.bookedAhead(cohort, person, this.clock.now(), MAX_SESSIONS_AHEAD, transaction);
    const isWith = ({ coachId, second }: (typeof booked)[number], coach: string) =>
      [coachId, second?.coachId].some((one: Types.ObjectId | undefined) => String(one) === coach);
    if (booked.length >= MAX_SESSIONS_AHEAD)
      throw conflict('sessions_ahead', 'You have booked as many sessions ahead as one may.', {
        most: MAX_SESSIONS_AHEAD,
      });
    if (coachIds.some((coach) => booked.filter((one) => isWith(one, coach)).length >= MAX_SESSIONS_AHEAD_WITH_COACH))
      throw conflict('sessions_ahead_with_coach', 'You have booked as many sessions with this coach as one may.', {
        most: MAX_SESSIONS_AHEAD_WITH_COACH,
      });
  }
}
