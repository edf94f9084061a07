import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Outbox } from './outbox.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxRepository } from './outbox.repository.js';
import { outboxSchema } from './outbox.schema.js';

/** Gives the outbox to all rooms. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Outbox', schema: outboxSchema }])],
  controllers: [OutboxController],
  providers: [Outbox, OutboxRepository],
  exports: [Outbox],
})
export class OutboxModule {}
