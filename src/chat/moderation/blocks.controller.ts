import { Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { BlockedPeople } from '../../contracts/chat/blocks.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { BlocksService } from './blocks.service.js';

const AnyId = z.string();

/** From whom I take no direct messages. */
@ApiTags('me')
@Controller('api/me/blocked')
@SignedIn()
export class BlocksController {
  constructor(private readonly blocks: BlocksService) {}

  @Get()
  @Replies(BlockedPeople)
  list(@CurrentActor() actor: Actor) {
    return this.blocks.list(actor.userId);
  }

  @Put(':userId')
  @RepliesNothing()
  block(@CurrentActor() actor: Actor, @Param('userId', { schema: AnyId }) userId: string) {
    return this.blocks.block(actor, userId);
  }

  @Delete(':userId')
  @RepliesNothing()
  unblock(@CurrentActor() actor: Actor, @Param('userId', { schema: AnyId }) userId: string) {
    return this.blocks.unblock(actor, userId);
  }
}
