import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Types } from 'mongoose';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { Intervals } from '../../infra/queue/intervals.js';
import type { CohortRow } from '../cohort.schema.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { lastNight } from './night.js';
import { NightsRepository } from './nights.repository.js';

const EVERY_MS = 30_000;
const A_PAGE = 100;
/** So long one process has a cohort to itself; when it dies, or fails, one takes it after that. */
const HELD_MS = 10 * MINUTE;
/** What belongs to no cohort has its night as one that is in UTC. */
const NO_COHORT = { _id: new Types.ObjectId('000000000000000000000000'), timeZone: 'UTC' };

type Compared = Pick<CohortRow, '_id' | 'timeZone'>;

/**
 * Compares what is there with what must be, once a night and once after a process has started: what comes with the days alone, and whatever went wrong, also in a version
 * before. Rooms say what they compare; facts of the outbox bring all the rest in time (docs/adr/0050).
 */
@Injectable()
export class Nights implements OnModuleInit, OnApplicationBootstrap {
  private readonly ofCohorts: ((cohort: CohortRow) => Promise<unknown>)[] = [];
  private readonly ofNone: (() => Promise<unknown>)[] = [];
  private startedAt = new Date(0);

  constructor(
    private readonly clock: Clock,
    private readonly intervals: Intervals,
    private readonly cohorts: CohortsRepository,
    private readonly nights: NightsRepository,
  ) {}

  onModuleInit(): void {
    this.intervals.every(EVERY_MS, 'what the night compares', () => this.turn());
  }

  onApplicationBootstrap(): void {
    this.startedAt = this.clock.now();
  }

  /** Registers what is compared in each cohort, in its own night; a second time changes nothing. Called while the app is put together. */
  compareEach(compare: (cohort: CohortRow) => Promise<unknown>): void {
    this.ofCohorts.push(compare);
  }

  /** Registers what is compared across all cohorts, or belongs to none. Called while the app is put together. */
  compareAll(compare: () => Promise<unknown>): void {
    this.ofNone.push(compare);
  }

  /** Compares whose turn it is, one after the other. What fails keeps nothing else back, and comes again when it is held no more. */
  async turn(): Promise<void> {
    const due: CohortRow[] = [];
    let last: Types.ObjectId | null = null;
    for (let size = A_PAGE; size === A_PAGE;) {
      const page: CohortRow[] = await this.cohorts.page(last, A_PAGE);
      due.push(...(await this.dueAmong(page)));
      last = page.at(-1)?._id ?? null;
      size = page.length;
    }
    const turns = due.map((cohort) => () => this.compare(cohort, this.ofCohorts, cohort));
    for (const none of await this.dueAmong([NO_COHORT])) turns.push(() => this.compare(none, this.ofNone, undefined));
    await tryEach(turns, (turn) => turn());
  }

  private async dueAmong<One extends Compared>(those: readonly One[]): Promise<One[]> {
    const comparedAt = await this.nights.comparedAt(those.map(({ _id }) => _id));
    return those.filter((one) => {
      const at = comparedAt.get(String(one._id));
      return !at || at < this.since(one);
    });
  }

  private async compare<Of>(one: Compared, all: readonly ((of: Of) => Promise<unknown>)[], of: Of): Promise<void> {
    const now = this.clock.now();
    if (!(await this.nights.hold(one._id, this.since(one), now, new Date(now.getTime() + HELD_MS)))) return;
    await tryEach(all, (compare) => compare(of));
    await this.nights.release(one._id, now);
  }

  /** Whatever was compared before is to be compared. */
  private since({ timeZone }: Compared): Date {
    const night = lastNight(this.clock.now(), timeZone);
    return night > this.startedAt ? night : this.startedAt;
  }
}
