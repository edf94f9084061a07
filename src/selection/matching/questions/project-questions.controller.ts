import { Body, Controller, Get, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApplicantGuard,
  CurrentApplication,
  READING,
  ShownApplication,
} from '../../../calls/applications/applicant.guard.js';
import type { Shown } from '../../../calls/applications/applicant-tokens.js';
import { CurrentCohortActor } from '../../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../../common/actor.js';
import { Id } from '../../../contracts/primitives.js';
import {
  AnswerProjectQuestion,
  AskProject,
  HideProjectQuestion,
  OwnProjectQuestions,
  ProjectQuestions,
} from '../../../contracts/selection/questions.js';
import { InCohort, Public } from '../../../infra/http/access.js';
import { InLine } from '../../../infra/http/load/in-line.js';
import { Replies } from '../../../infra/http/replies.js';
import { Shows } from '../../../infra/http/shown.js';
import { Limited, MADE_UP, ShownCount, StrangersCount } from '../../../infra/http/write-limit.guard.js';
import { AskingProjects } from './asking-projects.service.js';
import { ProjectQuestionsService } from './project-questions.service.js';

/** Each tells the hosts of a project, or is a mail. */
const ASKING = { name: 'project-questions', points: 60, seconds: 3600 };
const ANSWERS = { name: 'project-answers', points: 120, seconds: 3600 };

/** What somebody who is accepted asks the hosts of projects, with the bearer of their file. */
@ApiTags('matching')
@Controller('api/applications/:applicationId/questions')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class OwnProjectQuestionsController {
  constructor(private readonly asking: AskingProjects) {}

  @Get()
  @InLine()
  @ShownCount(READING)
  @Replies(OwnProjectQuestions)
  mine(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.asking.mine(shown);
  }

  @Post()
  @InLine()
  @Limited(ASKING)
  @Replies(OwnProjectQuestions, 201)
  ask(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: AskProject }) body: AskProject,
  ) {
    return this.asking.ask(shown, body);
  }
}

/** The same for the hosts of a project, and the programme team. */
@ApiTags('matching')
@Controller('api/cohorts/:cohortId/projects/:projectId/questions')
export class ProjectQuestionsController {
  constructor(private readonly questions: ProjectQuestionsService) {}

  @Get()
  @InCohort('host', 'staff')
  @Replies(ProjectQuestions)
  list(@CurrentCohortActor() actor: CohortActor, @Param('projectId', { schema: Id }) projectId: string) {
    return this.questions.list(actor, projectId);
  }

  @Put(':questionId/answer')
  @InCohort('host', 'staff')
  @Limited(ANSWERS)
  @Replies(ProjectQuestions)
  answer(
    @CurrentCohortActor() actor: CohortActor,
    @Param('projectId', { schema: Id }) projectId: string,
    @Param('questionId', { schema: Id }) questionId: string,
    @Body({ schema: AnswerProjectQuestion }) body: AnswerProjectQuestion,
  ) {
    return this.questions.answer(actor, { projectId, questionId }, body);
  }

  @Put(':questionId/hidden')
  @InCohort('staff')
  @Limited(ANSWERS)
  @Replies(ProjectQuestions)
  hide(
    @CurrentCohortActor() actor: CohortActor,
    @Param('projectId', { schema: Id }) projectId: string,
    @Param('questionId', { schema: Id }) questionId: string,
    @Body({ schema: HideProjectQuestion }) body: HideProjectQuestion,
  ) {
    return this.questions.hide(actor, { projectId, questionId }, body);
  }
}
