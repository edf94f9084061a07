import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, MINUTE } from '../common/times/clock.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { accountGivenBack } from './auth.events.js';
import { disputedFrom } from './given-back.js';
import { LoginsService } from './logins/logins.service.js';
import { UsersRepository } from './users.repository.js';

/** Gives an account back to who reads the mail of its address. */
@Injectable()
export class GivingBack implements OnModuleInit {
  constructor(
    private readonly users: UsersRepository,
    private readonly logins: LoginsService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Whoever gives an account back ends its logins at once; this ends them where the process died in between. */
  onModuleInit(): void {
    this.outbox.on(accountGivenBack, 'logins', async ({ userId }) => await this.logins.endOlder(userId));
  }

  /**
   * Whoever had the account may have made what goes on without a login: feeds, webhooks, messages to be sent later. It is not its owner's any more; who keeps such
   * things asks at each use (`isTheirs`), and sees to the rest by the outbox, once more for what was on its way. Logins are to be ended besides, at once.
   */
  async giveBack(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.users.dispute(userId, disputedFrom(this.clock.now()), session);
    await this.outbox.write(accountGivenBack, { userId: String(userId) }, session, { againAfterMs: MINUTE });
  }
}
