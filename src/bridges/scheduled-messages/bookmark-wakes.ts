import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { BookmarkWaking, type Wake, WakingPort } from '../../forums/bookmarks/waking.port.js';
import { ScheduledSender } from './scheduled-sender.js';
import { ScheduledRepository } from './scheduled.repository.js';

/** Bookmarks of the forum wake their person as notes to oneself do. */
@Injectable()
export class BookmarkWakes extends BookmarkWaking {
  constructor(
    port: WakingPort,
    private readonly scheduled: ScheduledRepository,
    private readonly sender: ScheduledSender,
    private readonly clock: Clock,
  ) {
    super();
    port.provide(this);
  }

  override async plan({ at, ...wake }: Wake, session: ClientSession): Promise<void> {
    if (at) await this.scheduled.wakeBookmark({ ...wake, at }, this.clock.now(), session);
    else await this.forget(wake.userId, [wake.bookmarkId], session);
  }

  override async forget(
    userId: Types.ObjectId,
    bookmarkIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    await this.scheduled.forgetBookmarks(userId, bookmarkIds, session);
  }

  override async arm({ userId, bookmarkId }: Pick<Wake, 'userId' | 'bookmarkId'>): Promise<void> {
    const row = await this.scheduled.wakeOf(userId, bookmarkId);
    if (row) await this.sender.arm(row);
  }
}
