import { Body, Controller, Delete, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../common/actor.js';
import { Me } from '../../contracts/auth/auth.js';
import { SetQuiet, SetStatus } from '../../contracts/auth/standing.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CurrentActor } from '../current-actor.js';
import { MyStanding } from './my-standing.service.js';

/** The others hear of each change at once, and what waits to reach me is planned again. */
const CHANGES = { name: 'standing', points: 60, seconds: 600 };

/** What I say of myself, and whether I may be disturbed. */
@ApiTags('me')
@Controller('api/me')
@SignedIn()
@Limited(CHANGES)
export class MyStandingController {
  constructor(private readonly standing: MyStanding) {}

  @Put('status')
  @Replies(Me)
  setStatus(@CurrentActor() actor: Actor, @Body({ schema: SetStatus }) body: SetStatus) {
    return this.standing.setStatus(actor.userId, body);
  }

  @Delete('status')
  @Replies(Me)
  clearStatus(@CurrentActor() actor: Actor) {
    return this.standing.clearStatus(actor.userId);
  }

  @Put('quiet')
  @Replies(Me)
  setQuiet(@CurrentActor() actor: Actor, @Body({ schema: SetQuiet }) body: SetQuiet) {
    return this.standing.setQuiet(actor.userId, body);
  }
}
