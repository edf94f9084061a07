import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { TEAMS_SPLIT_MS } from './batch-state.js';
import { PlacesService, workshopOffers } from './places.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';

const LOOK_EVERY_MS = MINUTE;

/**
 * Looks at a workshop when the clock alone gives places on: an offer of it is over, so that the place goes to the next in line; the day
 * before it has come, so that those of a team that still waits go one by one.
 */
@Injectable()
export class Offers implements OnModuleInit {
  constructor(
    private readonly alarms: Alarms,
    private readonly intervals: Intervals,
    private readonly places: PlacesService,
    private readonly registrations: RegistrationsRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.rows);
    this.intervals.every(LOOK_EVERY_MS, 'teams in line', () => this.splitTeams());
  }

  /** What the worker does every few seconds for those whose alarm was lost. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  /** Has the lines looked at in which a team is not kept together any more. */
  async splitTeams(): Promise<void> {
    const now = this.clock.now();
    for await (const page of this.workshops.startsBetween(now, new Date(now.getTime() + TEAMS_SPLIT_MS + 1)))
      for (const id of await this.registrations.withTeamsInLine(page.map(({ _id }) => _id))) await this.look(id);
  }

  private readonly look = async (id: Types.ObjectId) => void (await this.places.ask(String(id), { kind: 'look' }));

  private readonly rows = {
    kind: workshopOffers,
    due: (now: Date, limit: number) => this.registrations.workshopsWithLapsed(now, limit),
    work: (id: Types.ObjectId) => this.look(id),
  };
}
