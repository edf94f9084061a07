import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind, DeliveryMove } from '../../infra/deliveries/delivery-kind.js';
import { answerOf } from '../../infra/mail/delivery-failure.js';
import type { AboutGuest, NewGuestLetter } from './guest-letter.js';
import { GuestLetters } from './guest-letters.js';
import { GuestsRepository } from './guests.repository.js';

/** Letters to guests. The token of a link is made when the letter is written. */
@Injectable()
export class GuestMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutGuest> = {
    name: 'guest',
    way: 'letters',
    prepare: async (delivery) => {
      const letter = await this.letters.write(delivery);
      return letter ? { letter } : { skip: 'over' };
    },
    moved: ({ of }, move) => this.remember(of, move),
  };

  constructor(
    private readonly deliveries: Deliveries,
    private readonly guests: GuestsRepository,
    private readonly letters: GuestLetters,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /** Has letters sent, each once by its key. */
  async write(letters: readonly NewGuestLetter[]): Promise<void> {
    await this.deliveries.write(
      this.kind,
      letters.map(({ key, dueAt, guestId, ...about }) => ({ key, of: guestId, about, ...(dueAt && { dueAt }) })),
    );
  }

  /** Forgets the letters to guests who are forgotten. */
  async forget(guestIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.deliveries.forget(this.kind, guestIds, session);
  }

  /** Hosts see of an address that the server refuses for good that it takes no mail, until a letter arrives. */
  private async remember(guestId: Types.ObjectId, move: DeliveryMove): Promise<void> {
    if (move.to === 'sent') await this.guests.reached(guestId);
    if (move.to === 'failed' && move.because === 'refused')
      await this.guests.refused(guestId, this.clock.now(), answerOf(move.error));
  }
}
