import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Job, type JobsOptions, Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { CONFIG, type Config } from '../../config/config.js';
import { LANES, type Lane } from './lanes.js';

/** One kind of job: its name, the lane it goes in, and the shape of its data, which hold ids only, never a token, a text or an address. */
export interface JobKind<Data> {
  readonly name: string;
  readonly lane: Lane;
  /** Whether all that is urgent in its lane goes first. */
  readonly canWait: boolean;
  /** Only for the type; never set. */
  readonly data?: Data;
}

/** Names a kind of job once. `canWait`: those of its lane that cannot go first. */
export function defineJob<Data>(name: string, lane: Lane, { canWait = false } = {}): JobKind<Data> {
  return { name, lane, canWait };
}

type Work = (data: never, job: Job) => Promise<void>;

const KEEP_FAILED = 5000;
/** BullMQ does jobs without a priority first. */
const CAN_WAIT = 1;

/**
 * BullMQ behind two verbs: `add` and `process`. Completed jobs are removed (an existing id would be silently ignored when added
 * again), failed ones are kept and visible. Workers run only in processes with the role `worker`.
 */
@Injectable()
export class JobQueues implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('JobQueues');
  private readonly queues = new Map<Lane, Queue>();
  private readonly works = new Map<string, { kind: JobKind<unknown>; work: Work }>();
  private workers: Worker[] = [];
  /** One for all queues, and one for all workers beside those on which each waits: BullMQ would open one for each. */
  private readonly connections: Redis[] = [];
  private ofQueues?: Redis;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Registers what does the jobs of a kind; called while the app is put together. */
  process<Data>(kind: JobKind<Data>, work: (data: Data, job: Job) => Promise<void>): void {
    this.works.set(kind.name, { kind, work });
  }

  /** Adds a job. With `jobId` (no ":"; not all digits; of this kind alone, since kinds share queues) the same job is added once while it waits. */
  async add<Data>(kind: JobKind<Data>, data: Data, options: JobsOptions = {}): Promise<void> {
    await this.queue(kind).add(kind.name, data, optionsOf(kind, options));
  }

  /** Adds many jobs in one round trip. */
  async addAll<Data>(kind: JobKind<Data>, jobs: readonly { data: Data; options?: JobsOptions }[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.queue(kind).addBulk(
      jobs.map(({ data, options }) => ({ name: kind.name, data, opts: optionsOf(kind, options) })),
    );
  }

  /** All queues of the app, by name. */
  all(): Queue[] {
    return this.lanes().map((lane) => this.queue({ lane }));
  }

  /** The BullMQ queue in which jobs of a kind are, for the dashboard and for looking at failed ones. */
  queue({ lane }: Pick<JobKind<unknown>, 'lane'>): Queue {
    const known = this.queues.get(lane);
    if (known) return known;
    this.ofQueues ??= this.connect();
    const queue = new Queue(lane, { connection: this.ofQueues, prefix: this.prefix() });
    queue.on('error', () => undefined);
    this.queues.set(lane, queue);
    return queue;
  }

  onApplicationBootstrap(): void {
    if (!this.config.ROLES.includes('worker')) return;
    const connection = this.connect({ maxRetriesPerRequest: null });
    this.workers = this.lanes().map((lane) => this.startWorker(lane, connection));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  /** After all that adds jobs has stopped. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    for (const connection of this.connections) connection.disconnect();
  }

  /** Those in which somebody does jobs. */
  private lanes(): Lane[] {
    return [...new Set([...this.works.values()].map(({ kind }) => kind.lane))].sort((a, b) => a.localeCompare(b));
  }

  /** Without a listener each failed try to connect again would be printed as an unhandled error. */
  private connect(options: RedisOptions = {}): Redis {
    const connection = new Redis(this.config.REDIS_URL, options);
    connection.on('error', () => undefined);
    this.connections.push(connection);
    return connection;
  }

  private startWorker(lane: Lane, connection: Redis): Worker {
    const worker = new Worker(lane, (job) => this.work(job), {
      connection,
      prefix: this.prefix(),
      concurrency: LANES[lane],
      lockDuration: 10_000,
      stalledInterval: 5000,
      maxStalledCount: 3,
    });
    worker.on('error', () => undefined);
    worker.on('failed', (job, error) =>
      this.logger.error(
        {
          ...{ queue: lane, kind: job?.name, job: job?.id, tries: job?.attemptsMade },
          ...{ isOver: job?.finishedOn !== undefined, err: error },
        },
        'a job failed',
      ),
    );
    return worker;
  }

  private async work(job: Job): Promise<void> {
    const known = this.works.get(job.name);
    if (!known) throw new Error(`nobody does ${job.name} here`);
    await known.work(job.data as never, job);
  }

  private prefix(): string {
    return `${this.config.REDIS_PREFIX}-jobs`;
  }
}

function optionsOf({ canWait }: JobKind<unknown>, options: JobsOptions = {}): JobsOptions {
  return {
    attempts: 5,
    backoff: { type: 'exponential', delay: 1000 },
    removeOnComplete: true,
    removeOnFail: { count: KEEP_FAILED },
    ...(canWait && { priority: CAN_WAIT }),
    ...options,
  };
}
