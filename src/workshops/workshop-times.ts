import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BusySource, BusySources } from '../calendar/busy-sources.js';
import { toIds } from '../infra/mongo/ids.js';
import { type GoingRow, RegistrationsRepository } from './registrations/registrations.repository.js';
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
      intervals: ({ userId, workshopId, cohortId, startsAt, endsAt }) => [
        {
          ...{ userId: String(userId), startsAt, endsAt },
          ...{ by: 'going', id: String(workshopId), cohortId: String(cohortId) },
        },
      ],
    };
  }

  private hosting(): BusySource<HostedRow> {
    return {
      ask: (people, from, to) => this.workshops.hostedAsk(people, from, to),
      intervals: ({ _id, cohortId, hosts, startsAt, endsAt }) =>
        hosts.map((host) => ({
          ...{ userId: String(host), startsAt, endsAt },
          ...{ by: 'hosting', id: String(_id), cohortId: String(cohortId) },
        })),
      titles: async (ids) => {
        const rows = await this.workshops.byIds(toIds(ids));
        return new Map(rows.map(({ _id, title }) => [String(_id), title]));
      },
    };
  }
}
