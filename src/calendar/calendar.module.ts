import { Module } from '@nestjs/common';
import { BusySources } from './busy-sources.js';

/** Whose time is taken, and how a booking takes it. */
@Module({ providers: [BusySources], exports: [BusySources] })
export class CalendarModule {}
