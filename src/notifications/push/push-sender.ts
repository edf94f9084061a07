import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { LoginsService } from '../../auth/logins/logins.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import type { PushMessage } from '../../contracts/notifications/push.js';
import { type DeliveryOutcome, countDelivery } from '../../infra/health/deliveries.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { belongingOf } from '../belonging.js';
import { isTooLate, mayLeaveAt } from '../rules/delivery-rules.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { canWait, isPushed } from '../rules/preferences.js';
import { Reach } from '../inbox/reach.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import { noticePush } from './notice-pushes.js';
import { PushKeys } from './push-keys.js';
import { PushRows } from './push-rows.repository.js';
import { pushTitle } from './push-words.js';
import type { PushSubscriptionRow } from './push-subscription.schema.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

const LEASE_MS = 2 * MINUTE;
/** How long until the next try; after the last one the notice stands in the inbox alone. */
const PAUSES_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** A device that was off for longer shows the inbox instead. */
const TTL_SECONDS = DAY / 1000;
const UNREAD = 20;
/** Answers of a push service after which a subscription is of no use: gone (RFC 8030, section 7.3), or made for other keys of ours. */
const USELESS = new Set([401, 403, 404, 410]);

/**
 * Pushes notices to devices: encrypted for each (RFC 8291), under a tag, so that one that comes twice is shown once. What was read meanwhile, what
 * its person does not want any more, what comes too late and what is of a cohort they left is not pushed; a device whose subscription or login ended is forgotten.
 */
@Injectable()
export class PushSender implements OnModuleInit {
  private readonly logger = new Logger('PushSender');

  constructor(
    private readonly rows: PushRows,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly keys: PushKeys,
    private readonly logins: LoginsService,
    private readonly members: Members,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly outside: Outside,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.due);
  }

  /** What the worker does every few seconds for those whose alarm was lost. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.due);
  }

  private async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const row = await this.rows.claim(id, now, new Date(now.getTime() + LEASE_MS));
    if (!row) return;
    const choices = await this.readers.of(String(row.userId));
    if (!choices || isTooLate(row, now) || !(await this.isWanted(row, choices))) {
      await this.rows.over(id);
      return;
    }
    const { timeZone, quietUntil } = choices.reader;
    const dueAt = mayLeaveAt(row, now, { ...choices.preferences, timeZone, quietUntil });
    if (dueAt > now) {
      await this.rows.putBack(id, dueAt, true);
      return;
    }
    const devices = await this.devicesOf(row);
    const message = devices.length > 0 ? await this.messageOf(row, choices) : null;
    const outcomes = message ? await Promise.all(devices.map((device) => this.push(device, row, message))) : [];
    const pause = outcomes.includes('later') ? PAUSES_MS[(row.pushTries ?? 1) - 1] : undefined;
    const isLast = pause === undefined;
    for (const one of outcomes) countDelivery(row.kind, 'push', one === 'later' && isLast ? 'failed' : one);
    if (pause === undefined) await this.rows.over(id);
    else await this.rows.putBack(id, new Date(now.getTime() + pause));
  }

  private async isWanted(row: NotificationRow, { preferences }: ReaderChoices): Promise<boolean> {
    if (!isPushed(row.kind, preferences)) return false;
    const { isGone, isRead } = await this.reach.standingOf(row);
    return !isGone && !isRead;
  }

  /** Those that have it not yet; what belongs to a login that ended is dropped. */
  private async devicesOf(row: NotificationRow): Promise<PushSubscriptionRow[]> {
    const [all, live] = await Promise.all([this.subscriptions.of(row.userId), this.logins.liveOf(row.userId)]);
    await this.subscriptions.delete(all.flatMap(({ _id }) => (live.has(String(_id)) ? [] : [_id])));
    const have = new Set(row.pushedTo?.map(String));
    return all.filter(({ _id }) => live.has(String(_id)) && !have.has(String(_id)));
  }

  private async messageOf(row: NotificationRow, { reader }: ReaderChoices): Promise<PushMessage> {
    const belonging = belongingOf(await this.members.ofPerson(String(row.userId)));
    return {
      id: String(row._id),
      title: pushTitle(row, reader),
      link: row.link,
      lang: reader.locale,
      unread: await this.rows.unread(row.userId, belonging, UNREAD),
    };
  }

  /** `later` when it is worth another try. */
  private async push(
    device: PushSubscriptionRow,
    row: NotificationRow,
    message: PushMessage,
  ): Promise<DeliveryOutcome> {
    const { endpoint, p256dh, auth } = device;
    const { default: webPush } = await import('web-push');
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(message),
      {
        vapidDetails: this.keys.vapid,
        TTL: TTL_SECONDS,
        urgency: canWait(row.kind) && !row.urgent ? 'normal' : 'high',
        topic: message.id,
      },
    );
    const { 'Content-Length': _, ...others } = headers as Record<string, string | number>;
    const said = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
    const { status, problem } = await this.outside.post(new URL(endpoint), said, body);
    if (status !== null && status >= 200 && status < 300) {
      await this.rows.reached(row._id, device._id);
      return 'sent';
    }
    if (problem === 'not_allowed' || (status !== null && USELESS.has(status))) {
      await this.subscriptions.drop(device);
      return 'dropped';
    }
    this.logger.warn({ notice: message.id, status, problem }, 'a push was not taken');
    return status !== null && status < 500 && status !== 429 ? 'failed' : 'later';
  }

  private readonly due = {
    kind: noticePush,
    due: (now: Date, limit: number) => this.rows.due(now, limit),
    work: (id: Types.ObjectId) => this.send(id),
  };
}
