import { Injectable, type OnModuleInit } from '@nestjs/common';
import { applicationErased } from '../../calls/calls.events.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ReviewsRepository } from './reviews.repository.js';

/** What jurors wrote of a file is erased with it. */
@Injectable()
export class ReviewErasing implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly reviews: ReviewsRepository,
  ) {}

  onModuleInit(): void {
    this.outbox.on(applicationErased, 'reviews of erased files', ({ applicationId }) =>
      this.reviews.forget(idOf(applicationId)),
    );
  }
}
