import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LoginsService } from '../../auth/logins/logins.service.js';
import { Shares } from '../../common/shares.js';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import type { PushMessage } from '../../contracts/notifications/push.js';
import { type DeliveryOutcome, countDelivery } from '../../infra/health/deliveries.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind, Posted, Prepared } from '../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { isTooLate, mayLeaveAt } from '../rules/delivery-rules.js';
import type { NotificationRow } from '../inbox/notification.schema.js';
import { canWait, isPushed } from '../rules/preferences.js';
import { NotificationsRepository } from '../inbox/notifications.repository.js';
import { Reach } from '../inbox/reach.js';
import { ReadableNotices } from '../inbox/readable-notices.js';
import { ToldWords } from '../inbox/told-words.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import type { AboutNotice } from '../letters/insert-ahead.js';
import { pushDeliveries } from './notice-pushes.js';
import { PushKeys } from './push-keys.js';
import { pushTitle } from './push-words.js';
import type { PushSubscriptionRow } from './push-subscription.schema.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** How long until the next try; after the last one the notice stands in the inbox alone. */
const PAUSES_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** A device that was off for longer shows the inbox instead. */
const TTL_SECONDS = DAY / 1000;
const UNREAD = 20;
/** To the devices of one person from each process: they name the push service, and it may be as slow as it likes. Who has more under way comes again so much later. */
const AT_A_TIME = 4;
const BUSY_MS = 1000;
/** Answers of a push service after which a subscription is of no use: gone (RFC 8030, section 7.3), or made for other keys of ours. */
const USELESS = new Set([401, 403, 404, 410]);

/**
 * Pushes notices to devices: encrypted for each (RFC 8291), under a tag, so that one that comes twice is shown once. What was read meanwhile, what
 * its person does not want any more, what comes too late and what is of a cohort they left is not pushed; a device whose subscription or login ended is forgotten.
 */
@Injectable()
export class PushSender implements OnModuleInit {
  private readonly logger = new Logger('PushSender');
  private readonly shares = new Shares(AT_A_TIME);
  private readonly kind: DeliveryKind<AboutNotice> = {
    ...pushDeliveries,
    pausesMs: PAUSES_MS,
    prepare: (delivery) => this.prepare(delivery),
  };

  constructor(
    private readonly deliveries: Deliveries,
    private readonly notifications: NotificationsRepository,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly keys: PushKeys,
    private readonly logins: LoginsService,
    private readonly notices: ReadableNotices,
    private readonly words: ToldWords,
    private readonly readers: Readers,
    private readonly reach: Reach,
    private readonly outside: Outside,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  private async prepare({ of, about, tries }: DeliveryRow<AboutNotice>): Promise<Prepared> {
    const now = this.clock.now();
    const row = await this.notifications.ofKey(of, about.key);
    if (!row) return 'missing';
    const choices = await this.readers.of(String(of));
    // What is pushed was shown: what is not any more is gone.
    if (!choices || !row.shown) return { skip: 'gone' };
    if (isTooLate(row, now)) return { skip: 'late' };
    if (!(await this.isWanted(row, choices))) return { skip: 'unwanted' };
    const { timeZone, quietUntil } = choices.reader;
    const dueAt = mayLeaveAt(row, now, { ...choices.preferences, timeZone, quietUntil });
    if (dueAt > now) return { later: dueAt, because: 'quiet' };
    return { post: () => this.post(row, choices, tries > PAUSES_MS.length) };
  }

  /** To all their devices. Who has more under way comes again. */
  private async post(row: NotificationRow, choices: ReaderChoices, isLast: boolean): Promise<Posted> {
    let posted: Posted = { to: 'busy', until: new Date(this.clock.now().getTime() + BUSY_MS) };
    await this.shares.within(String(row.userId), async () => {
      posted = await this.pushAll(row, choices, isLast);
    });
    return posted;
  }

  private async pushAll(row: NotificationRow, choices: ReaderChoices, isLast: boolean): Promise<Posted> {
    const devices = await this.devicesOf(row);
    const message = devices.length > 0 ? await this.messageOf(row, choices) : null;
    const outcomes = message ? await Promise.all(devices.map((device) => this.push(device, row, message))) : [];
    for (const one of outcomes) countDelivery(row.kind, 'push', one === 'later' && isLast ? 'failed' : one);
    return outcomes.includes('later') ? { to: 'later', because: 'later' } : { to: 'sent' };
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
    const [[now = row], mine] = await Promise.all([this.words.now([row]), this.notices.readerOf(row.userId)]);
    return {
      id: String(row._id),
      title: pushTitle(now, reader),
      link: row.link,
      lang: reader.locale,
      unread: await this.notices.unreadIds(mine, UNREAD),
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
      await this.notifications.reached(row._id, device._id);
      return 'sent';
    }
    if (problem === 'not_allowed' || (status !== null && USELESS.has(status))) {
      await this.subscriptions.drop(device);
      return 'dropped';
    }
    this.logger.warn({ notice: message.id, status, problem }, 'a push was not taken');
    return status !== null && status < 500 && status !== 429 ? 'failed' : 'later';
  }
}
