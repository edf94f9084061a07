import { Global, Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';

/** Gives the event bus to all rooms. */
@Global()
@Module({ providers: [EventBus], exports: [EventBus] })
export class EventsModule {}
