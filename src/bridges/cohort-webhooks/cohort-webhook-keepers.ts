import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountGivenBack } from '../../auth/auth.events.js';
import { People } from '../../auth/people.js';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../../notifications/notifier.js';
import { keeperOf, stands } from '../webhooks/webhook-keeper.js';
import type { CohortWebhookRow } from './cohort-webhook.schema.js';
import { CohortWebhooksRepository } from './cohort-webhooks.repository.js';

/**
 * A webhook of a cohort works as long as who keeps it is of its team. That is read from the database at each use, and by the look every minute; the outbox sees
 * to it that the rest of the team hears of it at once.
 */
@Injectable()
export class CohortWebhookKeepers implements OnModuleInit {
  constructor(
    private readonly webhooks: CohortWebhooksRepository,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    for (const kind of [memberLeft, roleChanged])
      this.outbox.on(kind, 'webhooks of the cohort', async ({ cohortId }) => {
        await this.holding(await this.webhooks.of(idOf(cohortId)));
      });
    this.outbox.on(accountGivenBack, 'webhooks of the cohort', async ({ userId }) => {
      for (const { cohortId } of await this.members.ofPerson(userId))
        await this.holding(await this.webhooks.of(idOf(cohortId)));
    });
  }

  /** Does it still stand? One that does not is stopped, and the team told. */
  async holds(hook: CohortWebhookRow): Promise<boolean> {
    const holds = (await this.standing([hook])).has(String(hook._id));
    if (!holds) await this.stop(hook);
    return holds;
  }

  /** Those of these that are switched on and still stand; the others of them are stopped. */
  async holding(hooks: readonly CohortWebhookRow[]): Promise<CohortWebhookRow[]> {
    const active = hooks.filter((hook) => hook.active);
    const standing = await this.standing(active);
    for (const hook of active.filter(({ _id }) => !standing.has(String(_id)))) await this.stop(hook);
    return active.filter(({ _id }) => standing.has(String(_id)));
  }

  /** The ids of those of these webhooks whose keeper is staff of their cohort, and was when they became it. Two queries. */
  async standing(hooks: readonly CohortWebhookRow[]): Promise<Set<string>> {
    const kept = hooks.map((hook) => ({ cohortId: hook.cohortId, userId: keeperOf(hook).userId }));
    const [members, disputed] = await Promise.all([
      this.members.findAll(kept),
      this.people.disputed(kept.map(({ userId }) => String(userId))),
    ]);
    return new Set(
      hooks.flatMap((hook) => {
        const keeperId = String(keeperOf(hook).userId);
        const member = members.get(`${String(hook.cohortId)} ${keeperId}`);
        return stands(hook, { member, disputedUntil: disputed.get(keeperId) }, { hasChannel: false, needsStaff: true })
          ? [String(hook._id)]
          : [];
      }),
    );
  }

  /** First the notice, once for each keeper, then the row: who dies in between leaves the rest to the next look. */
  private async stop(hook: CohortWebhookRow): Promise<void> {
    if (!hook.active) return;
    const cohortId = String(hook.cohortId);
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    await this.notifier.notify({
      userIds: staff.map(({ userId }) => userId),
      cohortId,
      kind: 'webhook.stopped',
      params: { name: hook.name },
      link: `/c/${cohortId}/settings/webhooks`,
      why: 'staff',
      key: `webhook-stopped-${String(hook._id)}-${keeperOf(hook).since.getTime()}`,
    });
    await this.webhooks.stop(hook);
  }
}
