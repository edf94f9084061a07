import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { Clock } from '../common/clock.js';
import type { Operation } from '../contracts/operation.js';
import { idOf } from '../infra/mongo/ids.js';
import { noticeText } from '../notifications/words.js';
import { AlertEpisodes } from './alert-episodes.repository.js';
import { alertsOf, troublesIn } from './alert-rules.js';
import { ReminderHealth } from './reminder-health.js';
import { alertParams } from './reminder-watch.js';

/** How the reminders of the installation are doing, for its admins. */
@Injectable()
export class OperationService {
  constructor(
    private readonly clock: Clock,
    private readonly health: ReminderHealth,
    private readonly episodes: AlertEpisodes,
    private readonly users: UsersRepository,
  ) {}

  /** As it is at this moment, whether somebody has looked or not. */
  async now(): Promise<Operation> {
    const now = this.clock.now();
    const [health, episodes] = await Promise.all([this.health.at(now), this.episodes.all()]);
    const open = episodes.filter((one) => one.open).map(({ _id, ...figures }) => ({ kind: _id, ...figures }));
    const { sent, failed, deferred } = health;
    const alerts = alertsOf(troublesIn(health, now), open);
    return { sent, failed: failed.count, deferred: deferred.count, alerts };
  }

  /** What is wrong at this moment, in one line in the language of who reads it; null while all is well. */
  async lineFor(userId: string): Promise<string | null> {
    const now = this.clock.now();
    const troubles = troublesIn(await this.health.at(now), now);
    const reader = troubles.length > 0 && (await this.users.profile(idOf(userId)));
    if (!reader) return null;
    const lines = troubles.map(
      (trouble) => noticeText({ kind: 'operation.alert', params: alertParams(trouble), why: 'admin' }, reader).title,
    );
    return lines.join(' · ');
  }
}
