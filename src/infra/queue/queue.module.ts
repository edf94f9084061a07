import { Global, Module } from '@nestjs/common';
import { Alarms } from './alarms.js';
import { Intervals } from './intervals.js';
import { JobQueues } from './job-queues.js';

/** Gives the job queues and the plain timers of workers to all rooms. */
@Global()
@Module({ providers: [Alarms, Intervals, JobQueues], exports: [Alarms, Intervals, JobQueues] })
export class QueueModule {}
