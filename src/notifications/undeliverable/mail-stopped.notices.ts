import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { addressRefused } from '../../auth/auth.events.js';
import { MembershipsPort } from '../../auth/memberships-of.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { type InboundMail, MailReceiver } from '../../infra/mail/mail-receiver.js';
import type { MailPlace } from '../../infra/mail/mail-addresses.js';
import { MailAddresses } from '../../infra/mail/mail-addresses.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { Notifier } from '../notifier.js';
import { Undeliverable, mailStopped } from './undeliverable.js';
import { UndeliverableRepository } from './undeliverable.repository.js';

type BouncePlace = Extract<MailPlace, { what: 'bounce' }>;

const REPORTS = { name: 'mail-reports', points: 60, seconds: 3600 };

/** Hears from mail servers that mails did not arrive, and tells in the app whom it concerns: the person, and the staff of their cohorts. */
@Injectable()
export class MailStoppedNotices implements OnModuleInit {
  constructor(
    private readonly receiver: MailReceiver,
    private readonly addresses: MailAddresses,
    private readonly alarms: Alarms,
    private readonly rows: UndeliverableRepository,
    private readonly undeliverable: Undeliverable,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsPort,
    private readonly members: Members,
    private readonly notifier: Notifier,
    private readonly bus: EventBus,
    private readonly limits: RateLimits,
  ) {}

  onModuleInit(): void {
    this.receiver.on('bounce', {
      isKnown: async (place) => (await this.personOf(place)) !== null,
      take: (inbound) => this.hear(inbound),
    });
    this.bus.on(addressRefused, ({ userId, email, status }) =>
      this.undeliverable.stop({ _id: idOf(userId), email }, status),
    );
    this.alarms.watch({
      kind: mailStopped,
      due: (now, limit) => this.rows.untold(now, limit),
      work: (id) => this.tell(id),
    });
  }

  /** Null unless it was made for the address that the person has now, and not long ago. */
  private async personOf(place: BouncePlace) {
    if (place.hasEnded) return null;
    const userId = toId(place.userId);
    const person = userId && (await this.users.profile(userId));
    return person && this.addresses.isBounceOf(place, person.email) ? person : null;
  }

  /** Only a report counts. */
  private async hear({ place, content }: InboundMail<BouncePlace>): Promise<void> {
    const person = await this.personOf(place);
    if (!person) return;
    // Whoever was shown a letter of ours knows the address. A server reports once.
    if ((await this.limits.pace(REPORTS, place.userId)) > 0) return;
    const { failure } = await content();
    if (failure) await this.undeliverable.stop(person, failure, place.writtenAt);
  }

  private async tell(userId: Types.ObjectId): Promise<void> {
    const [row] = await this.rows.of([userId]);
    const person = row?.tellAt && (await this.users.profile(userId));
    if (!row?.tellAt) return;
    if (person) {
      const [key, only] = [`mail-stopped-${String(userId)}-${row.since.getTime()}`, ['inbox'] as const];
      const me = { userIds: [String(userId)], cohortId: null, why: 'self', link: '/settings/email' };
      await this.notifier.notify({ ...me, kind: 'mail.stopped', params: { address: row.email }, key, only });
      for (const { cohortId } of await this.memberships.provider.list(String(userId))) {
        const staff = (await this.members.list(cohortId, { roles: ['staff'] })).map((one) => one.userId);
        await this.notifier.notify({
          ...{ userIds: staff.filter((id) => id !== String(userId)), cohortId, why: 'staff' },
          ...{ kind: 'mail.unreachable', params: { name: person.name }, link: `/c/${cohortId}/people` },
          ...{ key: `${key}-${cohortId}`, only },
        });
      }
    }
    await this.rows.told(row);
  }
}
