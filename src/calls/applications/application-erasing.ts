import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/times/clock.js';
import { Attaching } from '../../files/attaching.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Ends } from '../../infra/queue/ends.js';
import type { CallRow } from '../call.schema.js';
import { CallsRepository } from '../calls.repository.js';
import { ApplicationMessagesRepository } from '../messages/application-messages.repository.js';
import { ApplicationMails } from './application-mails.js';
import { ApplicationsRepository } from './applications.repository.js';
import { eraseAt } from './erase-times.js';
import { filesIn } from './file-answers.js';

const A_TURN = 200;
const COUNTED_AS = { draft: 'drafts', submitted: 'submitted', withdrawn: 'withdrawn' } as const;

/** Erases files on the day that was promised: answers, files, messages, names, addresses and letters. That they were there stays as a number of their call. */
@Injectable()
export class ApplicationErasing implements OnModuleInit {
  constructor(
    private readonly ends: Ends,
    private readonly applications: ApplicationsRepository,
    private readonly calls: CallsRepository,
    private readonly mails: ApplicationMails,
    private readonly attaching: Attaching,
    private readonly messages: ApplicationMessagesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.of('applications', () => this.erase());
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
        const at = call ? eraseAt(file, call) : now;
        if (at > now) await this.applications.postpone(file._id, file.eraseAt, at);
        else await this.forget(file);
      }
    }
  }

  private async forget(file: Awaited<ReturnType<ApplicationsRepository['due']>>[number]): Promise<void> {
    const none: CallRow['erased'] = { drafts: 0, submitted: 0, withdrawn: 0 };
    await this.transactions.run(async (session) => {
      const erased = await this.applications.erase(file, session);
      if (!erased) return;
      const files = new Set([...filesIn(erased.answers), ...filesIn(erased.submitted?.answers)]);
      await this.attaching.release([...files].map(idOf), session);
      await this.mails.forget([file._id], session);
      await this.messages.forget(file._id, session);
      // A link that nobody opened was no file yet.
      if (file.openedAt) await this.calls.countErased(file.callId, { ...none, [COUNTED_AS[file.state]]: 1 }, session);
    });
  }
}
