import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft, roleChanged } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { PlacesService } from './places.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopSeriesRepository } from '../series/workshop-series.repository.js';
import { editionOf } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { hostLeft, workshopChanged } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

/**
 * Whoever leaves a cohort gives up their places in what is to come there, so that others may have them, and hosts nothing of it any more:
 * their time is free again, and the programme team is told. What has started keeps its hosts. Drafts of who
 * is neither coach nor staff any more wait for staff.
 */
@Injectable()
export class Departures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly series: WorkshopSeriesRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const kind of [memberLeft, roleChanged]) this.outbox.on(kind, 'workshops', (member) => this.follow(member));
  }

  private async follow(departure: Departure): Promise<void> {
    await this.publishNoMore(departure);
    await this.giveUpPlaces(departure);
    await this.hostNoMore(departure);
  }

  private async giveUpPlaces({ cohortId, userId }: Departure): Promise<void> {
    if (await this.members.find(cohortId, userId)) return;
    const rows = await this.registrations.ofPerson(idOf(userId), ['going', 'waitlisted', 'offered']);
    const workshops = await this.workshops.byIds(
      rows.filter((row) => String(row.cohortId) === cohortId).map((row) => row.workshopId),
    );
    const ahead = workshops.filter((one) => one.status === 'published' && one.endsAt > this.clock.now());
    await Promise.all(ahead.map((one) => this.places.ask(String(one._id), { kind: 'leave', userId })));
  }

  /** What somebody drafted as a coach or as staff waits for staff once they are neither: nobody publishes it by a right that is gone. */
  private async publishNoMore({ cohortId, userId }: Departure): Promise<void> {
    const role = (await this.members.find(cohortId, userId))?.role;
    if (role === 'staff' || role === 'coach') return;
    await this.workshops.becomeProposals(idOf(cohortId), idOf(userId), this.clock.now());
  }

  /** All of it in one act, so that it is told of once. Who came back meanwhile, and was chosen again, stays. */
  private async hostNoMore({ cohortId, userId }: Departure): Promise<void> {
    const now = this.clock.now();
    const person = idOf(userId);
    const hosted = (await this.workshops.hostedAhead([person], now)).filter((one) => String(one.cohortId) === cohortId);
    if (hosted.length === 0) return;
    const changed = await this.places.changeAll(async (session) => {
      const rows: WorkshopRow[] = [];
      // Within a transaction one writes one thing after the other; each attempt asks anew whether they are back.
      for (const { _id } of hosted) {
        const row = await this.workshops.lock(_id, session);
        if (row?.startsAt && row.startsAt > now && row.hosts.some((host) => host.equals(person))) rows.push(row);
      }
      if (rows.length === 0 || (await this.members.find(cohortId, userId))) return { changes: [], result: [] };
      for (const { seriesId } of rows) if (seriesId) await this.series.countEdit(seriesId, null, session);
      await this.outbox.write(hostLeft, { cohortId, userId }, session);
      const changes = rows.map((row) => ({
        row,
        change: {
          hosts: row.hosts.filter((host) => !host.equals(person)),
          hostLeft: { userId: person, at: now },
          edition: editionOf(row) + 1,
        },
      }));
      return { changes, result: rows.map(({ _id }) => String(_id)) };
    });
    for (const workshopId of changed) this.bus.publish(workshopChanged, { cohortId, workshopId, changed: ['hosts'] });
  }
}
