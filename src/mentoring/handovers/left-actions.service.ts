import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { ActionRow } from '../actions/action.schema.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { actionChanged, actionsDropped } from '../mentoring.events.js';
import { fellowsOf } from '../coaches/pairs.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';

/** A coach who left, and to whom staff gave what was theirs. */
export interface Leaver {
  cohortId: string;
  userId: string;
  successorId: string | null;
  /** When they left. */
  at: Date;
}

/** Farther ahead than anybody can book. */
const AHEAD = 2 * 366 * DAY;

/**
 * What a coach who left had taken on for their fellows: it goes to the successor for those whose session went over to them, who meets
 * the fellow and finds it there. The rest is dropped and the fellow told by name: nobody else was there when it was promised, and a
 * promise handed to somebody who will not meet them would be the silent end of it. Run twice it does the same.
 */
@Injectable()
export class LeftActions {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly actions: ActionsRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  async follow({ cohortId, userId, successorId, at }: Leaver): Promise<void> {
    const [cohort, leaver] = [idOf(cohortId), idOf(userId)];
    const open = (await this.actions.openOf(cohort, leaver)).filter(({ pairs }) => coachedBy(pairs, userId));
    const met = successorId === null ? new Set<string>() : await this.fellowsTaken(cohortId, userId, successorId);
    const over = open.filter(({ pairs }) => fellowsOf(pairs).some((fellow) => met.has(fellow)));
    if (successorId !== null && over.length > 0) {
      await this.actions.passOn(over, leaver, idOf(successorId));
      for (const action of over) this.tell(action, successorId);
    }
    const rest = open.filter((action) => !over.includes(action));
    if (rest.length === 0) return;
    await this.transactions.run(async (session) => {
      await this.actions.drop(rest, leaver, at, session);
      await this.outbox.write(actionsDropped, { cohortId, ownerId: userId }, session);
    });
  }

  /** The fellows whom the successor meets in the place of the leaver. */
  private async fellowsTaken(cohortId: string, leaverId: string, successorId: string): Promise<Set<string>> {
    const now = this.clock.now();
    const ahead = await this.sessions.ofPerson(idOf(successorId), now, new Date(now.getTime() + AHEAD));
    const taken = ahead.filter(
      ({ cohortId: theirs, status, history }) =>
        String(theirs) === cohortId &&
        status === 'scheduled' &&
        history.some((entry) => entry.fromCoachId?.equals(leaverId) && entry.toCoachId?.equals(successorId)),
    );
    return new Set(taken.flatMap(({ participantIds }) => participantIds.map(String)));
  }

  private tell(action: ActionRow, ownerId: string): void {
    this.bus.publish(actionChanged, {
      cohortId: String(action.cohortId),
      sessionId: String(action.sessionId),
      actionId: String(action._id),
      ownerId,
    });
  }
}

const coachedBy = (pairs: readonly string[], coachId: string) => pairs.some((pair) => pair.startsWith(`${coachId}:`));
