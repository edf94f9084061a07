import { Global, Module } from '@nestjs/common';
import { Alarms } from './alarms.js';
import { Ends } from './ends.js';
import { Intervals } from './intervals.js';
import { JobQueues } from './job-queues.js';

/** Gives the job queues, and what rooms have done at a time, to all of them. */
@Global()
@Module({ providers: [Alarms, Ends, Intervals, JobQueues], exports: [Alarms, Ends, Intervals, JobQueues] })
export class QueueModule {}
