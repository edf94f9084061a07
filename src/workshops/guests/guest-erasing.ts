import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Ends } from '../../infra/queue/ends.js';
import { RegistrationsRepository, STANDING } from '../registrations/registrations.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { GuestMails } from './guest-mails.js';
import { GuestsRepository } from './guests.repository.js';
import { eraseAt, hasLeft } from './public-page.js';

const A_TURN = 500;

/** Forgets guests when their time is over: name, address, answers and letters. Their places stay as numbers in the books. */
@Injectable()
export class GuestErasing implements OnModuleInit {
  constructor(
    private readonly ends: Ends,
    private readonly guests: GuestsRepository,
    private readonly mails: GuestMails,
    private readonly registrations: RegistrationsRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('guests', () => this.erase());
  }

  /**
   * Erases all whose time is over; who has a place after all (the process that wrote it down died) is kept as long as it says, with the
   * letters to them. Who gave it back is not: after the start the books keep such a place.
   */
  async erase(): Promise<void> {
    const now = this.clock.now();
    for (let due = await this.guests.due(now, A_TURN); due.length > 0; due = await this.guests.due(now, A_TURN)) {
      const ids = due.map(({ _id }) => _id);
      const left = new Set(due.filter((guest) => hasLeft(guest)).map(({ _id }) => String(_id)));
      const [standing, workshops] = await Promise.all([
        this.registrations.amongPeople(ids, STANDING),
        this.workshops.byIds([...new Map(due.map(({ workshopId }) => [String(workshopId), workshopId])).values()]),
      ]);
      const later = new Map(workshops.map((row) => [String(row._id), eraseAt(row)]));
      for (const { userId, workshopId, status } of standing) {
        if (left.has(String(userId)) && hasLeft({ leftAt: now }, status)) continue;
        const at = later.get(String(workshopId));
        if (at && at > now) await this.guests.confirmStanding(userId, now, at);
      }
      await this.forget(ids, now);
    }
  }

  /** Together, so that letters neither outlive a guest nor go before one who stays. */
  private async forget(ids: readonly Types.ObjectId[], now: Date): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.guests.erase(ids, now, session);
      const stay = new Set((await this.guests.byIds(ids, session)).map(({ _id }) => String(_id)));
      await this.mails.forget(
        ids.filter((id) => !stay.has(String(id))),
        session,
      );
    });
  }
}
