import { Global, Module } from '@nestjs/common';
import { JobQueues } from './job-queues.js';

/** Gives the job queues to all rooms. */
@Global()
@Module({ providers: [JobQueues], exports: [JobQueues] })
export class QueueModule {}
