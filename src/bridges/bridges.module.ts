import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { MentoringModule } from '../mentoring/mentoring.module.js';
import { Outside } from '../infra/http/outside.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';
import { ThreadsOfChat } from './threads-of-chat.js';
import { WebhookSender } from './webhook-sender.js';
import { deliverySchema, webhookSchema } from './webhook.schema.js';
import { IncomingHooksController, ReceiversController, WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';
import { WorkshopChannels } from './workshop-channels.js';

/** Acts that join two rooms which do not know each other. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    ChatModule,
    ForumsModule,
    MentoringModule,
    RemindersModule,
    WorkshopsModule,
    MongooseModule.forFeature([
      { name: 'Webhook', schema: webhookSchema },
      { name: 'WebhookDelivery', schema: deliverySchema },
    ]),
  ],
  controllers: [OverviewController, WebhooksController, ReceiversController, IncomingHooksController],
  providers: [
    Outside,
    OverviewService,
    ThreadsOfChat,
    WebhookSender,
    WebhooksRepository,
    WebhooksService,
    WorkshopChannels,
  ],
})
export class BridgesModule {}
