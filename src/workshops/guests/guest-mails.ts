import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/clock.js';
import { answerOf, handOverOf } from '../../infra/mail/hand-over.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineQueue } from '../../infra/queue/job-queues.js';
import { GuestLetters } from './guest-letters.js';
import { GuestLettersRepository, type NewGuestLetter } from './guest-letters.repository.js';
import { GuestsRepository } from './guests.repository.js';

/** Letters to guests. A job carries an id only; the token of a link is made when the letter is written. */
export const guestMail = defineQueue<{ id: string }>('guest-mail');

const LEASE_MS = 2 * MINUTE;
const MOST_TRIES = 5;

/** Sends the letters to guests. The row says what is due; alarms make it quick. */
@Injectable()
export class GuestMails implements OnModuleInit {
  private readonly logger = new Logger('GuestMails');

  constructor(
    private readonly rows: GuestLettersRepository,
    private readonly guests: GuestsRepository,
    private readonly letters: GuestLetters,
    private readonly mailer: Mailer,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.due);
  }

  /** Writes letters down, each once by its key, and rings for them. */
  async write(letters: readonly NewGuestLetter[]): Promise<void> {
    const now = this.clock.now();
    for (const id of await this.rows.add(letters, now)) void this.alarms.set(guestMail, id, now);
  }

  /** What the worker does every few seconds for those whose alarm was lost. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.due);
  }

  /** Sends one letter when it is due and nobody else does; one that fails for now is tried again when its lease is over. */
  private async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const row = await this.rows.claim(id, now, new Date(now.getTime() + LEASE_MS), MOST_TRIES);
    if (!row) return;
    const mail = await this.letters.write(row);
    if (mail) await this.handOver(row.guestId, mail);
    await this.rows.done(id);
  }

  /** What the server refuses for good is over, and their hosts see that the address takes no mail. */
  private async handOver(guestId: Types.ObjectId, mail: OutgoingMail): Promise<void> {
    try {
      await this.mailer.inTurn(() => this.mailer.send(mail));
    } catch (error) {
      if (handOverOf(error) !== 'refused') throw error;
      const answer = answerOf(error);
      this.logger.warn({ guestId: String(guestId), answer }, 'a letter to a guest was refused');
      await this.guests.refused(guestId, this.clock.now(), answer);
      return;
    }
    await this.guests.reached(guestId);
  }

  private readonly due = {
    kind: guestMail,
    due: (now: Date, limit: number) => this.rows.due(now, MOST_TRIES, limit),
    work: (id: Types.ObjectId) => this.send(id),
  };
}
