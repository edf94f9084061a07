import { Injectable, type OnModuleInit } from '@nestjs/common';
import { cohortClosed } from '../cohorts/cohorts.events.js';
import { idOf } from '../infra/mongo/ids.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { CallsService } from './calls.service.js';

/** Calls that are open close with their cohort. */
@Injectable()
export class ClosedCohorts implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly calls: CallsService,
  ) {}

  onModuleInit(): void {
    this.outbox.on(cohortClosed, 'calls', ({ cohortId }) => this.calls.closeAll(idOf(cohortId)));
  }
}
