import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../auth/current-actor.js';
import type { Actor } from '../common/actor.js';
import { SearchQuery, SearchReply } from '../contracts/search.js';
import { SignedIn } from '../infra/http/access.js';
import { Replies } from '../infra/http/replies.js';
import { SearchService } from './search.service.js';

/** One search over messages, topics, the commons, pages of handbooks, workshops and people. */
@ApiTags('search')
@Controller('api/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @SignedIn()
  @Replies(SearchReply)
  find(@CurrentActor() actor: Actor, @Query({ schema: SearchQuery }) query: SearchQuery) {
    return this.search.find(actor, query);
  }
}
