import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  Matching,
  MatchingOverview,
  PublishMatching,
  PublishedTeams,
  SolveMatching,
} from '../../contracts/selection/matching.js';
import { AcceptedProposals, AdoptProposals, AdoptedProposals } from '../../contracts/selection/proposals.js';
import { OpenWishes } from '../../contracts/selection/wishes.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { MatchingService } from './matching.service.js';
import { ProposalsService } from './proposals.service.js';
import { PublishingService } from './publishing.service.js';
import { WishesService } from './wishes/wishes.service.js';

/** Each takes a processor for a second or more. */
const SOLVES = { name: 'matchings', points: 60, seconds: 600 };
/** Shown before it is done, and again. */
const PUBLISHINGS = { name: 'matching-publishings', points: 60, seconds: 3600 };
/** Each may write to two hundred people. */
const ADOPTIONS = { name: 'adoptions', points: 20, seconds: 3600 };

/** From accepted proposals and applicants to teams, for the programme team. */
@ApiTags('matching')
@Controller('api/cohorts/:cohortId/matching')
@InCohort('staff')
export class MatchingController {
  constructor(
    private readonly matching: MatchingService,
    private readonly proposals: ProposalsService,
    private readonly wishes: WishesService,
    private readonly publishing: PublishingService,
  ) {}

  @Get()
  @InLine()
  @Replies(MatchingOverview)
  overview(@CurrentCohortActor() actor: CohortActor) {
    return this.matching.overview(actor);
  }

  @Post()
  @HttpCode(200)
  @Limited(SOLVES)
  @Replies(Matching)
  solve(@CurrentCohortActor() actor: CohortActor, @Body({ schema: SolveMatching }) body: SolveMatching) {
    return this.matching.solve(actor, body);
  }

  @Get('proposals')
  @InLine()
  @Replies(AcceptedProposals)
  listProposals(@CurrentCohortActor() actor: CohortActor) {
    return this.proposals.list(actor);
  }

  @Post('projects')
  @HttpCode(200)
  @Limited(ADOPTIONS)
  @Replies(AdoptedProposals)
  adopt(@CurrentCohortActor() actor: CohortActor, @Body({ schema: AdoptProposals }) body: AdoptProposals) {
    return this.proposals.adopt(actor, body);
  }

  @Put('wishes')
  @Replies(MatchingOverview)
  async openWishes(@CurrentCohortActor() actor: CohortActor, @Body({ schema: OpenWishes }) body: OpenWishes) {
    await this.wishes.open(actor, body.until);
    return await this.matching.overview(actor);
  }

  @Get(':matchingId')
  @InLine()
  @Replies(Matching)
  get(@CurrentCohortActor() actor: CohortActor, @Param('matchingId', { schema: Id }) matchingId: string) {
    return this.matching.get(actor, matchingId);
  }

  @Post(':matchingId/publish')
  @HttpCode(200)
  @Limited(PUBLISHINGS)
  @Replies(PublishedTeams)
  publish(
    @CurrentCohortActor() actor: CohortActor,
    @Param('matchingId', { schema: Id }) matchingId: string,
    @Body({ schema: PublishMatching }) body: PublishMatching,
  ) {
    return body.dryRun ? this.publishing.preview(actor, matchingId) : this.publishing.publish(actor, matchingId);
  }
}
