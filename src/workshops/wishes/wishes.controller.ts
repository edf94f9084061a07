import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import { Id } from '../../contracts/primitives.js';
import {
  CloseWish,
  EditWish,
  MergeWish,
  PlanWish,
  SimilarWishes,
  SimilarWishesQuery,
  Wish,
  WishDates,
  WishDatesQuery,
  WishList,
  WishPlan,
  WishSide,
  WishesQuery,
  WriteWish,
} from '../../contracts/workshops/wishes.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited, TOLD_TO_ALL } from '../../infra/http/write-limit.guard.js';
import { MAY_WISH } from './wish.js';
import { WishPlanning } from './wish-planning.service.js';
import { WishesService } from './wishes.service.js';

/** What stays on the board of the whole cohort. */
const NEW_WISHES = { name: 'wishes', points: 60, seconds: 3600 };

/** What people of a cohort want to learn and can give, and how a workshop comes of it. */
@ApiTags('wishes')
@Controller('api/cohorts/:cohortId/wishes')
export class WishesController {
  constructor(
    private readonly wishes: WishesService,
    private readonly planning: WishPlanning,
  ) {}

  @Get()
  @InCohort()
  @Replies(WishList)
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: WishesQuery }) query: WishesQuery) {
    return this.wishes.list(actor, query);
  }

  @Post()
  @Limited(NEW_WISHES)
  @InCohort(...MAY_WISH)
  @Replies(Wish, 201)
  write(@CurrentCohortActor() actor: CohortActor, @Body({ schema: WriteWish }) body: WriteWish) {
    return this.wishes.write(actor, body);
  }

  @Get('similar')
  @InCohort()
  @Replies(SimilarWishes)
  similar(@CurrentCohortActor() actor: CohortActor, @Query({ schema: SimilarWishesQuery }) { q }: SimilarWishesQuery) {
    return this.wishes.similar(actor, q);
  }

  @Get(':wishId')
  @InCohort()
  @Replies(Wish)
  get(@CurrentCohortActor() actor: CohortActor, @Param('wishId', { schema: Id }) id: string) {
    return this.wishes.get(actor, id);
  }

  @Patch(':wishId')
  @Limited(TOLD_TO_ALL)
  @InCohort(...MAY_WISH)
  @Replies(Wish)
  edit(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Body({ schema: EditWish }) body: EditWish,
  ) {
    return this.wishes.edit(actor, id, body);
  }

  @Delete(':wishId')
  @InCohort(...MAY_WISH)
  @RepliesNothing()
  drop(@CurrentCohortActor() actor: CohortActor, @Param('wishId', { schema: Id }) id: string) {
    return this.wishes.drop(actor, id);
  }

  /** I want it, or I can give it. */
  @Put(':wishId/sides/:side')
  @Limited(TOLD_TO_ALL)
  @InCohort(...MAY_WISH)
  @Replies(Wish)
  say(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Param('side', { schema: Id }) side: string,
  ) {
    return this.wishes.say(actor, id, sideOf(side), true);
  }

  @Delete(':wishId/sides/:side')
  @Limited(TOLD_TO_ALL)
  @InCohort(...MAY_WISH)
  @Replies(Wish)
  takeBack(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Param('side', { schema: Id }) side: string,
  ) {
    return this.wishes.say(actor, id, sideOf(side), false);
  }

  @Post(':wishId/close')
  @Limited(TOLD_TO_ALL)
  @InCohort('staff')
  @Replies(Wish)
  close(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Body({ schema: CloseWish }) body: CloseWish,
  ) {
    return this.wishes.close(actor, id, body);
  }

  @Post(':wishId/reopen')
  @Limited(TOLD_TO_ALL)
  @InCohort('staff')
  @Replies(Wish)
  reopen(@CurrentCohortActor() actor: CohortActor, @Param('wishId', { schema: Id }) id: string) {
    return this.wishes.reopen(actor, id);
  }

  @Post(':wishId/merge')
  @InCohort('staff')
  @Replies(Wish)
  merge(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Body({ schema: MergeWish }) body: MergeWish,
  ) {
    return this.wishes.merge(actor, id, body);
  }

  /** The dates of the next weeks that suit most of its people. */
  @Get(':wishId/dates')
  @InCohort(...MAY_WISH)
  @Replies(WishDates)
  dates(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Query({ schema: WishDatesQuery }) query: WishDatesQuery,
  ) {
    return this.planning.dates(actor, id, query);
  }

  /** Makes a draft of it. */
  @Post(':wishId/plan')
  @InCohort(...MAY_WISH)
  @Replies(WishPlan, 201)
  plan(
    @CurrentCohortActor() actor: CohortActor,
    @Param('wishId', { schema: Id }) id: string,
    @Body({ schema: PlanWish }) body: PlanWish,
  ) {
    return this.planning.plan(actor, id, body);
  }
}

/** A side that is none is an address that is none. */
function sideOf(side: string): WishSide {
  const known = WishSide.safeParse(side);
  if (!known.success) throw notFound();
  return known.data;
}
