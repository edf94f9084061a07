import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { PushSubscription, PutPushSubscription } from '../../contracts/notifications/push.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { PushService } from './push.service.js';

const DEVICES = { name: 'push-devices', points: 60, seconds: 3600 };

/** Notices on the device I am signed in with. */
@ApiTags('me')
@Controller('api/me/push-subscription')
@SignedIn()
export class PushController {
  constructor(private readonly push: PushService) {}

  @Get()
  @Replies(PushSubscription)
  ofLogin(@CurrentActor() actor: Actor) {
    return this.push.ofLogin(actor);
  }

  @Put()
  @Limited(DEVICES)
  @Replies(PushSubscription)
  put(@CurrentActor() actor: Actor, @Body({ schema: PutPushSubscription }) body: PutPushSubscription) {
    return this.push.put(actor, body);
  }

  @Delete()
  @RepliesNothing()
  remove(@CurrentActor() actor: Actor) {
    return this.push.remove(actor);
  }
}
