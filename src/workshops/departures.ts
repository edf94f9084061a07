import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft } from '../cohorts/cohorts.events.js';
import { Members } from '../cohorts/members.service.js';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues, addedAgain, defineQueue } from '../infra/queue/job-queues.js';
import { RegistrationDesk } from './registration-desk.js';
import type { RegistrationRow } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopsRepository } from './workshops.repository.js';

interface Departure {
  cohortId: string;
  userId: string;
}

const departures = defineQueue<Departure>('workshop-departures');

const HEAL_EVERY_MS = 5 * MINUTE;
const LOOK_AHEAD_MS = 2 * DAY;
/** Real time, as memberships are stamped. Longer than all workers are ever away. */
const REMEMBERED_MS = 60 * DAY;

/**
 * Whoever leaves a cohort gives up their places in what is to come there, so that others may have them. An event can die with its
 * process: workers look every few minutes whether somebody still holds a place without being a member, in what starts within two days,
 * and for who left lately in all that is to come.
 */
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
    private readonly beats: Beats,
  ) {}

  onModuleInit(): void {
    this.bus.on(memberLeft, ({ cohortId, userId }) => this.enqueue([{ cohortId, userId }]));
    this.beats.every(HEAL_EVERY_MS, 'workshop-departures', () => this.heal());
    this.queues.process(departures, (departure) => this.giveUpPlaces(departure));
  }

  /** Finds who holds a place in, or waits for, what is to come and is no member any more. Two queries, and one a cohort and page. */
  async heal(): Promise<void> {
    const now = this.clock.now();
    for await (const page of this.workshops.startsBetween(now, new Date(now.getTime() + LOOK_AHEAD_MS)))
      await this.enqueue(await this.goneAmong(await this.registrations.standing(page.map(({ _id }) => _id))));
    const lately = await this.members.goneSince(new Date(Date.now() - REMEMBERED_MS));
    const theirs = await this.registrations.aheadOf([...new Set(lately.map(({ userId }) => userId))].map(idOf), now);
    await this.enqueue(await this.goneAmong(theirs));
  }

  private async goneAmong(standing: readonly Pick<RegistrationRow, 'cohortId' | 'userId'>[]): Promise<Departure[]> {
    const byCohort = new Map<string, Set<string>>();
    for (const { cohortId, userId } of standing) {
      byCohort.set(String(cohortId), (byCohort.get(String(cohortId)) ?? new Set()).add(String(userId)));
    }
    const gone: Departure[] = [];
    // One after the other: this is in nobody's hurry.
    for (const [cohortId, people] of byCohort) {
      const userIds = [...people];
      const members = new Set((await this.members.list(cohortId, { userIds })).map((member) => member.userId));
      gone.push(...userIds.filter((userId) => !members.has(userId)).map((userId) => ({ cohortId, userId })));
    }
    return gone;
  }

  private async enqueue(those: readonly Departure[]): Promise<void> {
    await this.queues.addAll(
      departures,
      those.map((data) => ({ data, options: addedAgain(`left-${data.cohortId}-${data.userId}`) })),
    );
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
