import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortGuard } from './cohort.guard.js';
import { cohortSchema } from './cohort.schema.js';
import { CohortsBroadcasts } from './cohorts.broadcasts.js';
import { CohortsRepository } from './cohorts.repository.js';
import { membershipSchema } from './membership.schema.js';
import { Members } from './members.service.js';
import { MembershipsOfPerson } from './memberships-of-person.js';
import { MembershipsRepository } from './memberships.repository.js';

/** Where you belong. */
@Module({
  imports: [
    AuthModule,
    MongooseModule.forFeature([
      { name: 'Cohort', schema: cohortSchema },
      { name: 'Membership', schema: membershipSchema },
    ]),
  ],
  providers: [
    { provide: APP_GUARD, useClass: CohortGuard },
    CohortsBroadcasts,
    CohortsRepository,
    Members,
    MembershipsOfPerson,
    MembershipsRepository,
  ],
  exports: [Members, CohortsRepository, MembershipsRepository],
})
export class CohortsModule {}
