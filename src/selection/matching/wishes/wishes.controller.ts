import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApplicantGuard,
  CurrentApplication,
  READING,
  ShownApplication,
} from '../../../calls/applications/applicant.guard.js';
import type { Shown } from '../../../calls/applications/applicant-tokens.js';
import { Id } from '../../../contracts/primitives.js';
import { SaveWishes, Wishes } from '../../../contracts/selection/wishes.js';
import { Public } from '../../../infra/http/access.js';
import { InLine } from '../../../infra/http/load/in-line.js';
import { Replies } from '../../../infra/http/replies.js';
import { Shows } from '../../../infra/http/shown.js';
import { MADE_UP, ShownCount, StrangersCount } from '../../../infra/http/write-limit.guard.js';
import { WishesService } from './wishes.service.js';

/** Which projects somebody who is accepted would like best, with the bearer of their file. */
@ApiTags('matching')
@Controller('api/applications/:applicationId/wishes')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class WishesController {
  constructor(private readonly wishes: WishesService) {}

  @Get()
  @InLine()
  @ShownCount(READING)
  @Replies(Wishes)
  get(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.wishes.get(shown);
  }

  @Put()
  @Replies(Wishes)
  save(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: SaveWishes }) body: SaveWishes,
  ) {
    return this.wishes.save(shown, body);
  }
}
