import { Global, Module } from '@nestjs/common';
import { Beats } from './beats.js';
import { JobQueues } from './job-queues.js';

/** Gives the job queues and the plain timers of workers to all rooms. */
@Global()
@Module({ providers: [Beats, JobQueues], exports: [Beats, JobQueues] })
export class QueueModule {}
