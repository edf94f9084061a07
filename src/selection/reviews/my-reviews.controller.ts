import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Id } from '../../contracts/primitives.js';
import {
  MyReviews,
  Review,
  ReviewReason,
  SkipReview,
  SubmitReview,
  WriteReview,
  WrittenReview,
} from '../../contracts/selection/reviews.js';
import { FilesService } from '../../files/files.service.js';
import { sendFile } from '../../files/send-file.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { MyReviewsService } from './my-reviews.service.js';

/** What a juror is asked to read, and what they write of it. */
@ApiTags('selection')
@Controller('api/me/reviews')
@SignedIn()
export class MyReviewsController {
  constructor(
    private readonly reviews: MyReviewsService,
    private readonly bytes: FilesService,
  ) {}

  @Get()
  @Replies(MyReviews)
  list(@CurrentActor() actor: Actor) {
    return this.reviews.list(actor.userId);
  }

  @Get(':reviewId')
  @Replies(Review)
  get(@CurrentActor() actor: Actor, @Param('reviewId', { schema: Id }) reviewId: string) {
    return this.reviews.get(actor.userId, reviewId);
  }

  @Put(':reviewId')
  @Replies(WrittenReview)
  write(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Body({ schema: WriteReview }) body: WriteReview,
  ) {
    return this.reviews.write(actor.userId, reviewId, body);
  }

  @Post(':reviewId/submit')
  @HttpCode(200)
  @Replies(Review)
  submit(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Body({ schema: SubmitReview }) body: SubmitReview,
  ) {
    return this.reviews.submit(actor.userId, reviewId, body.revision);
  }

  @Post(':reviewId/abstain')
  @HttpCode(200)
  @Replies(Review)
  abstain(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Body({ schema: ReviewReason }) body: ReviewReason,
  ) {
    return this.reviews.giveUp(actor.userId, reviewId, 'abstained', body);
  }

  @Post(':reviewId/conflict')
  @HttpCode(200)
  @Replies(Review)
  conflict(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Body({ schema: ReviewReason }) body: ReviewReason,
  ) {
    return this.reviews.giveUp(actor.userId, reviewId, 'conflict', body);
  }

  @Post(':reviewId/skip')
  @HttpCode(200)
  @Replies(Review)
  skip(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Body({ schema: SkipReview }) body: SkipReview,
  ) {
    return this.reviews.skip(actor.userId, reviewId, body);
  }

  /** A file of what is read. Where the step hides who wrote it, its name is hidden, too. */
  @Get(':reviewId/files/:fileId')
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async file(
    @CurrentActor() actor: Actor,
    @Param('reviewId', { schema: Id }) reviewId: string,
    @Param('fileId', { schema: Id }) fileId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { row, isNameless } = await this.reviews.file(actor.userId, reviewId, fileId);
    const named = isNameless ? { ...row, name: namelessOf(row.name) } : row;
    await sendFile(this.bytes, { row: named, variant: 'original' }, request, reply);
  }
}

/** Its ending alone: programs open a file by it. */
const namelessOf = (name: string): string => `file${/\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? ''}`;
