import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Shell, ShellQuery } from '../../contracts/pages.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { ShellService } from './shell.service.js';

/** What a page needs at its start, in one answer. */
@ApiTags('me')
@Controller('api')
export class PagesController {
  constructor(private readonly shell: ShellService) {}

  @Get('shell')
  @SignedIn()
  @Replies(Shell)
  around(@CurrentActor() actor: Actor, @Query({ schema: ShellQuery }) query: ShellQuery) {
    return this.shell.of(actor, query);
  }
}
