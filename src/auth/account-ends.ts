import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DAY } from '../common/times/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { ENDS_EVERY_MS } from '../infra/mongo/expiry.js';
import { Intervals } from '../infra/queue/intervals.js';
import { LoginsRepository } from './logins/logins.repository.js';
import { MailRequestsRepository } from './mail-requests.repository.js';

/** Logins and requests for mails that are over are forgotten after a while. Real time, as theirs is. */
@Injectable()
export class AccountEnds implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: LoginsRepository,
    private readonly requests: MailRequestsRepository,
    private readonly intervals: Intervals,
  ) {}

  onModuleInit(): void {
    this.intervals.every(ENDS_EVERY_MS, 'logins that are over', async () => void (await this.endLogins()));
    this.intervals.every(ENDS_EVERY_MS, 'mail requests that are over', async () => void (await this.endRequests()));
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
