import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { AccountLists } from './accounts/account-lists.service.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { Accounts } from './accounts/accounts.service.js';
import { BelongingsOfAccounts } from './accounts/belongings-of-accounts.js';
import { SuspensionsRepository } from './accounts/suspensions.repository.js';
import { TeamJoining } from './accounts/team-joining.service.js';
import { AcceptingController } from './invitations/accepting.controller.js';
import { Accepting } from './invitations/accepting.service.js';
import { Leaving } from './members/leaving.js';
import { ActorsNow } from './members/actors-now.js';
import { BelongingService } from './members/belonging.service.js';
import { BelongingsWatch } from './members/belongings-watch.js';
import { CohortGuard } from './cohort.guard.js';
import { CohortLogosController, LogoFilesController } from './cohort-logos.controller.js';
import { CohortLogos } from './cohort-logos.service.js';
import { cohortSchema } from './cohort.schema.js';
import { ClosedDaysController } from './timeline/closed-days.controller.js';
import { ClosedDaysReader } from './timeline/closed-days.reader.js';
import { CohortsBroadcasts } from './cohorts.broadcasts.js';
import { CohortsController } from './cohorts.controller.js';
import { CohortsRepository } from './cohorts.repository.js';
import { CohortsService } from './cohorts.service.js';
import { Directory } from './members/directory.service.js';
import { InvitationImport } from './invitations/invitation-import.service.js';
import { InvitationLetters } from './invitations/invitation-letters.js';
import { InvitationLinks } from './invitations/invitation-links.js';
import { PlannedLetters } from './invitations/planned-letters.js';
import { AskedLettersRepository } from './invitations/asked-letters.repository.js';
import { InvitationMails } from './invitations/invitation-mails.js';
import { LettersOfDay } from './invitations/letters-of-day.js';
import { invitationSchema } from './invitations/invitation.schema.js';
import { InvitationsOfFiles } from './invitations/invitations-of-files.js';
import { followedFileSchema } from './invited/followed-file.schema.js';
import { FollowedFilesRepository } from './invited/followed-files.repository.js';
import { InvitationPlans } from './invited/invitation-plans.js';
import { TeamInvitations } from './invited/team-invitations.js';
import { FilesOfInvitedPort, PlannedWithInvitedPort } from './invited/joining.js';
import { InvitedPeople } from './invited/invited-people.service.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { Invitations } from './invitations/invitations.service.js';
import { InvitationSending } from './invitations/sending.service.js';
import { MembersController } from './members/members.controller.js';
import { Logos } from './logos.js';
import { CommonsAccess } from './commons/commons-access.js';
import { CohortMaking } from './making/cohort-making.service.js';
import { Members } from './members/members.service.js';
import { membershipSchema } from './members/membership.schema.js';
import { MembershipsOfPerson } from './members/memberships-of-person.js';
import { MembersFinder } from './members/members-finder.js';
import { MembershipsRepository } from './members/memberships.repository.js';
import { milestoneSchema } from './timeline/milestone.schema.js';
import { MilestonesController } from './timeline/milestones.controller.js';
import { MilestonesRepository } from './timeline/milestones.repository.js';
import { Milestones } from './timeline/milestones.service.js';
import { nightSchema } from './nights/night.schema.js';
import { Nights } from './nights/nights.js';
import { NightsRepository } from './nights/nights.repository.js';
import { Phases } from './timeline/phases.service.js';
import { ProjectEditing } from './projects/project-editing.service.js';
import { projectSchema } from './projects/project.schema.js';
import { ProjectsController } from './projects/projects.controller.js';
import { ProjectsRepository } from './projects/projects.repository.js';
import { ProposedProjects } from './projects/proposed-projects.service.js';
import { Projects } from './projects/projects.service.js';
import { TeamChannelsPort } from './projects/team-channels.js';

/** Where you belong. */
@Module({
  imports: [
    AuthModule,
    MongooseModule.forFeature([
      { name: 'Cohort', schema: cohortSchema },
      { name: 'Membership', schema: membershipSchema },
      { name: 'Project', schema: projectSchema },
      { name: 'Milestone', schema: milestoneSchema },
      { name: 'FollowedFile', schema: followedFileSchema },
      { name: 'Invitation', schema: invitationSchema },
      { name: 'Night', schema: nightSchema },
    ]),
  ],
  controllers: [
    AccountsController,
    CohortsController,
    ClosedDaysController,
    CohortLogosController,
    LogoFilesController,
    MembersController,
    ProjectsController,
    MilestonesController,
    InvitationsController,
    AcceptingController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: CohortGuard },
    Accepting,
    AccountLists,
    Accounts,
    ActorsNow,
    Leaving,
    BelongingService,
    BelongingsOfAccounts,
    BelongingsWatch,
    ClosedDaysReader,
    CohortLogos,
    CohortMaking,
    CommonsAccess,
    CohortsBroadcasts,
    CohortsRepository,
    CohortsService,
    Directory,
    FollowedFilesRepository,
    InvitationImport,
    InvitationLetters,
    InvitationLinks,
    PlannedLetters,
    AskedLettersRepository,
    InvitationMails,
    InvitationSending,
    InvitationPlans,
    Invitations,
    InvitedPeople,
    InvitationsOfFiles,
    InvitationsRepository,
    LettersOfDay,
    FilesOfInvitedPort,
    Logos,
    Members,
    MembersFinder,
    MembershipsOfPerson,
    MembershipsRepository,
    Milestones,
    MilestonesRepository,
    Nights,
    NightsRepository,
    Phases,
    PlannedWithInvitedPort,
    ProjectEditing,
    Projects,
    ProjectsRepository,
    ProposedProjects,
    SuspensionsRepository,
    TeamChannelsPort,
    TeamInvitations,
    TeamJoining,
  ],
  exports: [
    Accounts,
    ActorsNow,
    BelongingService,
    ClosedDaysReader,
    CohortMaking,
    CommonsAccess,
    FilesOfInvitedPort,
    InvitationLetters,
    CohortsRepository,
    CohortsService,
    InvitationImport,
    Invitations,
    InvitedPeople,
    Logos,
    Members,
    MembersFinder,
    MembershipsRepository,
    Milestones,
    Nights,
    Phases,
    PlannedWithInvitedPort,
    ProjectEditing,
    Projects,
    ProposedProjects,
    TeamChannelsPort,
    TeamInvitations,
  ],
})
export class CohortsModule {}
