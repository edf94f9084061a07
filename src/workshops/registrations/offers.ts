import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Alarms } from '../../infra/queue/alarms.js';
import { TEAMS_SPLIT_MS } from './batch-state.js';
import { workshopOffers } from './place-telling.js';
import { PlacesService } from './places.service.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/**
 * Looks at a workshop when the clock alone gives places on: an offer of it is over, so that the place goes to the next in line; the day
 * before it has come, so that those of a team that still waits go one by one.
 */
@Injectable()
export class Offers implements OnModuleInit {
  constructor(
    private readonly alarms: Alarms,
    private readonly places: PlacesService,
    private readonly registrations: RegistrationsRepository,
    private readonly workshops: WorkshopsRepository,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.rows);
  }

  /** What the worker does every few seconds: for those whose alarm was lost, and for teams, which have none. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  /** Those with a line in which a team is not kept together any more. */
  private async withTeamsToSplit(now: Date): Promise<Types.ObjectId[]> {
    const ids: Types.ObjectId[] = [];
    for await (const page of this.workshops.startsBetween(now, new Date(now.getTime() + TEAMS_SPLIT_MS + 1)))
      ids.push(...(await this.registrations.withTeamsInLine(page.map(({ _id }) => _id))));
    return ids;
  }

  private readonly look = async (id: Types.ObjectId) => void (await this.places.ask(String(id), { kind: 'look' }));

  private readonly rows = {
    kind: workshopOffers,
    due: async (now: Date, limit: number) => [
      ...(await this.registrations.workshopsWithLapsed(now, limit)),
      ...(await this.withTeamsToSplit(now)),
    ],
    work: (id: Types.ObjectId) => this.look(id),
  };
}
