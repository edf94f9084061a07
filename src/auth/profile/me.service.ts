import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { unauthorized } from '../../common/problem.js';
import type { Me, UpdateMe } from '../../contracts/auth/auth.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { personChanged, presenceChanged } from '../auth.events.js';
import { Avatars, avatarUrl } from './avatars.js';
import { MailRequestsRepository } from '../mail-requests.repository.js';
import { MembershipsPort } from '../memberships-of.js';
import { presentStanding } from './standing-ends.js';
import { type Profile, UsersRepository } from '../users.repository.js';

/** The signed-in person's own profile. */
@Injectable()
export class MeService {
  constructor(
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly memberships: MembershipsPort,
    private readonly avatars: Avatars,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws 401 when the person is gone. */
  async get(userId: string): Promise<Me> {
    const id = toId(userId);
    if (!id) throw unauthorized();
    const [profile, memberships, pendingEmail] = await Promise.all([
      this.profile(userId),
      this.memberships.provider.list(userId),
      this.requests.pendingEmail(id, new Date()),
    ]);
    return { ...present(profile, this.clock.now()), pendingEmail, memberships };
  }

  async update(userId: string, { showsPresence, showsLinkPreviews, tracksTopics, ...change }: UpdateMe): Promise<Me> {
    const before = await this.profile(userId);
    if (showsPresence !== undefined) await this.showPresence(before, showsPresence);
    if (showsLinkPreviews !== undefined) await this.users.choose(before._id, 'hidesLinkPreviews', !showsLinkPreviews);
    if (tracksTopics !== undefined) await this.users.choose(before._id, 'tracksNoTopics', !tracksTopics);
    const fact = {
      userId,
      craftChanged: change.craft !== undefined && change.craft !== before.craft,
      timeZoneChanged: change.timeZone !== undefined && change.timeZone !== before.timeZone,
    };
    await this.transactions.run(async (session) => {
      await this.users.update(before._id, change, this.clock.now(), session);
      if (fact.craftChanged || fact.timeZoneChanged) await this.outbox.write(personChanged, fact, session);
    });
    this.bus.publish(personChanged, fact);
    return await this.get(userId);
  }

  private async showPresence({ _id }: Profile, shown: boolean): Promise<void> {
    await this.users.choose(_id, 'hidesPresence', !shown);
    this.bus.publish(presenceChanged, { userId: String(_id), shown });
  }

  /** Stores the photo, square and small. Throws 422 `not_an_image`, `too_many_pixels`, `too_intricate`. */
  async setAvatar(userId: string, photo: Buffer): Promise<Me> {
    return await this.changeAvatar(userId, await this.avatars.store(userId, photo));
  }

  async removeAvatar(userId: string): Promise<Me> {
    return await this.changeAvatar(userId, null);
  }

  private async changeAvatar(userId: string, avatar: string | null): Promise<Me> {
    const { _id } = await this.profile(userId);
    const before = await this.users.setAvatar(_id, avatar);
    if (before && before !== avatar) await this.avatars.remove(before);
    this.bus.publish(personChanged, { userId, craftChanged: false, timeZoneChanged: false });
    return await this.get(userId);
  }

  private async profile(userId: string): Promise<Profile> {
    const id = toId(userId);
    const profile = id && (await this.users.profile(id));
    if (!profile) throw unauthorized();
    return profile;
  }
}

function present(profile: Profile, now: Date): Omit<Me, 'memberships' | 'pendingEmail'> {
  return {
    id: String(profile._id),
    name: profile.name,
    email: profile.email,
    emailConfirmed: !profile.unconfirmedIn,
    locale: profile.locale,
    timeZone: profile.timeZone,
    craft: profile.craft as Me['craft'],
    gives: profile.gives,
    wants: profile.wants,
    avatarUrl: avatarUrl(profile.avatar),
    isAdmin: profile.isAdmin,
    showsPresence: !profile.hidesPresence,
    showsLinkPreviews: !profile.hidesLinkPreviews,
    tracksTopics: !profile.tracksNoTopics,
    ...presentStanding(profile, now),
  };
}
