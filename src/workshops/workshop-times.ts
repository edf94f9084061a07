import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BusyInterval, BusySources } from '../calendar/busy-sources.js';
import { toIds } from '../infra/mongo/ids.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** Says when people are at a workshop, as its hosts or going there, so that no coaching slot is offered then. Who waits is free. */
@Injectable()
export class WorkshopTimes implements OnModuleInit {
  constructor(
    private readonly busy: BusySources,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
  ) {}

  onModuleInit(): void {
    this.busy.register((userIds, from, to) => this.between(userIds, from, to));
  }

  private async between(userIds: readonly string[], from: Date, to: Date): Promise<BusyInterval[]> {
    const people = toIds(userIds);
    const going = await this.registrations.goingOf(people);
    const [joined, hosted] = await Promise.all([
      this.workshops.times({ _id: { $in: going.map((one) => one.workshopId) } }, from, to),
      this.workshops.times({ hosts: { $in: people } }, from, to),
    ]);
    const times = new Map(joined.map((workshop) => [String(workshop._id), workshop]));
    const asGuest = going.flatMap(({ userId, workshopId }): BusyInterval[] => {
      const workshop = times.get(String(workshopId));
      return workshop ? [{ userId: String(userId), startsAt: workshop.startsAt, endsAt: workshop.endsAt }] : [];
    });
    const asHost = hosted.flatMap(({ hosts, startsAt, endsAt }) =>
      hosts.map((host) => ({ userId: String(host), startsAt, endsAt })),
    );
    return [...asGuest, ...asHost];
  }
}
