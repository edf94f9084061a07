import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock } from '../common/clock.js';
import { pageOf } from '../common/cursor.js';
import { notFound } from '../common/problem.js';
import type {
  Inbox,
  InboxQuery,
  MarkInboxRead,
  NotificationsRead,
  PreferenceKind,
  Preferences,
} from '../contracts/notifications.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf, toId, toIds } from '../infra/mongo/ids.js';
import { timePlaceOf } from '../infra/mongo/time-place.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { toNotification } from './notification.presenter.js';
import { preferencesChanged } from './notifications.events.js';
import { type InboxPlace, NotificationsRepository, type ToldCount } from './notifications.repository.js';
import { PreferencesRepository } from './preferences.repository.js';

/** What reached a person, and what may. */
@Injectable()
export class InboxService {
  constructor(
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly notifications: NotificationsRepository,
    private readonly preferences: PreferencesRepository,
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
  ) {}

  /** A page of the inbox, newest first, with the count of all unread ones (exact to 100). */
  async page(userId: string, { limit, cursor, unread }: InboxQuery): Promise<Inbox> {
    const id = idOf(userId);
    const after = cursor === undefined ? null : placeOf(cursor);
    const [reader, rows, count] = await Promise.all([
      this.users.profile(id),
      this.notifications.page(id, { unread: unread === 'true', after, limit: limit + 1 }),
      this.notifications.unread(id),
    ]);
    if (!reader) throw notFound();
    const page = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), String(row._id)]);
    return {
      items: page.items.map((row) => toNotification(row, reader)),
      nextCursor: page.nextCursor,
      unread: count,
    };
  }

  /** Marks as read these, or all up to an instant; ids that are not mine are ignored. My other devices hear of it. */
  async markRead(userId: string, body: MarkInboxRead): Promise<void> {
    const now = this.clock.now();
    if ('ids' in body) await this.notifications.readThese(idOf(userId), toIds(body.ids), now);
    else await this.notifications.readUntil(idOf(userId), new Date(body.before), now);
    const read: NotificationsRead = { ids: null, before: null, ...body, readAt: now.toISOString() };
    this.realtime.emit(rooms.user(userId), 'notification.read', read);
  }

  /** How many notices of each kind reached a person since an instant: in the inbox, and by a mail that left with its notice. */
  async toldSince(userId: string, since: Date): Promise<ToldCount[]> {
    return await this.notifications.toldSince(idOf(userId), since);
  }

  async preferencesOf(userId: string): Promise<Preferences> {
    return await this.preferences.of(idOf(userId));
  }

  async savePreferences(userId: string, preferences: Preferences): Promise<Preferences> {
    await this.preferences.save(idOf(userId), preferences, this.clock.now());
    this.bus.publish(preferencesChanged, { userId });
    return await this.preferencesOf(userId);
  }

  /** Stops the mails of one group, as RFC 8058 asks for. Again: the same. */
  async stopMail(userId: string, group: PreferenceKind): Promise<void> {
    const id = toId(userId);
    if (!id) throw notFound();
    await this.preferences.stopMail(id, group, this.clock.now());
    this.bus.publish(preferencesChanged, { userId });
  }
}

function placeOf(cursor: string): InboxPlace {
  const { at, id } = timePlaceOf(cursor);
  return { createdAt: at, id };
}
