import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Deliveries } from './deliveries.js';
import { DeliveryWorker } from './delivery-worker.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { deliverySchema } from './delivery.schema.js';

/** Gives the one way out to all rooms. */
@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Delivery', schema: deliverySchema }])],
  providers: [Deliveries, DeliveriesRepository, DeliveryWorker],
  exports: [Deliveries],
})
export class DeliveriesModule {}
