import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { isShownNow } from '../../common/answers/shown-together.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden } from '../../common/problem.js';
import type { FeedbackSummary, GiveFeedback, MyFeedback } from '../../contracts/workshops/workshops.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { feedbackBarrier, summaryOf } from './feedback.js';
import { FeedbackRepository } from './feedback.repository.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { stateOf } from '../workshop.js';
import { feedbackGiven } from '../workshops.events.js';
import { mayManage } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsService } from '../workshops.service.js';

/** How it was: said once by who was there, read without names, and together with others, by staff and its hosts. */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly rows: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly feedback: FeedbackRepository,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Throws 403 `not_there` unless the person was; 409 `not_over`, `cancelled`, `already_given`. A closed cohort still says how it was. */
  async give(actor: CohortActor, workshopId: string, { rating, comment }: GiveFeedback): Promise<MyFeedback> {
    const workshop = await this.workshops.seen(actor, workshopId);
    const [now, userId] = [this.clock.now(), idOf(actor.userId)];
    const mine = await this.registrations.find(workshop._id, userId);
    const barrier = feedbackBarrier(stateOf(workshop, now), mine?.status ?? null);
    if (barrier === 'not_there') throw forbidden(barrier, 'Who was there says how it was.');
    if (barrier) throw conflict(barrier, barrier === 'cancelled' ? 'It was cancelled.' : 'It is not over yet.');
    const { _id, cohortId } = workshop;
    const given = { cohortId, workshopId: _id, userId, rating, comment, createdAt: now, waits: true };
    const fact = { cohortId: String(cohortId), workshopId: String(_id), userId: actor.userId };
    try {
      await this.transactions.run(async (session) => {
        await this.rows.holdSaid(_id, session);
        await this.feedback.insert(given, session);
        if (isShownNow(await this.feedback.said(_id, session))) await this.feedback.show(_id, session);
        await this.outbox.write(feedbackGiven, fact, session);
      });
    } catch (error) {
      if (isDuplicateKey(error, 'once')) throw conflict('already_given', 'You have said it already.');
      throw error;
    }
    return { rating, comment };
  }

  /** Throws 403 unless staff or a host of it. */
  async summary(actor: CohortActor, workshopId: string): Promise<FeedbackSummary> {
    const workshop = await this.workshops.seen(actor, workshopId);
    if (!mayManage(actor, workshop)) throw forbidden();
    return summaryOf(await this.feedback.of(workshop._id));
  }
}
