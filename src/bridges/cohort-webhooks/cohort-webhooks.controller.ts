import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import {
  ChangedCohortWebhook,
  CohortDelivery,
  CohortWebhook,
  CreateCohortWebhook,
  CreatedCohortWebhook,
  UpdateCohortWebhook,
} from '../../contracts/bridges/cohort-webhooks.js';
import { page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CohortWebhooks } from './cohort-webhooks.service.js';

const NEW_WEBHOOKS = { name: 'cohort-webhooks', points: 60, seconds: 86_400 };

const AnyId = z.string();

/** Where the news of a cohort go, for its staff. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/webhooks')
export class CohortWebhooksController {
  constructor(private readonly webhooks: CohortWebhooks) {}

  @Get()
  @InCohort('staff')
  @Replies(page(CohortWebhook))
  async list(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.webhooks.list(actor), nextCursor: null };
  }

  @Post()
  @Limited(NEW_WEBHOOKS)
  @InCohort('staff')
  @Replies(CreatedCohortWebhook, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateCohortWebhook }) body: CreateCohortWebhook) {
    return this.webhooks.create(actor, body);
  }

  @Patch(':webhookId')
  @InCohort('staff')
  @Replies(ChangedCohortWebhook)
  update(
    @CurrentCohortActor() actor: CohortActor,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
    @Body({ schema: UpdateCohortWebhook }) body: UpdateCohortWebhook,
  ) {
    return this.webhooks.update(actor, webhookId, body);
  }

  @Delete(':webhookId')
  @InCohort('staff')
  @RepliesNothing()
  remove(@CurrentCohortActor() actor: CohortActor, @Param('webhookId', { schema: AnyId }) webhookId: string) {
    return this.webhooks.remove(actor, webhookId);
  }

  @Post(':webhookId/take-over')
  @InCohort('staff')
  @Replies(CreatedCohortWebhook)
  takeOver(@CurrentCohortActor() actor: CohortActor, @Param('webhookId', { schema: AnyId }) webhookId: string) {
    return this.webhooks.takeOver(actor, webhookId);
  }

  @Get(':webhookId/deliveries')
  @InCohort('staff')
  @Replies(page(CohortDelivery))
  async deliveries(@CurrentCohortActor() actor: CohortActor, @Param('webhookId', { schema: AnyId }) webhookId: string) {
    return { items: await this.webhooks.deliveries(actor, webhookId), nextCursor: null };
  }

  @Post(':webhookId/test')
  @InCohort('staff')
  @Replies(CohortDelivery)
  test(@CurrentCohortActor() actor: CohortActor, @Param('webhookId', { schema: AnyId }) webhookId: string) {
    return this.webhooks.test(actor, webhookId);
  }
}
