import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import type { Operation } from '../../contracts/reminders/operation.js';
import { notFound } from '../../common/problem.js';
import { idOf } from '../../infra/mongo/ids.js';
import type { BoardReader } from '../../infra/queue/queue-board-page.js';
import { noticeText } from '../../notifications/words/words.js';
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

  /** For the page of the queues: what is wrong at this moment, in one line. Throws when they are gone. */
  async boardFor(userId: string): Promise<BoardReader> {
    const now = this.clock.now();
    const [health, reader] = await Promise.all([this.health.at(now), this.users.profile(idOf(userId))]);
    if (!reader) throw notFound();
    const lines = troublesIn(health, now).map(
      (trouble) => noticeText({ kind: 'operation.alert', params: alertParams(trouble), why: 'admin' }, reader).title,
    );
    return { locale: reader.locale, alert: lines.length > 0 ? lines.join(' · ') : null };
  }
}
