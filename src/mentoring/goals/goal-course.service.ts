import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { dayOf, plusDays } from '../../common/times/zoned.js';
import type { Goal, RecordMark } from '../../contracts/mentoring/goals.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, sentId, toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { abilities } from './goal.js';
import type { GoalRow, MarkRow } from './goal.schema.js';
import { changeOf, goalChanged } from './goals.events.js';
import { GoalsPresenter, subjectOf } from './goals.presenter.js';
import { GoalsRepository } from './goals.repository.js';
import { GoalsService } from './goals.service.js';

/** More than one a day, for most of a residence. */
const MOST_MARKS = 200;

/** A course may begin before its goal was set, but not in another age. */
const DAYS_BEFORE = 366;

/** Where goals stand over time, as one of the two says it. */
@Injectable()
export class GoalCourse {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly service: GoalsService,
    private readonly goals: GoalsRepository,
    private readonly presenter: GoalsPresenter,
    private readonly limits: RateLimits,
  ) {}

  /**
   * What was sent before, by its `clientId`, is answered and not written again. Throws 404, 403 for who only reads it, 409 `goal_ended`, `course_full`
   * beyond 200, 422 `/on` `in_future`, `too_early`, `/value` `yes_or_no`, 429 `text_day_full`.
   */
  async record(actor: CohortActor, goalId: string, body: RecordMark): Promise<Goal> {
    const row = await this.service.readable(actor, goalId);
    if (!abilities(actor, subjectOf(row))?.settle) throw forbidden();
    const now = this.clock.now();
    mustFit(row, body, now);
    await countText(this.limits, actor.userId, body.words);
    const mark: MarkRow = {
      id: sentId('goal-mark', String(row._id), actor.userId, body.clientId),
      ...{ on: body.on, value: body.value, words: body.words },
      byId: idOf(actor.userId),
      createdAt: now,
    };
    const isWritten = await this.goals.record(row._id, mark, MOST_MARKS);
    const after = await this.service.readable(actor, goalId);
    if (isWritten) this.bus.publish(goalChanged, changeOf(after));
    else if (!after.course.some(({ id }) => id.equals(mark.id))) {
      if (after.state !== 'open') throw ended();
      throw conflict('course_full', 'It was recorded 200 times where this goal stands.');
    }
    return await this.presenter.one(actor, after);
  }

  /** Takes out what one wrote oneself. Throws 404, also for what is out already, 403 for what somebody else wrote, 409 `goal_ended`. */
  async takeBack(actor: CohortActor, goalId: string, markId: string): Promise<Goal> {
    const row = await this.service.readable(actor, goalId);
    const id = toId(markId);
    const mark = row.course.find((one) => id && one.id.equals(id));
    if (!id || !mark) throw notFound();
    if (!mark.byId.equals(actor.userId)) throw forbidden();
    const isOut = await this.goals.takeBack(row._id, id, mark.byId);
    const after = await this.service.readable(actor, goalId);
    if (isOut) this.bus.publish(goalChanged, changeOf(after));
    else if (after.state !== 'open') throw ended();
    return await this.presenter.one(actor, after);
  }
}

const ended = () => conflict('goal_ended', 'This goal is over: open it again first.');

/** A day is judged where on earth it begins first. */
function mustFit({ measure, createdAt }: GoalRow, { on, value }: RecordMark, now: Date): void {
  if (on > dayOf(now, 'Pacific/Kiritimati')) throw invalidField('/on', 'in_future');
  if (on < plusDays(dayOf(createdAt, 'UTC'), -DAYS_BEFORE)) throw invalidField('/on', 'too_early');
  if (measure.kind === 'yes_no' && value !== 0 && value !== 1) throw invalidField('/value', 'yes_or_no');
}
