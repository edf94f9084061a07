import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BusySource, BusySources } from '../calendar/busy-sources.js';
import { type GoingRow, RegistrationsRepository } from './registrations.repository.js';
import { type HostedRow, WorkshopsRepository } from './workshops.repository.js';

/** Says when people are at a workshop, as its hosts or going there, so that no coaching slot is offered then. Who waits is free. */
@Injectable()
export class WorkshopTimes implements OnModuleInit {
  constructor(
    private readonly busy: BusySources,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
  ) {}

  onModuleInit(): void {
    this.busy.register(this.going(), this.hosting());
  }

  private going(): BusySource<GoingRow> {
    return {
      ask: (people, from, to) => this.registrations.timesAsk(people, from, to),
      intervals: ({ userId, startsAt, endsAt }) => [{ userId: String(userId), startsAt, endsAt }],
    };
  }

  private hosting(): BusySource<HostedRow> {
    return {
      ask: (people, from, to) => this.workshops.hostedAsk(people, from, to),
      intervals: ({ hosts, startsAt, endsAt }) => hosts.map((host) => ({ userId: String(host), startsAt, endsAt })),
    };
  }
}
