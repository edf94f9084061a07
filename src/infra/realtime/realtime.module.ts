import { Global, Module } from '@nestjs/common';
import { Realtime } from './realtime.js';

/** Gives the socket server to all rooms. */
@Global()
@Module({ providers: [Realtime], exports: [Realtime] })
export class RealtimeModule {}
