import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../../auth/people.js';
import { Members } from '../../../cohorts/members/members.service.js';
import { Outbox } from '../../../infra/outbox/outbox.js';
import { goalAssigned } from '../../../mentoring/goals/goals.events.js';
import { Notifier } from '../../notifier.js';

/** Tells the other of the two that a goal was set with them, or goes on with them, or with another coach. Its words stay with the goal: they may be for fewer people by then. */
@Injectable()
export class GoalNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(goalAssigned, 'goal notices', async ({ cohortId, goalId, byId, userId, how, revision }) => {
      const userIds = await this.members.among(cohortId, [userId]);
      const by = (await this.people.byId([byId])).get(byId)?.name ?? '';
      const goals = `/c/${cohortId}/coaching/goals`;
      await this.notifier.notify({
        ...{ userIds, cohortId, kind: 'goal.set', why: 'goal', byId },
        params: { by, byId, how },
        link: how === 'left' ? goals : `${goals}/${goalId}`,
        key: `goal.set-${goalId}-${revision}-${how}`,
      });
    });
  }
}
