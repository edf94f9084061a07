import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberChanged, memberLeft } from '../cohorts/cohorts.events.js';
import { Members } from '../cohorts/members.service.js';
import { Clock, DAY, MINUTE } from '../common/clock.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { Beats } from '../infra/queue/beats.js';
import { JobQueues, addedAgain, defineQueue } from '../infra/queue/job-queues.js';
import { RegistrationDesk } from './registration-desk.js';
import type { RegistrationRow } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopSeriesRepository } from './workshop-series.repository.js';
import { editionOf } from './workshop.js';
import type { WorkshopRow } from './workshop.schema.js';
import { hostLeft, workshopChanged } from './workshops.events.js';
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
 * Whoever leaves a cohort gives up their places in what is to come there, so that others may have them, and hosts nothing of it any more:
 * their time is free again, and the programme team is told. What has started keeps its hosts. Drafts of who
 * is neither coach nor staff any more wait for staff. An event can die with its process: workers
 * look every few minutes whether somebody still holds a place without being a member, in what starts within two days, and for who left
 * lately in all that is to come.
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
    private readonly series: WorkshopSeriesRepository,
    private readonly clock: Clock,
    private readonly beats: Beats,
  ) {}

  onModuleInit(): void {
    this.bus.on(memberLeft, ({ cohortId, userId }) => this.enqueue([{ cohortId, userId }]));
    this.beats.every(HEAL_EVERY_MS, 'workshop-departures', () => this.heal());
    // Without an id: a job that is under way may have looked before this change.
    this.bus.on(memberChanged, ({ cohortId, userId }) => this.queues.add(departures, { cohortId, userId }));
    this.queues.process(departures, async (departure) => {
      await this.publishNoMore(departure);
      await this.giveUpPlaces(departure);
      await this.hostNoMore(departure);
    });
  }

  /** Finds who holds a place in, waits for or hosts what is to come and is no member any more. Four queries, and one a cohort and page. */
  async heal(): Promise<void> {
    const now = this.clock.now();
    for await (const page of this.workshops.startsBetween(now, new Date(now.getTime() + LOOK_AHEAD_MS)))
      await this.enqueue(await this.goneAmong(await this.registrations.standing(page.map(({ _id }) => _id))));
    const lately = await this.members.goneSince(new Date(Date.now() - REMEMBERED_MS));
    const people = [...new Set(lately.map(({ userId }) => userId))].map(idOf);
    await this.enqueue(await this.goneAmong(await this.registrations.aheadOf(people, now)));
    const cohorts = [...new Set(lately.map(({ cohortId }) => cohortId))].map(idOf);
    const drafted = await this.workshops.draftedBy(cohorts, people);
    const gaveUp = new Set(lately.map(({ cohortId, userId }) => `${cohortId} ${userId}`));
    const theirs = drafted.map(({ cohortId, userId }) => ({ cohortId: String(cohortId), userId: String(userId) }));
    await this.enqueue(theirs.filter(({ cohortId, userId }) => gaveUp.has(`${cohortId} ${userId}`)));
    const left = new Set(people.map(String));
    const hosting = (await this.workshops.hostedAhead(people, now)).flatMap(({ cohortId, hosts }) =>
      hosts.filter((userId) => left.has(String(userId))).map((userId) => ({ cohortId, userId })),
    );
    await this.enqueue(await this.goneAmong(hosting));
  }

  private async goneAmong(those: readonly Pick<RegistrationRow, 'cohortId' | 'userId'>[]): Promise<Departure[]> {
    const byCohort = new Map<string, Set<string>>();
    for (const { cohortId, userId } of those) {
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
    const changed = await this.desk.changeAll(async (session) => {
      const rows: WorkshopRow[] = [];
      // Within a transaction one writes one thing after the other; each attempt asks anew whether they are back.
      for (const { _id } of hosted) {
        const row = await this.workshops.lock(_id, session);
        if (row?.startsAt && row.startsAt > now && row.hosts.some((host) => host.equals(person))) rows.push(row);
      }
      if (rows.length === 0 || (await this.members.find(cohortId, userId))) return { changes: [], result: [] };
      for (const { seriesId } of rows) if (seriesId) await this.series.countEdit(seriesId, null, session);
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
    if (changed.length > 0) this.bus.publish(hostLeft, { cohortId, userId });
  }
}
