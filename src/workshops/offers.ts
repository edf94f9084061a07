import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Alarms } from '../infra/queue/alarms.js';
import { RegistrationDesk, workshopOffers } from './registration-desk.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** Looks at a workshop when an offer of it is over, so that the place goes to the next in line. */
@Injectable()
export class Offers implements OnModuleInit {
  constructor(
    private readonly alarms: Alarms,
    private readonly desk: RegistrationDesk,
    private readonly registrations: RegistrationsRepository,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.rows);
  }

  /** What the worker does every few seconds for those whose alarm was lost. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  private readonly rows = {
    kind: workshopOffers,
    due: (now: Date, limit: number) => this.registrations.workshopsWithLapsed(now, limit),
    work: async (id: Types.ObjectId) => void (await this.desk.ask(String(id), { kind: 'look' })),
  };
}
