import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { forbidden } from '../../common/problem.js';
import type { ChangeGoalCoach, Goal } from '../../contracts/mentoring/goals.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { NamedPair } from '../coaches/named-pair.js';
import { pairOf } from '../coaches/pairs.js';
import { abilities, readersWith } from './goal.js';
import { changeOf, goalChanged, goalAssigned, assignmentOf } from './goals.events.js';
import { GoalsPresenter, subjectOf } from './goals.presenter.js';
import { GoalsRepository } from './goals.repository.js';
import { GoalsService } from './goals.service.js';

/** A goal lasts longer than a coach may: its fellow, and nobody else, goes on with it with another one. */
@Injectable()
export class GoalCoach {
  constructor(
    private readonly service: GoalsService,
    private readonly goals: GoalsRepository,
    private readonly pairs: NamedPair,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly presenter: GoalsPresenter,
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
  ) {}

  /** With the same coach: nothing. Throws 404, 403 for who is not its fellow, or of one that is over, 409 `cohort_closed`, `too_many_goals`, `stale` with `now`, 422 `/coachId` `not_a_member`, `not_a_coach`. */
  async change(actor: CohortActor, goalId: string, { coachId, revision }: ChangeGoalCoach): Promise<Goal> {
    const row = await this.service.readable(actor, goalId);
    if (!row.fellowId.equals(actor.userId)) throw forbidden();
    if (row.coachId.equals(coachId)) return await this.presenter.one(actor, row);
    if (actor.cohortState === 'closed') throw closedForGood();
    if (revision !== row.revision) throw await this.service.stale(actor, row);
    if (!abilities(actor, subjectOf(row))?.changeCoach) throw forbidden();
    await this.pairs.of(actor, { coachId });
    const change = {
      coachId: idOf(coachId),
      pair: pairOf(idOf(coachId), row.fellowId),
      authorId: row.fellowId,
      readers: readersWith(row.readers.map(String), String(row.coachId), coachId).map(idOf),
    };
    const changed = { ...row, ...change, revision: row.revision + 1 };
    const isDone = await this.transactions.run(async (session) => {
      await this.actors.heldStill(actor, session);
      await this.service.mustHaveRoom({ ...row, ...change }, session);
      if (!(await this.goals.update(row, change, session))) return false;
      const reads = (who: Types.ObjectId, readers: readonly Types.ObjectId[]) => readers.some((id) => id.equals(who));
      const told = (who: Types.ObjectId, how: 'goes_on' | 'left') =>
        this.outbox.write(goalAssigned, assignmentOf(changed, row.fellowId, who, how), session);
      if (reads(row.coachId, row.readers)) await told(row.coachId, 'left');
      if (reads(change.coachId, change.readers)) await told(change.coachId, 'goes_on');
      return true;
    });
    if (!isDone) throw await this.service.stale(actor, row);
    this.bus.publish(goalChanged, changeOf(changed, row));
    return await this.presenter.one(actor, changed);
  }
}
