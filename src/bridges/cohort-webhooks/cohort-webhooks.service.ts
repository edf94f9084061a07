import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type {
  CohortDelivery,
  CohortWebhook,
  CreateCohortWebhook,
  CreatedCohortWebhook,
  UpdateCohortWebhook,
} from '../../contracts/cohort-webhooks.js';
import { Outside } from '../../infra/http/outside.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import type { DeliveryRow } from '../webhook.schema.js';
import { WebhooksRepository } from '../webhooks.repository.js';
import type { CohortWebhookRow } from './cohort-webhook.schema.js';
import { CohortWebhookSender } from './cohort-webhook-sender.js';
import { CohortWebhooksRepository } from './cohort-webhooks.repository.js';

const MOST = 10;
const LOG = 50;
const TESTS = { name: 'cohort-webhook-test', points: 10, seconds: 60 };

/** Where the news of a cohort go: set by its staff. */
@Injectable()
export class CohortWebhooks {
  constructor(
    private readonly webhooks: CohortWebhooksRepository,
    private readonly log: WebhooksRepository,
    private readonly sender: CohortWebhookSender,
    private readonly outside: Outside,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async list({ cohortId }: CohortActor): Promise<CohortWebhook[]> {
    return (await this.webhooks.of(idOf(cohortId))).map(present);
  }

  /** What happened before is not sent. Throws 409 `too_many_webhooks` beyond 10, 422 for an address that may not be reached. */
  async create(actor: CohortActor, wish: CreateCohortWebhook): Promise<CreatedCohortWebhook> {
    const cohortId = idOf(actor.cohortId);
    const url = this.refusedUnlessOutside(wish.url);
    if ((await this.webhooks.of(cohortId)).length >= MOST)
      throw conflict('too_many_webhooks', 'A cohort has at most 10 webhooks.');
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const row: CohortWebhookRow = {
      ...{ _id: newId(), cohortId, name: wish.name, url, secret, kinds: [...new Set(wish.kinds)], active: true },
      ...{ activeSince: null, lastAt: null, problem: null, createdBy: idOf(actor.userId), createdAt: this.clock.now() },
    };
    await this.webhooks.insert(row);
    return { ...present(row), secret };
  }

  /** What happened while it was switched off is not sent later. Throws 404, 422. */
  async update(actor: CohortActor, webhookId: string, change: UpdateCohortWebhook): Promise<CohortWebhook> {
    const row = await this.one(actor, webhookId);
    const { name = row.name, active = row.active, kinds = row.kinds } = change;
    const url = change.url === undefined ? row.url : this.refusedUnlessOutside(change.url);
    const again = active && (!row.active || url !== row.url);
    const next = {
      name,
      active,
      url,
      kinds: [...new Set(kinds)],
      ...(again && { problem: null, activeSince: this.clock.now() }),
    };
    await this.webhooks.update(row._id, next);
    return present({ ...row, ...next });
  }

  /** Throws 404. */
  async remove(actor: CohortActor, webhookId: string): Promise<void> {
    const { _id } = await this.one(actor, webhookId);
    await this.webhooks.delete(_id);
    await this.log.forgetLog(_id);
  }

  /** The latest tries, the newest first. Throws 404. */
  async deliveries(actor: CohortActor, webhookId: string): Promise<CohortDelivery[]> {
    const { _id } = await this.one(actor, webhookId);
    return (await this.log.deliveriesOf(_id, LOG)).map(presentDelivery);
  }

  /** Sends a test now and says what came of it. Throws 404, 429. */
  async test(actor: CohortActor, webhookId: string): Promise<CohortDelivery> {
    const row = await this.one(actor, webhookId);
    await this.limits.take(TESTS, String(row._id));
    return presentDelivery(await this.sender.test(row));
  }

  private async one({ cohortId }: CohortActor, webhookId: string): Promise<CohortWebhookRow> {
    const id = toId(webhookId);
    const row = id && (await this.webhooks.find(idOf(cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  private refusedUnlessOutside(url: string): string {
    if (!this.outside.allows(new URL(url))) throw invalidField('/url', 'https_needed');
    return url;
  }
}

const present = (row: CohortWebhookRow): CohortWebhook => ({
  id: String(row._id),
  name: row.name,
  url: row.url,
  kinds: row.kinds,
  active: row.active,
  createdAt: row.createdAt.toISOString(),
  lastAt: row.lastAt?.toISOString() ?? null,
  problem: row.problem ?? null,
});

const presentDelivery = (row: DeliveryRow): CohortDelivery => ({
  id: String(row._id),
  at: row.at.toISOString(),
  kind: row.kind ?? null,
  attempt: row.attempt,
  ok: row.ok,
  status: row.status ?? null,
  problem: row.problem ?? null,
  ms: row.ms,
});
