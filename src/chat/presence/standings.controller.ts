import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Standings } from '../../contracts/auth/standing.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { StandingsService } from './standings.service.js';

/** How the people near me stand. */
@ApiTags('chat')
@Controller('api/standings')
@SignedIn()
export class StandingsController {
  constructor(private readonly standings: StandingsService) {}

  @Get()
  @Replies(Standings)
  near(@CurrentActor() actor: Actor) {
    return this.standings.near(actor.userId);
  }
}
