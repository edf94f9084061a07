import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { milestoneName } from '../../calendar/milestone-names.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { CohortNews, CohortWebhookPayload } from '../../contracts/bridges/cohort-webhooks.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { workshopCancelled, workshopPublished } from '../../workshops/workshops.events.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { DeliveryRow } from '../webhooks/webhook.schema.js';
import { WebhookPost } from '../webhooks/webhook-post.js';
import { type News, daysOfNews, newsAt } from './cohort-news.js';
import type { CohortNewsRow, CohortWebhookRow } from './cohort-webhook.schema.js';
import { CohortWebhookKeepers } from './cohort-webhook-keepers.js';
import { CohortWebhooksRepository } from './cohort-webhooks.repository.js';

const LEASE_MS = MINUTE;
const LOOK_EVERY_MS = MINUTE;

const heard = defineQueue<{ cohortId: string; kind: CohortNews; subjectId: string }>('cohort-heard');
const outgoing = defineQueue<{ id: string }>('cohort-news');

/**
 * Hands the news of a cohort over to its webhooks: what is published or called off when it happens, what waits or comes near by a look every minute. Each once
 * to each webhook by its key, as facts that were read when they go; what is not true any more does not go.
 */
@Injectable()
export class CohortWebhookSender implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly webhooks: CohortWebhooksRepository,
    private readonly cohorts: CohortsRepository,
    private readonly milestones: Milestones,
    private readonly topics: TopicsReader,
    private readonly workshops: WorkshopsReader,
    private readonly keepers: CohortWebhookKeepers,
    private readonly sending: WebhookPost,
    private readonly alarms: Alarms,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const event of [workshopPublished, workshopCancelled])
      this.bus.on(event, ({ cohortId, workshopId }) =>
        this.queues.add(heard, { cohortId, kind: event.name as CohortNews, subjectId: workshopId }),
      );
    this.queues.process(heard, async ({ cohortId, kind, subjectId }) => {
      const hooks = await this.keepers.holding(await this.webhooks.of(idOf(cohortId)));
      await this.tell(hooks, [{ kind, subjectId, on: null }]);
    });
    this.alarms.watch(this.due);
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

  /** What the worker does every few seconds for those whose alarm was lost. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.due);
  }

  /** One try with a payload that says it is a test. */
  async test(hook: CohortWebhookRow): Promise<DeliveryRow> {
    const at = this.clock.now();
    const payload = await this.payloadOf(hook, 'test', null, at);
    const about = { messageId: null, kind: null };
    return await this.sending.deliver({ hook, id: `msg_${String(newId())}`, payload, attempt: 1, about, at });
  }

  private async tell(hooks: readonly CohortWebhookRow[], news: readonly Omit<News, 'since'>[]): Promise<void> {
    const at = this.clock.now();
    const rows = hooks.flatMap(({ _id, kinds }) =>
      news
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ kind, subjectId, on }): CohortNewsRow => ({
          ...{ _id: newId(), webhookId: _id, kind, subjectId: idOf(subjectId), on },
          ...{ at, attempts: 0, wakeAt: at },
        })),
    );
    for (const { _id } of await this.webhooks.add(rows)) void this.alarms.set(outgoing, _id, at);
  }

  private async handOver(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const news = await this.webhooks.claim(id, now, new Date(now.getTime() + LEASE_MS));
    // Somebody else has them, or is done with them: theirs to say what becomes of them.
    if (!news) return;
    const hook = await this.webhooks.byId(news.webhookId);
    const subject =
      hook?.active && (await this.keepers.holds(hook)) ? await this.subjectOf(String(hook.cohortId), news) : null;
    if (!hook || !subject) {
      await this.webhooks.done(news);
      return;
    }
    const { kind, attempts: attempt } = news;
    const payload = await this.payloadOf(hook, kind, subject, news.at);
    const about = { messageId: null, kind };
    const delivery = await this.sending.deliver({ hook, id: `msg_${String(id)}`, payload, attempt, about, at: now });
    const next = delivery.ok ? null : this.sending.nextTry(delivery);
    if (next) {
      await this.webhooks.update(hook._id, { problem: delivery.problem ?? null });
      await this.webhooks.retry(news, next);
      void this.alarms.set(outgoing, id, next);
      return;
    }
    await this.webhooks.done(news);
    await this.webhooks.update(
      hook._id,
      delivery.ok ? { problem: null, lastAt: now } : { active: false, problem: delivery.problem ?? null },
    );
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
    { kind, subjectId, on }: CohortNewsRow,
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

  private readonly due = {
    kind: outgoing,
    due: (now: Date, limit: number) => this.webhooks.due(now, limit),
    work: (id: Types.ObjectId) => this.handOver(id),
  };
}
