import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { Attaching } from '../../files/attaching.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Ends } from '../../infra/queue/ends.js';
import type { CallRow } from '../call.schema.js';
import { callKeepingChanged, callMoved } from '../calls.events.js';
import { CallsRepository } from '../calls.repository.js';
import { CallFiguresService } from '../figures/call-figures.service.js';
import { ApplicationErasingRepository, type ErasableRow } from './application-erasing.repository.js';
import { ApplicationForgetting } from './application-forgetting.js';
import { dueAt } from './erase-times.js';
import { filesIn } from './answers/file-answers.js';

const A_TURN = 200;
const COUNTED_AS = { draft: 'drafts', submitted: 'submitted', withdrawn: 'withdrawn' } as const;

/** Erases files on the day that was promised: answers, files, messages, notes, names, addresses and letters. That they were there stays as a number of their call. */
@Injectable()
export class ApplicationErasing implements OnModuleInit {
  constructor(
    private readonly ends: Ends,
    private readonly applications: ApplicationErasingRepository,
    private readonly calls: CallsRepository,
    private readonly attaching: Attaching,
    private readonly forgetting: ApplicationForgetting,
    private readonly figures: CallFiguresService,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('applications', () => this.erase());
    this.outbox.on(callMoved, 'erasing', ({ callId }) => this.bringForward(idOf(callId)));
    this.outbox.on(callKeepingChanged, 'erasing', ({ callId }) => this.bringForward(idOf(callId)));
  }

  /** Erases all whose time is over; of those whose call closes later by now, or keeps them longer, the time is put right. */
  async erase(): Promise<void> {
    const now = this.clock.now();
    for (
      let due = await this.applications.due(now, A_TURN);
      due.length > 0;
      due = await this.applications.due(now, A_TURN)
    ) {
      const calls = await this.calls.byIds([...new Map(due.map(({ callId }) => [String(callId), callId])).values()]);
      const known = new Map(calls.map((call) => [String(call._id), call]));
      for (const file of due) {
        const call = known.get(String(file.callId));
        const at = call ? dueAt(file, call, now) : now;
        if (at > now) await this.applications.move(file, at);
        else await this.forget(file);
      }
    }
  }

  /** The day of the files of a call comes nearer where the call closes earlier, or keeps them for less long. A day that goes farther off is put right when it comes. */
  private async bringForward(callId: Types.ObjectId): Promise<void> {
    const call = await this.calls.byId(callId);
    if (!call) return;
    const now = this.clock.now();
    for (
      let files = await this.applications.ofCall(callId, null, A_TURN);
      files.length > 0;
      files = await this.applications.ofCall(callId, files.at(-1)?._id ?? null, A_TURN)
    ) {
      for (const file of files) {
        const at = dueAt(file, call, now);
        if (at < file.eraseAt) await this.applications.move(file, at);
      }
    }
  }

  private async forget(file: ErasableRow): Promise<void> {
    const none: CallRow['erased'] = { drafts: 0, submitted: 0, withdrawn: 0 };
    await this.transactions.run(async (session) => {
      const erased = await this.applications.erase(file, session);
      if (!erased) return;
      const files = new Set([...filesIn(erased.answers), ...filesIn(erased.submitted?.answers)]);
      await this.attaching.release([...files].map(idOf), session);
      await this.forgetting.forget(erased, session);
      if (file.openedAt) await this.figures.keep(erased, session);
      // A link that nobody opened was no file yet.
      if (file.openedAt) await this.calls.countErased(file.callId, { ...none, [COUNTED_AS[file.state]]: 1 }, session);
    });
  }
}
