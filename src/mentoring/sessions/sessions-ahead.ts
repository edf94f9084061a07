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
   * To be asked in the transaction that books so many (`more`): of two bookings at once, in whatever process, the second one counts the first. Throws 409 `sessions_ahead`,
   * or `sessions_ahead_with_coach` where one of the coaches has as many with them.
   */
  async mustHaveRoom(actor: CohortActor, coachIds: readonly string[], more: number, transaction: ClientSession) {
    if (actor.role !== 'fellow') return;
    await this.turns.takeToCount(actor.userId, 'sessions', transaction);
    const { inAll, withThem } = await this.roomOf(actor, coachIds, transaction);
    if (inAll < more)
      throw conflict('sessions_ahead', 'You have booked as many sessions ahead as one may.', {
        most: MAX_SESSIONS_AHEAD,
      });
    if (withThem < more)
      throw conflict('sessions_ahead_with_coach', 'You have booked as many sessions with this coach as one may.', {
        most: MAX_SESSIONS_AHEAD_WITH_COACH,
      });
  }

  /** How many more somebody may book with these coaches, as things are now; null: no limit is theirs. */
  async room(actor: CohortActor, coachIds: readonly string[]): Promise<number | null> {
    if (actor.role !== 'fellow') return null;
    const { inAll, withThem } = await this.roomOf(actor, coachIds, null);
    return Math.max(0, Math.min(inAll, withThem));
  }

  private async roomOf(
    { userId, cohortId }: CohortActor,
    coachIds: readonly string[],
    transaction: ClientSession | null,
  ): Promise<{ inAll: number; withThem: number }> {
    const [cohort, person] = [idOf(cohortId), idOf(userId)];
    const booked = await this.sessions.bookedAhead(cohort, person, this.clock.now(), MAX_SESSIONS_AHEAD, transaction);
    const isWith = ({ coachId, second }: (typeof booked)[number], coach: string) =>
      [coachId, second?.coachId].some((one: Types.ObjectId | undefined) => String(one) === coach);
    const most = Math.max(...coachIds.map((coach) => booked.filter((one) => isWith(one, coach)).length));
    return { inAll: MAX_SESSIONS_AHEAD - booked.length, withThem: MAX_SESSIONS_AHEAD_WITH_COACH - most };
  }
}
