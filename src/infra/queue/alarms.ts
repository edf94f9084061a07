import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import { idOf } from '../mongo/ids.js';
import { Intervals } from './intervals.js';
import { JobQueues, type JobKind } from './job-queues.js';

/** Rows that are due at a time. */
export interface DueRows {
  kind: JobKind<{ id: string }>;
  /** Those to be looked at by now, the earliest first. */
  due: (now: Date, limit: number) => Promise<Types.ObjectId[]>;
  /** Does what is due, once: it has to claim the row. */
  work: (id: Types.ObjectId) => Promise<void>;
  /** How many a turn does at a time; without, one after the other. */
  atATime?: number;
  /** How often a turn comes; every fifteen seconds without. */
  everyMs?: number;
  /** It takes long, or waits for others: a turn puts it in its queue, which does so many at a time. */
  inQueue?: true;
}

const EVERY_MS = 15_000;
const A_PAGE = 100;
/** So that what stays due, since it fails, ends a turn. */
const MAX_PAGES = 20;
/** What lies further ahead is found by the turns when it is due. */
const NEAR_MS = 2 * DAY;

/** Wakes rows when they are due: by an alarm in Redis, and by a turn of the worker for those whose alarm was lost or that somebody left. */
@Injectable()
export class Alarms {
  private readonly logger = new Logger('Alarms');

  constructor(
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly clock: Clock,
  ) {}

  /** Called while the app is put together. */
  watch(rows: DueRows): void {
    this.queues.process(rows.kind, ({ id }) => rows.work(idOf(id)));
    this.intervals.every(rows.everyMs ?? EVERY_MS, rows.kind.name, () => this.turn(rows));
  }

  /** Does what is due now, a page after the other while they are full. One that fails holds up no other: the next turn tries it again. */
  async turn({ kind, due, work, atATime = 1, inQueue }: DueRows): Promise<void> {
    const tryOne = (id: Types.ObjectId) =>
      work(id).catch((error: unknown) =>
        this.logger.warn({ err: error, queue: kind.name, id: String(id) }, 'what is due was not done'),
      );
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const now = this.clock.now();
      const ids = await due(now, A_PAGE);
      if (inQueue) {
        await this.setAll(
          kind,
          ids.map((id) => ({ id, at: now })),
        );
        return;
      }
      for (let from = 0; from < ids.length; from += atATime)
        await Promise.all(ids.slice(from, from + atATime).map(tryOne));
      if (ids.length < A_PAGE) return;
    }
  }

  /** Sets an alarm. Without Redis the turns find the row. */
  async set(kind: JobKind<{ id: string }>, id: Types.ObjectId, at: Date): Promise<void> {
    await this.setAll(kind, [{ id, at }]);
  }

  /** Sets many in one round trip. */
  async setAll(kind: JobKind<{ id: string }>, alarms: readonly { id: Types.ObjectId; at: Date }[]): Promise<void> {
    const now = this.clock.now().getTime();
    const jobs = alarms.flatMap(({ id, at }) => {
      const delay = Math.max(0, at.getTime() - now);
      // An alarm of an old time has another name, so that it never stands in the way of a new one.
      const jobId = `${kind.name}-${String(id)}-${at.getTime().toString(36)}`;
      return delay > NEAR_MS ? [] : [{ data: { id: String(id) }, options: { delay, jobId } }];
    });
    await this.queues
      .addAll(kind, jobs)
      .catch((error: unknown) => this.logger.warn({ err: error, queue: kind.name }, 'alarms were not set'));
  }
}
