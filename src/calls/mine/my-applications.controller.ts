import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { OpenedApplication } from '../../contracts/calls/applications.js';
import { MyApplications } from '../../contracts/calls/my-applications.js';
import { Id } from '../../contracts/primitives.js';
import { SignedIn } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { MyApplicationsService } from './my-applications.service.js';

const OPENINGS = { name: 'application-openings', points: 60, seconds: 600 };

/** What I applied to, by the address of my account. */
@ApiTags('calls')
@Controller('api/me/applications')
@SignedIn()
export class MyApplicationsController {
  constructor(private readonly mine: MyApplicationsService) {}

  @Get()
  @Replies(MyApplications)
  list(@CurrentActor() actor: Actor) {
    return this.mine.list(actor);
  }

  @Post(':applicationId/open')
  @HttpCode(200)
  @Limited(OPENINGS)
  @InLine()
  @Replies(OpenedApplication)
  open(@CurrentActor() actor: Actor, @Param('applicationId', { schema: Id }) applicationId: string) {
    return this.mine.open(actor, applicationId);
  }
}
