import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './times/clock.js';

/** Gives the clock to all rooms. */
@Global()
@Module({})
export class CommonModule {
  static with(clock: Clock): DynamicModule {
    return { module: CommonModule, providers: [{ provide: Clock, useValue: clock }], exports: [Clock] };
  }
}
