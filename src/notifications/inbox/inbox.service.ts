import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
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
import { toNotification } from './notification.presenter.js';
import { preferencesChanged } from '../notifications.events.js';
import { NotificationsRepository, type ToldCount } from './notifications.repository.js';
import { ReadableNotices } from './readable-notices.js';
import { kindsAbout } from '../rules/preferences.js';
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

  /** A page of one of the lists of the inbox, with the count of all unread ones (exact to 100): what its person may read now, as it reads now. */
  async page(userId: string, { limit, cursor, unread, place, about }: InboxQuery): Promise<Inbox> {
    const after = cursor === undefined ? null : timePlaceOf(cursor);
    const list = { place, unread: unread === 'true', ...(about && { kinds: kindsAbout(about) }) };
    const mine = await this.notices.readerOf(idOf(userId));
    const [{ rows, faces, next }, count] = await Promise.all([
      this.notices.page(mine, list, { after, limit }),
      this.notices.unread(mine),
    ]);
    const now = this.clock.now();
    return {
      items: rows.map((row) => toNotification(row, mine.reader, { now, faces })),
      nextCursor: next && encodeCursor([next.at.toISOString(), String(next.id)]),
      ...count,
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
    const before = await this.preferencesOf(userId);
    const chosen = { ...before, ...preferences };
    if (isDeepStrictEqual(before, chosen)) return before;
    await this.change(userId, { before, chosen }, (session) =>
      this.preferences.save(idOf(userId), preferences, session),
    );
    return await this.preferencesOf(userId);
  }

  /** Stops the mails of one group, as RFC 8058 asks for. Again: the same. */
  async stopMail(userId: string, group: PreferenceKind): Promise<void> {
    const id = toId(userId);
    if (!id) throw notFound();
    await this.change(userId, null, (session) => this.preferences.stopMail(id, group, session));
  }

  /** The person wants no digest any more; what was kept for one comes once, the next morning. */
  async stopDigest(userId: string): Promise<void> {
    const before = await this.preferencesOf(userId);
    if (!before.digest) return;
    await this.change(userId, { before, chosen: { ...before, digest: null } }, (session) =>
      this.preferences.stopDigest(idOf(userId), session),
    );
  }

  /** Leaves a section out of the person's digest. */
  async leaveOut(userId: string, section: DigestSection): Promise<void> {
    const before = await this.preferencesOf(userId);
    const { digest } = before;
    if (!digest || digest.without.includes(section)) return;
    const chosen = { ...before, digest: { ...digest, without: [...digest.without, section] } };
    await this.change(userId, { before, chosen }, (session) =>
      this.preferences.leaveOut(idOf(userId), section, session),
    );
  }

  /** Writes what somebody chose, and has followed what follows from it. `digests`: their choices before and after, where that may be about digests. */
  private async change(
    userId: string,
    digests: { before: Preferences; chosen: Preferences } | null,
    write: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    const isOther = digests !== null && !isDeepStrictEqual(digests.before.digest, digests.chosen.digest);
    const reader = isOther ? await this.users.profile(idOf(userId)) : null;
    // Before it is saved: a digest that is planned in vain is empty, one that is not planned would be missing.
    if (reader && digests) await this.digests.expect(reader, digests.chosen);
    await this.transactions.run(async (session) => {
      await write(session);
      await this.outbox.write(preferencesChanged, { userId }, session);
    });
    this.bus.publish(preferencesChanged, { userId });
    if (isOther) await this.digests.follow(userId);
  }
}
