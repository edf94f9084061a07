import { Injectable, type OnModuleInit } from '@nestjs/common';
import { loginEnded } from '../../auth/auth.events.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { invalidField } from '../../common/problem.js';
import type { PushSubscription, PutPushSubscription } from '../../contracts/notifications/push.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Outside } from '../../infra/http/outside/outside.js';
import { idOf } from '../../infra/mongo/ids.js';
import { PushKeys, isPoint } from './push-keys.js';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.js';

/** On which devices a person takes notices: one subscription a login, which ends with it. */
@Injectable()
export class PushService implements OnModuleInit {
  constructor(
    private readonly keys: PushKeys,
    private readonly subscriptions: PushSubscriptionsRepository,
    private readonly outside: Outside,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // Whoever sends asks for live logins, too: an event that was lost leaves a row that is never used.
    this.bus.on(loginEnded, ({ loginId }) => this.subscriptions.delete([idOf(loginId)]));
  }

  async ofLogin({ loginId }: Actor): Promise<PushSubscription> {
    const row = await this.subscriptions.byLogin(idOf(loginId));
    return { publicKey: this.keys.vapid.publicKey, endpoint: row?.endpoint ?? null };
  }

  /** Throws 422 for an address that may not be asked, or for a key for which nothing can be encrypted. */
  async put(actor: Actor, { endpoint, keys }: PutPushSubscription): Promise<PushSubscription> {
    if (!this.outside.allows(new URL(endpoint))) throw invalidField('/endpoint', 'https_needed');
    if (!isPoint(keys.p256dh)) throw invalidField('/keys/p256dh', 'wrong_format');
    await this.subscriptions.put({
      _id: idOf(actor.loginId),
      userId: idOf(actor.userId),
      endpoint,
      ...keys,
      createdAt: this.clock.now(),
    });
    return await this.ofLogin(actor);
  }

  /** Again: the same. */
  async remove({ loginId }: Actor): Promise<void> {
    await this.subscriptions.delete([idOf(loginId)]);
  }
}
