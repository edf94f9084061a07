import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { AcceptingController } from './accepting.controller.js';
import { Accepting } from './accepting.service.js';
import { BelongingService } from './belonging.service.js';
import { BelongingsWatch } from './belongings-watch.js';
import { CohortGuard } from './cohort.guard.js';
import { cohortSchema } from './cohort.schema.js';
import { CohortsBroadcasts } from './cohorts.broadcasts.js';
import { CohortsController } from './cohorts.controller.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CohortsService } from './cohorts.service.js';
import { Directory } from './directory.service.js';
import { InvitationImport } from './invitation-import.service.js';
import { InvitationLetters } from './invitation-letters.js';
import { InvitationMails } from './invitation-mails.js';
import { invitationSchema } from './invitation.schema.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { Invitations } from './invitations.service.js';
import { MembersController } from './members.controller.js';
import { Members } from './members.service.js';
import { membershipSchema } from './membership.schema.js';
import { MembershipsOfPerson } from './memberships-of-person.js';
import { MembersFinder } from './members-finder.js';
import { MembershipsRepository } from './memberships.repository.js';
import { milestoneSchema } from './milestone.schema.js';
import { MilestonesController } from './milestones.controller.js';
import { MilestonesRepository } from './milestones.repository.js';
import { Milestones } from './milestones.service.js';
import { Phases } from './phases.service.js';
import { ProjectEditing } from './project-editing.service.js';
import { projectSchema } from './project.schema.js';
import { ProjectsController } from './projects.controller.js';
import { ProjectsRepository } from './projects.repository.js';
import { Projects } from './projects.service.js';
import { TeamChannelsSeat } from './team-channels.js';

/** Where you belong. */
@Module({
  imports: [
    AuthModule,
    MongooseModule.forFeature([
      { name: 'Cohort', schema: cohortSchema },
      { name: 'Membership', schema: membershipSchema },
      { name: 'Project', schema: projectSchema },
      { name: 'Milestone', schema: milestoneSchema },
      { name: 'Invitation', schema: invitationSchema },
    ]),
  ],
  controllers: [
    CohortsController,
    MembersController,
    ProjectsController,
    MilestonesController,
    InvitationsController,
    AcceptingController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: CohortGuard },
    Accepting,
    BelongingService,
    BelongingsWatch,
    CohortsBroadcasts,
    CohortsRepository,
    CohortsService,
    Directory,
    InvitationImport,
    InvitationLetters,
    InvitationMails,
    Invitations,
    InvitationsRepository,
    Members,
    MembersFinder,
    MembershipsOfPerson,
    MembershipsRepository,
    Milestones,
    MilestonesRepository,
    Phases,
    ProjectEditing,
    Projects,
    ProjectsRepository,
    TeamChannelsSeat,
  ],
  exports: [
    InvitationLetters,
    CohortsRepository,
    CohortsService,
    InvitationImport,
    Invitations,
    Members,
    MembersFinder,
    MembershipsRepository,
    Milestones,
    Phases,
    ProjectEditing,
    Projects,
    TeamChannelsSeat,
  ],
})
export class CohortsModule {}
