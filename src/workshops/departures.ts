import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft } from '../cohorts/cohorts.events.js';
import { Members } from '../cohorts/members.service.js';
import { Clock } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { RegistrationDesk } from './registration-desk.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopsRepository } from './workshops.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

const departures = defineQueue<Departure>('workshop-departures');

/** Whoever leaves a cohort gives up their places in what is to come there, so that others may have them. */
@Injectable()
export class Departures implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly members: Members,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly desk: RegistrationDesk,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(memberLeft, ({ cohortId, userId }) =>
      this.queues.add(departures, { cohortId, userId }, { jobId: `left-${cohortId}-${userId}` }),
    );
    this.queues.process(departures, (departure) => this.giveUpPlaces(departure));
  }

  private async giveUpPlaces({ cohortId, userId }: Departure): Promise<void> {
    if (await this.members.find(cohortId, userId)) return;
    const rows = await this.registrations.ofPerson(idOf(userId), ['going', 'waitlisted', 'offered']);
    const workshops = await this.workshops.byIds(
      rows.filter((row) => String(row.cohortId) === cohortId).map((row) => row.workshopId),
    );
    const ahead = workshops.filter((one) => one.status === 'published' && one.endsAt > this.clock.now());
    await Promise.all(ahead.map((one) => this.desk.ask(String(one._id), { kind: 'leave', userId })));
  }
}
