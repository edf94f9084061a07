import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { isOver } from '../call-times.js';
import { callMoved } from '../calls.events.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationMails } from './application-mails.js';
import { ApplicationsRepository } from './applications.repository.js';

const A_TURN = 200;

/** Who has a draft hears that their call closes at another time, and is reminded of that one. What waits about the closing of before says nothing any more. */
@Injectable()
export class DraftFollow implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly calls: CallsRepository,
    private readonly applications: ApplicationsRepository,
    private readonly mails: ApplicationMails,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(callMoved, 'drafts', ({ callId }) => this.follow(idOf(callId)));
  }

  private async follow(callId: Types.ObjectId): Promise<void> {
    const call = await this.calls.byId(callId);
    if (!call?.closesAt) return;
    const isLater = !isOver(call, this.clock.now());
    let ids = await this.applications.drafts(callId, null, A_TURN);
    while (ids.length > 0) {
      if (isLater) await this.mails.extended(ids, call.closesAt);
      await this.mails.remind(ids, call.closesAt);
      ids = await this.applications.drafts(callId, ids.at(-1) ?? null, A_TURN);
    }
  }
}
