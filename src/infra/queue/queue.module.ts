import { Global, Module } from '@nestjs/common';
import { Alarms } from './alarms.js';
import { Beats } from './beats.js';
import { JobQueues } from './job-queues.js';

/** Gives the job queues and the plain timers of workers to all rooms. */
@Global()
@Module({ providers: [Alarms, Beats, JobQueues], exports: [Alarms, Beats, JobQueues] })
export class QueueModule {}
