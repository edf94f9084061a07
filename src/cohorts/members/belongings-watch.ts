import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { MembershipsRepository } from './memberships.repository.js';

const ASK_EVERY_MS = 2000;
const OVERLAP_MS = 10_000;

/**
 * Who left a cohort or lost a role is taken out of its rooms by a push over Redis, at once. The push can be lost with Redis or with
 * the process that was to send it: so each process asks MongoDB every 2 s whose belongings changed, and looks at their sockets.
 */
@Injectable()
export class BelongingsWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('BelongingsWatch');
  private timer: NodeJS.Timeout | undefined;
  private askedUntil = new Date(Date.now() - OVERLAP_MS);
  private turn: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly memberships: MembershipsRepository,
    private readonly realtime: Realtime,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.ROLES.includes('web')) this.askAgain();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.turn;
  }

  private askAgain(): void {
    this.timer = setTimeout(() => {
      this.turn = this.ask().finally(() => {
        if (this.timer) this.askAgain();
      });
    }, ASK_EVERY_MS);
  }

  private async ask(): Promise<void> {
    try {
      const asking = Date.now();
      await this.realtime.lookAgain(await this.memberships.changedSince(this.askedUntil));
      this.askedUntil = new Date(asking - OVERLAP_MS);
    } catch (error) {
      this.logger.warn({ err: error }, 'could not ask whose belongings changed');
    }
  }
}
