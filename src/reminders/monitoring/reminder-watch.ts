import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { AlertKind } from '../../contracts/reminders/operation.js';
import { Intervals } from '../../infra/queue/intervals.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { Notifier } from '../../notifications/notifier.js';
import type { AlertEpisodeRow } from './alert-episode.schema.js';
import { AlertEpisodes } from './alert-episodes.repository.js';
import { type Trouble, troublesIn } from './alert-rules.js';
import { ReminderHealth } from './reminder-health.js';

const LOOK_EVERY_MS = MINUTE;

/** Where admins see what is wrong, and the queues. */
const ADMIN_PAGE = '/admin';

/**
 * Looks whether reminders go out in time, and tells the admins of the installation: once when something goes wrong, at any hour, and once
 * in the inbox alone when it is over. Every process looks, also one that sends nothing itself: where no worker runs, a web process says
 * so. What is told is settled by the row of the episode and by the key of the notice, so that any number of looks makes one.
 */
@Injectable()
export class ReminderWatch implements OnModuleInit {
  private readonly logger = new Logger('ReminderWatch');

  constructor(
    private readonly clock: Clock,
    private readonly intervals: Intervals,
    private readonly health: ReminderHealth,
    private readonly episodes: AlertEpisodes,
    private readonly users: UsersRepository,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.intervals.every(LOOK_EVERY_MS, 'reminders to watch', () => this.look(), 'everywhere');
  }

  /** One look. What a process that died had begun and not told of is told by the next. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const troubles = new Map(troublesIn(await this.health.at(now), now).map((one) => [one.kind, one]));
    for (const { kind, ...figures } of troubles.values())
      this.logger.error({ alert: `reminders_${kind}`, ...figures }, SAYS[kind]);
    await Promise.all(
      AlertKind.options.map((kind) => {
        const trouble = troubles.get(kind);
        return trouble ? this.episodes.wrong(trouble, now) : this.episodes.well(kind, now);
      }),
    );
    for (const episode of await this.episodes.all()) if (episode.toTell) await this.tell(episode);
  }

  private async tell(episode: AlertEpisodeRow): Promise<void> {
    const { _id: kind, startedAt, toTell, wellSince } = episode;
    const key = `reminders-${kind}-${startedAt.getTime()}`;
    const to = {
      ...{ userIds: await this.users.admins(), cohortId: null },
      ...{ link: ADMIN_PAGE, why: 'admin' },
    };
    const params = alertParams({ ...episode, kind });
    if (toTell === 'start') await this.notifier.notify({ ...to, kind: 'operation.alert', params, key });
    else
      await this.notifier.notify({
        ...{ ...to, kind: 'operation.over', key: `${key}-over`, only: ['inbox'] },
        params: { ...params, untilAt: wellSince?.toISOString() ?? null },
      });
    await this.episodes.told(episode);
  }
}

const SAYS: Record<AlertKind, string> = {
  late: 'reminders are late',
  deferred: 'mails of reminders are put off',
  fail: 'more reminders fail than should',
};

/** What fills the words of an alert. */
export const alertParams = ({ kind, since, count, among }: Trouble): NoticeParams => ({
  ...{ alert: kind, count, among },
  sinceAt: since.toISOString(),
});
