import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { page } from '../../contracts/primitives.js';
import {
  ChangedWebhook,
  CreateWebhook,
  CreatedWebhook,
  Delivery,
  IncomingHook,
  Receiver,
  UpdateWebhook,
  Webhook,
} from '../../contracts/bridges/webhooks.js';
import { Public, SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { Limited, MADE_UP, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ShownHooks } from './shown-hooks.js';
import { WebhooksService } from './webhooks.service.js';

/** More than anybody sets up in a day. */
export const NEW_WEBHOOKS = { name: 'webhooks', points: 60, seconds: 86_400 };

const AnyId = z.string();

/** The webhooks of a channel, for who may change the channel. */
@ApiTags('chat')
@Controller('api/channels/:channelId/webhooks')
@SignedIn()
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Replies(page(Webhook))
  async list(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return { items: await this.webhooks.list(actor, channelId), nextCursor: null };
  }

  @Post()
  @Limited(NEW_WEBHOOKS)
  @Replies(CreatedWebhook, 201)
  create(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: CreateWebhook }) body: CreateWebhook,
  ) {
    return this.webhooks.create(actor, channelId, body);
  }

  @Patch(':webhookId')
  @Replies(ChangedWebhook)
  update(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
    @Body({ schema: UpdateWebhook }) body: UpdateWebhook,
  ) {
    return this.webhooks.update(actor, channelId, webhookId, body);
  }

  @Delete(':webhookId')
  @RepliesNothing()
  remove(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
  ) {
    return this.webhooks.remove(actor, channelId, webhookId);
  }

  @Post(':webhookId/take-over')
  @Replies(CreatedWebhook)
  takeOver(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
  ) {
    return this.webhooks.takeOver(actor, channelId, webhookId);
  }

  @Get(':webhookId/deliveries')
  @Replies(page(Delivery))
  async deliveries(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
  ) {
    return { items: await this.webhooks.deliveries(actor, channelId, webhookId), nextCursor: null };
  }

  @Post(':webhookId/test')
  @Replies(Delivery)
  test(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('webhookId', { schema: AnyId }) webhookId: string,
  ) {
    return this.webhooks.test(actor, channelId, webhookId);
  }
}

/** Where the messages of a channel go besides, for everybody in it. */
@ApiTags('chat')
@Controller('api/channels/:channelId/receivers')
@SignedIn()
export class ReceiversController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Replies(page(Receiver))
  async list(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return { items: await this.webhooks.receivers(actor, channelId), nextCursor: null };
  }
}

/** Where others write into a channel, as they would into Slack. The address itself is the secret. */
@ApiTags('chat')
@Controller('api/hooks')
@Public()
@Shows(ShownHooks)
@StrangersCount(MADE_UP)
export class IncomingHooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post(':token')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @Replies(z.string())
  async comeIn(
    @Param('token', { schema: AnyId }) token: string,
    @Body({ schema: IncomingHook }) body: IncomingHook,
  ): Promise<string> {
    await this.webhooks.comeIn(token, body);
    return 'ok';
  }
}
