import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, DAY } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Ends } from '../../infra/queue/ends.js';
import { ToldPairs } from '../rules/told-pairs.js';
import { NotificationsRepository } from './notifications.repository.js';

/** Old notices leave the inbox. */
@Injectable()
export class NoticeEnds implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly notifications: NotificationsRepository,
    private readonly pairs: ToldPairs,
    private readonly ends: Ends,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('notices', () => this.turn());
    this.ends.of('pairs of people who were told', () => this.pairs.forget());
  }

  /** One turn; returns how many went. */
  async turn(): Promise<number> {
    return await this.notifications.forget(new Date(this.clock.now().getTime() - this.config.KEEP_NOTICES_DAYS * DAY));
  }
}
