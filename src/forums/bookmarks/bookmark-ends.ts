import { Injectable, type OnModuleInit } from '@nestjs/common';
import { memberLeft } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { BookmarksRepository } from './bookmarks.repository.js';
import { WakingPort } from './waking.port.js';

/** Whoever leaves a cohort keeps nothing of its forum, and is reminded of nothing there. */
@Injectable()
export class BookmarkEnds implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly members: Members,
    private readonly bookmarks: BookmarksRepository,
    private readonly waking: WakingPort,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.outbox.on(memberLeft, 'bookmarks', (departure) => this.end(departure));
  }

  private async end({ cohortId, userId }: { cohortId: string; userId: string }): Promise<void> {
    if (await this.members.find(cohortId, userId)) return;
    const whose = { userId: idOf(userId), cohortId: idOf(cohortId) };
    const ids = (await this.bookmarks.marks(whose)).map(({ _id }) => _id);
    if (ids.length === 0) return;
    await this.transactions.run(async (session) => {
      await this.bookmarks.removeAll(whose, session);
      await this.waking.provider.forget(whose.userId, ids, session);
    });
  }
}
