import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import { idOf } from '../mongo/ids.js';
import { Intervals } from './intervals.js';
import { JobQueues, type QueueKind } from './job-queues.js';

/** Rows that are due at a time. */
export interface DueRows {
  kind: QueueKind<{ id: string }>;
  /** Those to be looked at by now, the earliest first. */
  due: (now: Date, limit: number) => Promise<Types.ObjectId[]>;
  /** Does what is due, once: it has to claim the row. */
  work: (id: Types.ObjectId) => Promise<void>;
}

const EVERY_MS = 15_000;
const A_TURN = 100;
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
    this.intervals.every(EVERY_MS, rows.kind.name, () => this.turn(rows));
  }

  /** Does what is due now. One that fails holds up no other: the next turn tries it again. */
  async turn({ kind, due, work }: DueRows): Promise<void> {
    for (const id of await due(this.clock.now(), A_TURN)) {
      await work(id).catch((error: unknown) =>
        this.logger.warn({ err: error, queue: kind.name, id: String(id) }, 'what is due was not done'),
      );
    }
  }

  /** Sets an alarm. Without Redis the turns find the row. */
  async set(kind: QueueKind<{ id: string }>, id: Types.ObjectId, at: Date): Promise<void> {
    const delay = Math.max(0, at.getTime() - this.clock.now().getTime());
    if (delay > NEAR_MS) return;
    // An alarm of an old time has another name, so that it never stands in the way of a new one.
    const jobId = `${kind.name}-${String(id)}-${at.getTime().toString(36)}`;
    await this.queues
      .add(kind, { id: String(id) }, { delay, jobId })
      .catch((error: unknown) => this.logger.warn({ err: error, queue: kind.name }, 'an alarm was not set'));
  }
}
