import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { BusySources } from './busy-sources.js';
import { Clashes } from './clashes.service.js';
import { turnSchema } from './turn.schema.js';
import { Turns } from './turns.js';

/** Whose time is taken, how a booking takes it, and what is said where two things lie over each other. */
@Module({
  imports: [AuthModule, MongooseModule.forFeature([{ name: 'Turn', schema: turnSchema }])],
  providers: [BusySources, Clashes, Turns],
  exports: [BusySources, Clashes, Turns],
})
export class CalendarModule {}
