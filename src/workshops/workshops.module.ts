import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { registrationSchema } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import { workshopSchema } from './workshop.schema.js';
import { WorkshopsReader } from './workshops.reader.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** Workshops, talks, seminars and stand-ups: planned, published, joined. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    MongooseModule.forFeature([
      { name: 'Workshop', schema: workshopSchema },
      { name: 'Registration', schema: registrationSchema },
    ]),
  ],
  providers: [RegistrationsRepository, WorkshopsReader, WorkshopsRepository],
  exports: [WorkshopsReader],
})
export class WorkshopsModule {}
