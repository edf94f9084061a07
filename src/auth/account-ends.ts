import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DAY } from '../common/times/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { Ends } from '../infra/queue/ends.js';
import { LoginsRepository } from './logins/logins.repository.js';
import { MailRequestsRepository } from './mail-requests.repository.js';

/** Logins and requests for mails that are over are forgotten after a while. Real time, as theirs is. */
@Injectable()
export class AccountEnds implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: LoginsRepository,
    private readonly requests: MailRequestsRepository,
    private readonly ends: Ends,
  ) {}

  onModuleInit(): void {
    this.ends.of('logins', () => this.endLogins());
    this.ends.of('mail requests', () => this.endRequests());
  }

  /** One turn; returns how many went. */
  async endLogins(): Promise<number> {
    return await this.logins.forget(daysAgo(this.config.KEEP_LOGINS_DAYS));
  }

  /** One turn; returns how many went. */
  async endRequests(): Promise<number> {
    return await this.requests.forget(daysAgo(this.config.KEEP_MAIL_REQUESTS_DAYS));
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * DAY);
