import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { MAX_DELIVERY_ATTEMPTS, answerOf, failureOf, pauseAfter } from '../../infra/mail/delivery-failure.js';
import { NoTurn } from '../../infra/mail/mail-turns.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineQueue } from '../../infra/queue/job-queues.js';
import type { GuestLetterRow } from './guest-letter.schema.js';
import { GuestLetters } from './guest-letters.js';
import { GuestLettersRepository, type NewGuestLetter } from './guest-letters.repository.js';
import { GuestsRepository } from './guests.repository.js';

/** Letters to guests. A job carries an id only; the token of a link is made when the letter is written. */
export const guestMail = defineQueue<{ id: string }>('guest-mail');

const LEASE_MS = 2 * MINUTE;
/** A mail that may have been taken each time is not sent as often as one that surely was not. */
const MAX_UNSURE = 5;

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

  /** Sends one letter when it is due and nobody else does. One whose process dies meanwhile is due again when its lease is over. */
  private async send(id: Types.ObjectId): Promise<void> {
    const now = this.clock.now();
    const row = await this.rows.claim(id, now, new Date(now.getTime() + LEASE_MS));
    if (!row) return;
    if (row.tries > MAX_DELIVERY_ATTEMPTS) {
      await this.giveUp(row, 'interrupted');
      return;
    }
    const mail = await this.letters.write(row);
    if (mail) await this.handOver(row, mail);
    else await this.rows.done(id);
  }

  private async handOver(row: GuestLetterRow, mail: OutgoingMail): Promise<void> {
    try {
      await this.mailer.inTurn(() => this.mailer.send(mail));
    } catch (error) {
      if (error instanceof NoTurn) await this.putBack(row);
      else if (failureOf(error) === 'refused') await this.refused(row, error);
      else await this.tryLater(row, error);
      return;
    }
    await this.guests.reached(row.guestId);
    await this.rows.done(row._id);
  }

  /** The server is busy with other mails, or the process stops: this was no try. */
  private async putBack(row: GuestLetterRow): Promise<void> {
    await this.rows.putBack(row, { dueAt: this.inMs(MINUTE), untried: true });
  }

  /** What the server refuses for good is over, and their hosts see that the address takes no mail. */
  private async refused({ _id, guestId }: GuestLetterRow, error: unknown): Promise<void> {
    const answer = answerOf(error);
    this.logger.warn({ guestId: String(guestId), answer }, 'a letter to a guest was refused');
    await this.guests.refused(guestId, this.clock.now(), answer);
    await this.rows.done(_id);
  }

  private async tryLater(row: GuestLetterRow, error: unknown): Promise<void> {
    const outcome = failureOf(error);
    const pause = outcome === 'unknown' && row.tries >= MAX_UNSURE ? null : pauseAfter(row.tries);
    if (pause === null) {
      await this.giveUp(row, outcome);
      return;
    }
    this.logger.warn({ letter: String(row._id), outcome }, 'a letter to a guest was not handed over');
    await this.rows.putBack(row, { dueAt: this.inMs(pause) });
  }

  private async giveUp({ _id, tries }: GuestLetterRow, outcome: string): Promise<void> {
    this.logger.error({ letter: String(_id), outcome, tries }, 'a letter to a guest will not go');
    await this.rows.failed(_id, this.clock.now());
  }

  private inMs(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }

  private readonly due = {
    kind: guestMail,
    due: (now: Date, limit: number) => this.rows.due(now, limit),
    work: (id: Types.ObjectId) => this.send(id),
  };
}
