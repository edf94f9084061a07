import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { WorkshopChanged } from '../contracts/workshops/workshops.js';
import { Members } from '../cohorts/members/members.service.js';
import { EventBus } from '../infra/events/event-bus.js';
import { idOf } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import {
  guestPlaceChanged,
  registrationChanged,
  registrationSwitched,
  workshopCancelled,
  workshopChanged,
  workshopDocumented,
  workshopDrafted,
  workshopPublished,
} from './workshops.events.js';
import type { WorkshopRow } from './workshop.schema.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** 200 people who join in one breath are told of twice, not 200 times. */
const GATHER_MS = 250;

/** Tells the cohort what changed, gathered: once in {@link GATHER_MS} for each workshop, as it is by then. */
@Injectable()
export class WorkshopsBroadcasts implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('WorkshopsBroadcasts');
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly workshops: WorkshopsRepository,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    const kinds = [workshopDrafted, workshopPublished, workshopChanged, workshopCancelled, workshopDocumented];
    for (const kind of [...kinds, registrationChanged, registrationSwitched, guestPlaceChanged])
      this.bus.on<{ workshopId: string }>(kind, ({ workshopId }) => this.gather(workshopId));
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private gather(workshopId: string): void {
    this.changed.add(workshopId);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell().catch((error: unknown) => this.logger.error({ err: error }, 'changes of workshops were not told'));
    }, GATHER_MS);
  }

  private async tell(): Promise<void> {
    const ids = [...this.changed].map(idOf);
    this.changed.clear();
    for (const row of await this.workshops.byIds(ids)) {
      this.realtime.emit(await this.audienceOf(row), 'workshop.changed', toEvent(row));
    }
  }

  /** The cohort; for a draft only those who may see it: a host who left may stand in one for a moment, or for good where its day has passed. */
  private async audienceOf(row: WorkshopRow): Promise<string[]> {
    const cohortId = String(row.cohortId);
    if (row.status !== 'draft') return [rooms.cohort(cohortId)];
    const here = await this.members.among(cohortId, row.hosts.map(String));
    return [rooms.cohortStaff(cohortId), ...here.map(rooms.user)];
  }
}

function toEvent(row: WorkshopRow): WorkshopChanged {
  return {
    cohortId: String(row.cohortId),
    workshopId: String(row._id),
    going: row.going.onsite + row.going.online,
    waitlisted: row.waitlisted.onsite + row.waitlisted.online,
    status: row.status,
    revision: row.revision,
  };
}
