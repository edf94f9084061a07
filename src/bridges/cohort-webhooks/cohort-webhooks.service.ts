import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { newSigningSecret } from '../../common/secrets.js';
import type {
  ChangedCohortWebhook,
  CohortDelivery,
  CohortWebhook,
  CreateCohortWebhook,
  CreatedCohortWebhook,
  UpdateCohortWebhook,
} from '../../contracts/bridges/cohort-webhooks.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import type { DeliveryRow } from '../webhooks/webhook.schema.js';
import { WebhooksRepository } from '../webhooks/webhooks.repository.js';
import type { CohortWebhookRow } from './cohort-webhook.schema.js';
import { MAX_WEBHOOKS, isKept, keeperLeft, keeperOf, stale } from '../webhooks/webhook-keeper.js';
import { CohortWebhookKeepers } from './cohort-webhook-keepers.js';
import { CohortWebhookSender } from './cohort-webhook-sender.js';
import { CohortWebhooksRepository } from './cohort-webhooks.repository.js';

const LOG = 50;
const TESTS = { name: 'cohort-webhook-test', points: 10, seconds: 60 };

/** Where the news of a cohort go: set by its staff. */
@Injectable()
export class CohortWebhooks {
  constructor(
    private readonly webhooks: CohortWebhooksRepository,
    private readonly log: WebhooksRepository,
    private readonly people: People,
    private readonly keepers: CohortWebhookKeepers,
    private readonly sender: CohortWebhookSender,
    private readonly outside: Outside,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async list({ cohortId }: CohortActor): Promise<CohortWebhook[]> {
    return await this.present(await this.webhooks.of(idOf(cohortId)));
  }

  /** What happened before is not sent. Throws 409 `too_many_webhooks` beyond 10, 422 for an address that may not be reached. */
  async create(actor: CohortActor, wish: CreateCohortWebhook): Promise<CreatedCohortWebhook> {
    const cohortId = idOf(actor.cohortId);
    const url = this.refusedUnlessOutside(wish.url);
    const secret = newSigningSecret();
    const row: Omit<CohortWebhookRow, 'place'> = {
      ...{ _id: newId(), cohortId, name: wish.name, url, secret, kinds: [...new Set(wish.kinds)], active: true },
      ...{ activeSince: null, lastAt: null, problem: null, createdBy: idOf(actor.userId), createdAt: this.clock.now() },
    };
    const made = await this.webhooks.insert(row, MAX_WEBHOOKS);
    if (!made) throw conflict('too_many_webhooks', 'A cohort has at most 10 webhooks.');
    return { ...(await this.presentOne(made)), secret };
  }

  /**
   * Somebody of the team answers for one whose keeper is gone. What they knew of it is worth nothing from then on: it has a new secret. What happened while it
   * was stopped is not sent. Throws 404, 409 `is_kept`.
   */
  async takeOver(actor: CohortActor, webhookId: string): Promise<CreatedCohortWebhook> {
    const row = await this.one(actor, webhookId);
    if (await this.keepers.holds(row)) throw isKept();
    const taken = this.newKeeper(actor);
    const next = { ...taken, active: true, activeSince: taken.takenOverAt, problem: null };
    if (!(await this.webhooks.takeOver(row, next))) throw isKept();
    return { ...(await this.presentOne({ ...row, ...next })), secret: taken.secret };
  }

  /**
   * What happened while it was switched off is not sent later. Who has it go elsewhere answers for it from then on: where they were not its keeper, it has a new
   * secret, which is shown. Throws 404, 409 `keeper_left`, `stale`, 422.
   */
  async update(actor: CohortActor, webhookId: string, change: UpdateCohortWebhook): Promise<ChangedCohortWebhook> {
    const row = await this.one(actor, webhookId);
    const isMoved = change.url !== undefined && this.refusedUnlessOutside(change.url) !== row.url;
    const { active = row.active } = change;
    const holds = isMoved || (active && !row.active) ? await this.keepers.holds(row) : true;
    const isKeeper = holds && keeperOf(row).userId.equals(actor.userId);
    const taken = isMoved && !isKeeper ? this.newKeeper(actor) : null;
    if (active && !row.active && !holds && !taken) throw keeperLeft();
    const again = active && (!row.active || isMoved);
    const next: Partial<CohortWebhookRow> = {
      ...change,
      ...(change.kinds && { kinds: [...new Set(change.kinds)] }),
      ...(again && { problem: null, activeSince: this.clock.now() }),
      ...(taken && !holds && { active }),
      ...taken,
    };
    if (isMoved && !(await this.webhooks.takeOver(row, next))) throw stale();
    if (!isMoved) await this.webhooks.update(row._id, next);
    return { ...(await this.presentOne({ ...row, ...next })), ...(taken && { secret: taken.secret }) };
  }

  /** Throws 404. */
  async remove(actor: CohortActor, webhookId: string): Promise<void> {
    const { _id } = await this.one(actor, webhookId);
    await this.webhooks.delete(_id);
    await this.sender.forget(_id);
    await this.log.forgetLog(_id);
  }

  /** The latest tries, the newest first. Throws 404. */
  async deliveries(actor: CohortActor, webhookId: string): Promise<CohortDelivery[]> {
    const { _id } = await this.one(actor, webhookId);
    return (await this.log.deliveriesOf(_id, LOG)).map(presentDelivery);
  }

  /** Sends a test now and says what came of it. Throws 404, 409 `keeper_left`, 429. */
  async test(actor: CohortActor, webhookId: string): Promise<CohortDelivery> {
    const row = await this.one(actor, webhookId);
    await this.refuseUnlessKept(row);
    await this.limits.take(TESTS, String(row._id));
    return presentDelivery(await this.sender.test(row));
  }

  private async one({ cohortId }: CohortActor, webhookId: string): Promise<CohortWebhookRow> {
    const id = toId(webhookId);
    const row = id && (await this.webhooks.find(idOf(cohortId), id));
    if (!row) throw notFound();
    return row;
  }

  private async refuseUnlessKept(row: CohortWebhookRow): Promise<void> {
    if (!(await this.keepers.holds(row))) throw keeperLeft();
  }

  /** Who answers for one from now on. What its keeper knew of it is worth nothing then. */
  private newKeeper(actor: CohortActor) {
    return { takenOverBy: idOf(actor.userId), takenOverAt: this.clock.now(), secret: newSigningSecret() };
  }

  private async presentOne(row: CohortWebhookRow): Promise<CohortWebhook> {
    const [one] = await this.present([row]);
    if (!one) throw notFound();
    return one;
  }

  private async present(rows: readonly CohortWebhookRow[]): Promise<CohortWebhook[]> {
    const keepers = rows.map((row) => String(keeperOf(row).userId));
    const [standing, people] = await Promise.all([this.keepers.standing(rows), this.people.byId(keepers)]);
    return rows.map((row) => ({
      ...presentRow(row),
      keeper: people.get(String(keeperOf(row).userId)) ?? null,
      keeperLeft: !standing.has(String(row._id)),
    }));
  }

  private refusedUnlessOutside(url: string): string {
    if (!this.outside.allows(new URL(url))) throw invalidField('/url', 'https_needed');
    return url;
  }
}

const presentRow = (row: CohortWebhookRow): Omit<CohortWebhook, 'keeper' | 'keeperLeft'> => ({
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
