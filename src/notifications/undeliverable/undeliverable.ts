import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Profile } from '../../auth/users.repository.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Clock } from '../../common/times/clock.js';
import type { MailProblem } from '../../contracts/notifications/notifications.js';
import { idOf } from '../../infra/mongo/ids.js';
import { DeliveryFailed } from '../../infra/mail/delivery-failure.js';
import { refusedAddress } from '../../infra/mail/inbound.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineJob } from '../../infra/queue/job-queues.js';
import { UndeliverableRepository } from './undeliverable.repository.js';
import type { UndeliverableRow } from './undeliverable.schema.js';

/** The alarm of what somebody is to be told of it. */
export const mailStopped = defineJob<{ id: string }>('mail-stopped', 'alarms');

/** People whose address takes no mail: nothing is sent there until they have another, or say that it works again. */
@Injectable()
export class Undeliverable {
  private readonly logger = new Logger('Undeliverable');
  private readonly reads = new BatchPerKey<Types.ObjectId, UndeliverableRow | null>((_, ids) => this.all(ids));

  constructor(
    private readonly rows: UndeliverableRepository,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  async isStopped({ _id, email }: Pick<Profile, '_id' | 'email'>): Promise<boolean> {
    return isOf(await this.reads.ask('people', _id), email);
  }

  /** What a person is told of it; null when all is well. */
  async problemOf({ _id, email }: Pick<Profile, '_id' | 'email'>): Promise<MailProblem> {
    const [row] = await this.rows.of([_id]);
    if (!row || !isOf(row, email)) return { problem: null };
    return { problem: { address: email, since: row.since.toISOString(), status: row.status } };
  }

  /**
   * A mail server said that a person's address is gone, of a letter `writtenAt`: one from before they said that it works again says nothing, since who was shown
   * that letter could report it for ever.
   */
  async stop({ _id, email }: Pick<Profile, '_id' | 'email'>, status: string, writtenAt?: Date): Promise<void> {
    const since = this.clock.now();
    if (!(await this.rows.mark({ _id, email, since, status, tellAt: since }, writtenAt ?? since))) return;
    this.logger.warn({ userId: String(_id), status }, 'an address takes no mail');
    void this.alarms.set(mailStopped, _id, since);
  }

  /** The same, when that is why a mail was not taken from us. */
  async stopIfRefused(person: Pick<Profile, '_id' | 'email'>, error: Error): Promise<void> {
    const status = refusedAddress(error instanceof DeliveryFailed ? error.cause : error);
    if (status) await this.stop(person, status);
  }

  /** It is tried again: the next mail says whether it works. */
  async tryAgain(userId: string): Promise<void> {
    await this.rows.end(idOf(userId), this.clock.now());
  }

  private async all(ids: readonly Types.ObjectId[]): Promise<(UndeliverableRow | null)[]> {
    const rows = new Map((await this.rows.of(ids)).map((row) => [String(row._id), row]));
    return ids.map((id) => rows.get(String(id)) ?? null);
  }
}

/** Another address is another matter, and one that works again is none. */
const isOf = (row: UndeliverableRow | null, email: string) => row?.email === email && !row.endedAt;
