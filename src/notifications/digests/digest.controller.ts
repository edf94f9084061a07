import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { DigestPreview } from '../../contracts/notifications/notifications.js';
import { SignedIn } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { DigestPreviewService } from './digest-preview.service.js';

/** My digest before it is sent. */
@ApiTags('me')
@Controller('api/me/digest')
@SignedIn()
export class DigestController {
  constructor(private readonly previews: DigestPreviewService) {}

  @Get()
  @Replies(DigestPreview)
  preview(@CurrentActor() actor: Actor) {
    return this.previews.of(actor.userId);
  }
}
