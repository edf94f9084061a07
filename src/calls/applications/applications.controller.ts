import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { Clock } from '../../common/times/clock.js';
import {
  Application,
  OpenApplication,
  OpenedApplication,
  SaveAnswers,
  SavedAnswers,
  SubmitApplication,
} from '../../contracts/calls/applications.js';
import { Id } from '../../contracts/primitives.js';
import { Public } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { MADE_UP, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ApplicantGuard, CurrentApplication, ShownApplication } from './applicant.guard.js';
import type { Shown } from './applicant-tokens.js';
import { ApplicationsService } from './applications.service.js';
import { Submitting } from './submitting.service.js';

/** The link of a mail opens a file. */
@ApiTags('calls')
@Controller('api/applications')
@Public()
export class ApplicationLinksController {
  constructor(private readonly applications: ApplicationsService) {}

  @Post('open')
  @HttpCode(200)
  @ByLink('application')
  @Replies(OpenedApplication)
  open(@Body({ schema: OpenApplication }) body: OpenApplication) {
    return this.applications.open(body.token);
  }
}

/** A file, for who applies: with the bearer that opening its link gave, without an account. */
@ApiTags('calls')
@Controller('api/applications/:id')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly submitting: Submitting,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Replies(Application)
  get(@CurrentApplication() shown: Shown, @Param('id', { schema: Id }) _id: string) {
    return this.applications.get(shown);
  }

  @Patch()
  @Replies(SavedAnswers)
  save(
    @CurrentApplication() shown: Shown,
    @Param('id', { schema: Id }) _id: string,
    @Body({ schema: SaveAnswers }) body: SaveAnswers,
  ) {
    return this.applications.save(shown, body);
  }

  /** What was being sent as the call closed counts by when it came in, however long it waited since. */
  @Post('submit')
  @HttpCode(200)
  @Replies(Application)
  submit(
    @CurrentApplication() shown: Shown,
    @Param('id', { schema: Id }) _id: string,
    @Body({ schema: SubmitApplication }) body: SubmitApplication,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receivedAt = new Date(this.clock.now().getTime() - Math.round(reply.elapsedTime));
    return this.submitting.submit(shown, body.revision, receivedAt);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Replies(Application)
  withdraw(@CurrentApplication() shown: Shown, @Param('id', { schema: Id }) _id: string) {
    return this.applications.withdraw(shown);
  }
}
