import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../../auth/auth.module.js';
import { CallsModule } from '../../calls/calls.module.js';
import { CohortsModule } from '../../cohorts/cohorts.module.js';
import { MatchingPeople } from './matching-people.js';
import { MatchingController } from './matching.controller.js';
import { matchingSchema, projectWishSchema, teamMakingSchema } from './matching.schema.js';
import { MatchingService } from './matching.service.js';
import { MatchingsRepository } from './matchings.repository.js';
import { ProjectWishesRepository } from './project-wishes.repository.js';
import { ProposalsService } from './proposals.service.js';
import { PublishingService } from './publishing.service.js';
import { AnswerMails } from './questions/answer-mails.js';
import { AskingProjects } from './questions/asking-projects.service.js';
import { projectQuestionSchema } from './questions/project-question.schema.js';
import { OwnProjectQuestionsController, ProjectQuestionsController } from './questions/project-questions.controller.js';
import { ProjectQuestionsReader } from './questions/project-questions.reader.js';
import { ProjectQuestionsRepository } from './questions/project-questions.repository.js';
import { ProjectQuestionsService } from './questions/project-questions.service.js';
import { TeamInviting } from './team-inviting.js';
import { TeamMails } from './told/team-mails.js';
import { WishesController } from './wishes/wishes.controller.js';
import { WishesService } from './wishes/wishes.service.js';

/** From accepted proposals and applicants to the teams of a cohort. */
@Module({
  imports: [
    AuthModule,
    CallsModule,
    CohortsModule,
    MongooseModule.forFeature([
      { name: 'Matching', schema: matchingSchema },
      { name: 'ProjectQuestion', schema: projectQuestionSchema },
      { name: 'ProjectWish', schema: projectWishSchema },
      { name: 'TeamMaking', schema: teamMakingSchema },
    ]),
  ],
  controllers: [MatchingController, OwnProjectQuestionsController, ProjectQuestionsController, WishesController],
  providers: [
    AnswerMails,
    AskingProjects,
    MatchingPeople,
    MatchingService,
    MatchingsRepository,
    ProjectQuestionsReader,
    ProjectQuestionsRepository,
    ProjectQuestionsService,
    ProjectWishesRepository,
    ProposalsService,
    PublishingService,
    TeamInviting,
    TeamMails,
    WishesService,
  ],
  exports: [ProjectQuestionsReader],
})
export class MatchingModule {}
