import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { milestoneName } from '../../calendar/milestone-names.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { Shares } from '../../common/shares.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { CohortNews, CohortWebhookPayload } from '../../contracts/bridges/cohort-webhooks.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind, Posted, Prepared } from '../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { workshopCancelled, workshopPublished } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { DeliveryRow as LoggedDelivery } from '../webhooks/webhook.schema.js';
import { keeperOf } from '../webhooks/webhook-keeper.js';
import { WAITS_MS, WebhookPost } from '../webhooks/webhook-post.js';
import { type News, daysOfNews, newsAt } from './cohort-news.js';
import type { CohortWebhookRow } from './cohort-webhook.schema.js';
import { CohortWebhookKeepers } from './cohort-webhook-keepers.js';
import { CohortWebhooksRepository } from './cohort-webhooks.repository.js';

const LOOK_EVERY_MS = MINUTE;
/** Of one keeper at a time from each process: their servers may be slow. Who has more under way comes again so much later. */
const AT_A_TIME = 4;
const BUSY_MS = 2000;

/** News on their way to one webhook. `on`: of a milestone its day, since one that is moved comes near once more. */
interface AboutNews {
  kind: CohortNews;
  subjectId: Types.ObjectId;
  on: string | null;
}

/**
 * Hands the news of a cohort over to its webhooks: what is published or called off when it happens, what waits or comes near by a look every minute. Each once
 * to each webhook by its key, as facts that were read when they go; what is not true any more does not go.
 */
@Injectable()
export class CohortWebhookSender implements OnModuleInit {
  private readonly shares = new Shares(AT_A_TIME);
  private readonly kind: DeliveryKind<AboutNews> = {
    name: 'cohort-news',
    way: 'webhooks',
    pausesMs: WAITS_MS,
    prepare: (news) => this.prepare(news),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly webhooks: CohortWebhooksRepository,
    private readonly cohorts: CohortsRepository,
    private readonly milestones: Milestones,
    private readonly topics: TopicsReader,
    private readonly workshops: WorkshopsReader,
    private readonly keepers: CohortWebhookKeepers,
    private readonly sending: WebhookPost,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
    private readonly intervals: Intervals,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const event of [workshopPublished, workshopCancelled])
      this.outbox.on<{ cohortId: string; workshopId: string }>(event, 'cohort webhooks', async (fact) => {
        const hooks = await this.keepers.holding(await this.webhooks.of(idOf(fact.cohortId)));
        await this.tell(hooks, [{ kind: event.name as CohortNews, subjectId: fact.workshopId, on: null }]);
      });
    this.deliveries.register(this.kind);
    this.intervals.every(LOOK_EVERY_MS, 'news of cohorts', () => this.look());
  }

  /** Looks what has waited for too long or comes near in the cohorts that tell others. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const hooks = await this.keepers.holding(await this.webhooks.active());
    const cohorts = await this.cohorts.byIds(hooks.map(({ cohortId }) => cohortId));
    const running = cohorts.filter(({ state }) => state === 'running');
    const { from, to } = daysOfNews(now);
    const milestones = await this.milestones.between(
      running.map(({ _id }) => String(_id)),
      from,
      to,
    );
    await Promise.all(
      running.map(async ({ _id, timeZone }) => {
        const cohortId = String(_id);
        const news = newsAt(now, {
          timeZone,
          questions: await this.topics.unanswered(cohortId),
          milestones: milestones.filter((one) => one.cohortId === cohortId),
        });
        for (const hook of hooks.filter((one) => one.cohortId.equals(_id)))
          await this.tell(
            [hook],
            // What was so before there was a webhook, or while it was off, is no news to it.
            news.filter(({ since }) => since >= (hook.activeSince ?? hook.createdAt)),
          );
      }),
    );
  }

  /** One try with a payload that says it is a test. */
  async test(hook: CohortWebhookRow): Promise<LoggedDelivery> {
    const at = this.clock.now();
    const payload = await this.payloadOf(hook, 'test', null, at);
    const about = { messageId: null, kind: null };
    return await this.sending.deliver({ hook, id: `msg_${String(newId())}`, payload, attempt: 1, about, at });
  }

  /** Forgets what is on its way to a webhook that is gone. */
  async forget(webhookId: Types.ObjectId): Promise<void> {
    await this.deliveries.forget(this.kind, [webhookId]);
  }

  private async tell(hooks: readonly CohortWebhookRow[], news: readonly Omit<News, 'since'>[]): Promise<void> {
    const told = hooks.flatMap(({ _id, kinds }) =>
      news
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ kind, subjectId, on }) => ({
          ...{ key: [String(_id), kind, subjectId, on ?? ''].join(' '), of: _id },
          about: { kind, subjectId: idOf(subjectId), on },
        })),
    );
    await this.deliveries.write(this.kind, told);
  }

  private async prepare(news: DeliveryRow<AboutNews>): Promise<Prepared> {
    const hook = await this.webhooks.byId(news.of);
    if (!hook?.active || !(await this.keepers.holds(hook))) return { skip: 'off' };
    const subject = await this.subjectOf(String(hook.cohortId), news.about);
    return subject ? { post: () => this.postWithin(hook, news, subject) } : { skip: 'gone' };
  }

  private async postWithin(...post: Parameters<CohortWebhookSender['post']>): Promise<Posted> {
    let posted: Posted = { to: 'busy', until: new Date(this.clock.now().getTime() + BUSY_MS) };
    await this.shares.within(String(keeperOf(post[0]).userId), async () => {
      posted = await this.post(...post);
    });
    return posted;
  }

  private async post(
    hook: CohortWebhookRow,
    { _id, about, at, tries: attempt }: DeliveryRow<AboutNews>,
    subject: CohortWebhookPayload['data']['subject'],
  ): Promise<Posted> {
    const now = this.clock.now();
    const payload = await this.payloadOf(hook, about.kind, subject, at);
    const logged = { messageId: null, kind: about.kind };
    const id = `msg_${String(_id)}`;
    const delivery = await this.sending.deliver({ hook, id, payload, attempt, about: logged, at: now });
    if (delivery.ok) {
      await this.webhooks.note(hook, { problem: null, lastAt: now });
      return { to: 'sent' };
    }
    const problem = delivery.problem ?? null;
    const isTriedAgain = this.sending.nextTry(delivery) !== null;
    await this.webhooks.note(hook, { problem, ...(!isTriedAgain && { active: false }) });
    return { to: isTriedAgain ? 'later' : 'failed', because: problem ?? 'status' };
  }

  private async payloadOf(
    { cohortId }: CohortWebhookRow,
    type: CohortWebhookPayload['type'],
    subject: CohortWebhookPayload['data']['subject'],
    at: Date,
  ): Promise<CohortWebhookPayload> {
    const cohort = await this.cohorts.byId(cohortId);
    const data = { cohort: { id: String(cohortId), name: cohort?.name ?? '' }, subject };
    return { type, timestamp: at.toISOString(), data };
  }

  /** The thing as it is now: its title and when, never what somebody wrote; null when the news is not true any more. */
  private async subjectOf(
    cohortId: string,
    { kind, subjectId, on }: AboutNews,
  ): Promise<CohortWebhookPayload['data']['subject']> {
    const id = String(subjectId);
    const url = (path: string) => new URL(path, this.config.PUBLIC_URL).href;
    if (kind === 'topic.unanswered') {
      const topic = await this.topics.byId(id);
      if (topic?.state !== 'unanswered') return null;
      const { title, createdAt } = topic;
      return { id, title, url: url(`/c/${cohortId}/forum/${id}`), openedAt: createdAt.toISOString() };
    }
    if (kind === 'milestone.near' || kind === 'milestone.day') {
      const milestone = await this.milestones.find(cohortId, id);
      if (!milestone || milestone.on !== on) return null;
      return { id, title: milestoneName(milestone, 'en'), url: url(`/c/${cohortId}/calendar`), on: milestone.on };
    }
    const workshop = await this.workshops.byId(id);
    if (workshop?.status !== (kind === 'workshop.published' ? 'published' : 'cancelled')) return null;
    const { title, startsAt, endsAt } = workshop;
    return {
      ...{ id, title, url: url(`/c/${cohortId}/workshops/${id}`) },
      ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    };
  }
}
