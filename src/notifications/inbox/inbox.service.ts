import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import { encodeCursor } from '../../common/cursor.js';
import { notFound } from '../../common/problem.js';
import type {
  DigestSection,
  Inbox,
  InboxQuery,
  MarkInboxRead,
  NotificationsRead,
  PreferenceKind,
  Preferences,
} from '../../contracts/notifications/notifications.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { Digests } from '../digests/digests.js';
import type { InboxPlace } from './inbox-rows.repository.js';
import { toNotification } from './notification.presenter.js';
import { preferencesChanged } from '../notifications.events.js';
import { NotificationsRepository, type ToldCount } from './notifications.repository.js';
import { ReadableNotices } from './readable-notices.js';
import { PreferencesRepository } from '../rules/preferences.repository.js';

/** What reached a person, and what may. */
@Injectable()
export class InboxService {
  constructor(
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly notices: ReadableNotices,
    private readonly notifications: NotificationsRepository,
    private readonly preferences: PreferencesRepository,
    private readonly digests: Digests,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
  ) {}

  /** A page of the inbox, newest first, with the count of all unread ones (exact to 100): what its person may read now, as it reads now. */
  async page(userId: string, { limit, cursor, unread }: InboxQuery): Promise<Inbox> {
    const after = cursor === undefined ? null : placeOf(cursor);
    const mine = await this.notices.readerOf(idOf(userId));
    const [{ rows, next }, count] = await Promise.all([
      this.notices.page(mine, { unread: unread === 'true', after, limit }),
      this.notices.unread(mine),
    ]);
    return {
      items: rows.map((row) => toNotification(row, mine.reader)),
      nextCursor: next && encodeCursor([next.createdAt.toISOString(), String(next.id)]),
      unread: count,
    };
  }

  /** Marks as read these, or all up to an instant; ids that are not mine are ignored. My other devices hear of it. */
  async markRead(userId: string, body: MarkInboxRead): Promise<void> {
    const now = this.clock.now();
    const id = idOf(userId);
    if ('ids' in body) await this.notifications.readThese(id, toIds(body.ids), now);
    else await this.notifications.readUntil(id, new Date(body.before), now);
    const told: NotificationsRead = { ids: null, before: null, ...body, readAt: now.toISOString() };
    this.realtime.emit(rooms.user(userId), 'notification.read', told);
  }

  /** How many notices of each kind reached a person since an instant: in the inbox, and by a mail that left with its notice. */
  async toldSince(userId: string, since: Date): Promise<ToldCount[]> {
    return await this.notifications.toldSince(idOf(userId), since);
  }

  async preferencesOf(userId: string): Promise<Preferences> {
    return await this.preferences.of(idOf(userId));
  }

  async savePreferences(userId: string, preferences: Preferences): Promise<Preferences> {
    const [reader, before] = await Promise.all([this.users.profile(idOf(userId)), this.preferencesOf(userId)]);
    const chosen = { ...before, ...preferences };
    if (isDeepStrictEqual(before, chosen)) return before;
    const isOther = !isDeepStrictEqual(before.digest, chosen.digest);
    // Before it is saved: a digest that is planned in vain is empty, one that is not planned would be missing.
    if (reader && isOther) await this.digests.expect(reader, chosen);
    await this.transactions.run(async (session) => {
      await this.preferences.save(idOf(userId), preferences, session);
      await this.outbox.write(preferencesChanged, { userId }, session);
    });
    this.bus.publish(preferencesChanged, { userId });
    if (isOther) await this.digests.follow(userId);
    return await this.preferencesOf(userId);
  }

  /** Stops the mails of one group, as RFC 8058 asks for. Again: the same. */
  async stopMail(userId: string, group: PreferenceKind): Promise<void> {
    const id = toId(userId);
    if (!id) throw notFound();
    await this.transactions.run(async (session) => {
      await this.preferences.stopMail(id, group, session);
      await this.outbox.write(preferencesChanged, { userId }, session);
    });
    this.bus.publish(preferencesChanged, { userId });
  }

  /** The person wants no digest any more; what was kept for one comes once, the next morning. */
  async stopDigest(userId: string): Promise<void> {
    const { kinds, quietHours } = await this.preferencesOf(userId);
    await this.savePreferences(userId, { kinds, quietHours, digest: null });
  }

  /** Leaves a section out of the person's digest. */
  async leaveOut(userId: string, section: DigestSection): Promise<void> {
    const { kinds, quietHours, digest } = await this.preferencesOf(userId);
    if (!digest || digest.without.includes(section)) return;
    await this.savePreferences(userId, {
      ...{ kinds, quietHours },
      digest: { ...digest, without: [...digest.without, section] },
    });
  }
}

function placeOf(cursor: string): InboxPlace {
  const { at, id } = timePlaceOf(cursor);
  return { createdAt: at, id };
}
