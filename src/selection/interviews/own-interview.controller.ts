import { Body, Controller, Delete, Get, HttpCode, Param, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApplicantGuard,
  CurrentApplication,
  READING,
  ShownApplication,
} from '../../calls/applications/applicant.guard.js';
import type { Shown } from '../../calls/applications/applicant-tokens.js';
import { Id } from '../../contracts/primitives.js';
import { ChooseTime, OwnInvitation } from '../../contracts/selection/interviews.js';
import { Public } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { MADE_UP, ShownCount, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ChoosingTimes } from './choosing.service.js';

/** Each writes letters to all of a panel. */
const CHOICES = { name: 'interview-choices', points: 20, seconds: 3600 };

/** The interview of who applies, with the bearer of their file. */
@ApiTags('selection')
@Controller('api/applications/:applicationId/interview')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class OwnInterviewController {
  constructor(private readonly choosing: ChoosingTimes) {}

  @Get()
  @InLine()
  @ShownCount(READING)
  @Replies(OwnInvitation)
  get(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.choosing.get(shown);
  }

  @Put('time')
  @ShownCount(CHOICES)
  @Replies(OwnInvitation)
  choose(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: ChooseTime }) body: ChooseTime,
  ) {
    return this.choosing.choose(shown, body);
  }

  @Delete('time')
  @HttpCode(200)
  @ShownCount(CHOICES)
  @Replies(OwnInvitation)
  giveBack(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.choosing.giveBack(shown);
  }
}
