import { Module } from '@nestjs/common';
import { ChatModule } from '../chat/chat.module.js';
import { WorkshopsModule } from '../workshops/workshops.module.js';
import { WorkshopChannels } from './workshop-channels.js';

/** Acts that join two rooms which do not know each other. */
@Module({
  imports: [ChatModule, WorkshopsModule],
  providers: [WorkshopChannels],
})
export class BridgesModule {}
