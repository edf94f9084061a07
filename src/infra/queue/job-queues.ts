import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Job, type JobsOptions, Queue, Worker } from 'bullmq';
import { CONFIG, type Config } from '../../config/config.js';

/** One queue: its name and the shape of its jobs. Job data hold ids only, never a token, a text or an address. */
export interface QueueKind<Data> {
  readonly name: string;
  readonly concurrency: number;
  /** Only for the type; never set. */
  readonly data?: Data;
}

/** Names a queue once. `concurrency` is how many jobs one worker process does at a time. */
export function defineQueue<Data>(name: string, concurrency = 5): QueueKind<Data> {
  return { name, concurrency };
}

interface Processor {
  kind: QueueKind<unknown>;
  process: (data: never, job: Job) => Promise<void>;
}

const KEEP_FAILED = 5000;

/**
 * For a job that is added under the same id time and again, by whoever looks for what was not done: once while it waits. It is not kept
 * when it has failed for good, or it would stand in the way of each later one; the log tells of it.
 */
export const addedAgain = (jobId: string): JobsOptions => ({ jobId, removeOnFail: true });

/**
 * BullMQ behind two verbs: `add` and `process`. Completed jobs are removed (an existing id would be silently ignored when added
 * again), failed ones are kept and visible, but those of {@link addedAgain}. Workers run only in processes with the role `worker`.
 */
@Injectable()
export class JobQueues implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('JobQueues');
  private readonly queues = new Map<string, Queue>();
  private readonly processors: Processor[] = [];
  private workers: Worker[] = [];

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Registers what does the jobs of a queue; called while the app is put together. */
  process<Data>(kind: QueueKind<Data>, work: (data: Data, job: Job) => Promise<void>): void {
    this.processors.push({ kind, process: work });
  }

  /** Adds a job. With `jobId` (no ":"; not all digits) the same job is added once while it waits. */
  async add<Data>(kind: QueueKind<Data>, data: Data, options: JobsOptions = {}): Promise<void> {
    await this.queue(kind).add(kind.name, data, withDefaults(options));
  }

  /** Adds many jobs in one round trip. */
  async addAll<Data>(kind: QueueKind<Data>, jobs: readonly { data: Data; options?: JobsOptions }[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.queue(kind).addBulk(
      jobs.map(({ data, options }) => ({ name: kind.name, data, opts: withDefaults(options ?? {}) })),
    );
  }

  /** All queues of the app, by name. */
  all(): Queue[] {
    const queues = this.processors.map(({ kind }) => this.queue(kind));
    return [...new Set(queues)].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The BullMQ queue itself, for the dashboard and for looking at failed jobs. */
  queue(kind: QueueKind<unknown>): Queue {
    const known = this.queues.get(kind.name);
    if (known) return known;
    const queue = new Queue(kind.name, { connection: { url: this.config.REDIS_URL }, prefix: this.prefix() });
    queue.on('error', () => undefined);
    this.queues.set(kind.name, queue);
    return queue;
  }

  onApplicationBootstrap(): void {
    if (!this.config.ROLES.includes('worker')) return;
    this.workers = this.processors.map(({ kind, process }) => this.startWorker(kind, process));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  /** After all that adds jobs has stopped. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private startWorker(kind: QueueKind<unknown>, process: Processor['process']): Worker {
    const worker = new Worker(kind.name, (job) => process(job.data as never, job), {
      connection: { url: this.config.REDIS_URL, maxRetriesPerRequest: null },
      prefix: this.prefix(),
      concurrency: kind.concurrency,
      lockDuration: 10_000,
      stalledInterval: 5000,
      maxStalledCount: 3,
    });
    worker.on('error', () => undefined);
    worker.on('failed', (job, error) =>
      this.logger.error(
        { queue: kind.name, job: job?.id, tries: job?.attemptsMade, isOver: job?.finishedOn !== undefined, err: error },
        'a job failed',
      ),
    );
    return worker;
  }

  private prefix(): string {
    return `${this.config.REDIS_PREFIX}-jobs`;
  }
}

function withDefaults(options: JobsOptions): JobsOptions {
  return {
    attempts: 5,
    backoff: { type: 'exponential', delay: 1000 },
    removeOnComplete: true,
    removeOnFail: { count: KEEP_FAILED },
    ...options,
  };
}
