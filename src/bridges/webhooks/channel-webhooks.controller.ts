import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { page } from '../../contracts/primitives.js';
import { ChannelWebhook } from '../../contracts/bridges/webhooks.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { ChannelWebhooks } from './channel-webhooks.service.js';

/** The webhooks of all channels of a cohort, for its staff. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/channel-webhooks')
export class ChannelWebhooksController {
  constructor(private readonly webhooks: ChannelWebhooks) {}

  @Get()
  @InCohort('staff')
  @Replies(page(ChannelWebhook))
  async list(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.webhooks.list(actor), nextCursor: null };
  }

  @Delete(':webhookId')
  @InCohort('staff')
  @RepliesNothing()
  end(@CurrentCohortActor() actor: CohortActor, @Param('webhookId', { schema: z.string() }) webhookId: string) {
    return this.webhooks.end(actor, webhookId);
  }
}
