import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { pageOf } from '../../common/cursor.js';
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
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { belongingOf } from '../belonging.js';
import { Digests } from '../digests/digests.js';
import { toNotification } from './notification.presenter.js';
import { preferencesChanged } from '../notifications.events.js';
import { type InboxPlace, NotificationsRepository, type ToldCount } from './notifications.repository.js';
import { PreferencesRepository } from '../rules/preferences.repository.js';

/** What reached a person, and what may. */
@Injectable()
export class InboxService {
  constructor(
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly notifications: NotificationsRepository,
    private readonly preferences: PreferencesRepository,
    private readonly digests: Digests,
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
  ) {}

  /**
   * A page of the inbox, newest first, with the count of all unread ones (exact to 100). Whoever is out of a cohort reads nothing of it any more, and who is not of
   * its programme team nothing that was for that, as they are told nothing of it (reach.ts).
   */
  async page(userId: string, { limit, cursor, unread }: InboxQuery): Promise<Inbox> {
    const id = idOf(userId);
    const after = cursor === undefined ? null : placeOf(cursor);
    const belonging = belongingOf(await this.members.ofPerson(userId));
    const [reader, rows, count] = await Promise.all([
      this.users.profile(id),
      this.notifications.page(id, belonging, { unread: unread === 'true', after, limit: limit + 1 }),
      this.notifications.unread(id, belonging),
    ]);
    if (!reader) throw notFound();
    const page = pageOf(rows, limit, (row) => [row.createdAt.toISOString(), String(row._id)]);
    return {
      items: page.items.map((row) => toNotification(row, reader)),
      nextCursor: page.nextCursor,
      unread: count,
    };
  }

  /** Marks as read these, all up to an instant, or all about a topic; ids that are not mine are ignored. My other devices hear of it. */
  async markRead(userId: string, body: MarkInboxRead): Promise<void> {
    const now = this.clock.now();
    const id = idOf(userId);
    const readAt = now.toISOString();
    if ('topicId' in body) {
      const ids = (await this.notifications.readTopic(id, body.topicId, now)).map(String);
      if (ids.length > 0) this.tellRead(userId, { ids, before: null, readAt });
      return;
    }
    if ('ids' in body) await this.notifications.readThese(id, toIds(body.ids), now);
    else await this.notifications.readUntil(id, new Date(body.before), now);
    this.tellRead(userId, { ids: null, before: null, ...body, readAt });
  }

  private tellRead(userId: string, read: NotificationsRead): void {
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
    const [reader, before] = await Promise.all([this.users.profile(idOf(userId)), this.preferencesOf(userId)]);
    const chosen = { ...before, ...preferences };
    const isOther = !isDeepStrictEqual(before.digest, chosen.digest);
    // Before it is saved: a digest that is planned in vain is empty, one that is not planned would be missing.
    if (reader && isOther) await this.digests.expect(reader, chosen);
    await this.preferences.save(idOf(userId), preferences, this.clock.now());
    this.bus.publish(preferencesChanged, { userId });
    if (isOther) await this.digests.follow(userId);
    return await this.preferencesOf(userId);
  }

  /** Stops the mails of one group, as RFC 8058 asks for. Again: the same. */
  async stopMail(userId: string, group: PreferenceKind): Promise<void> {
    const id = toId(userId);
    if (!id) throw notFound();
    await this.preferences.stopMail(id, group, this.clock.now());
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
