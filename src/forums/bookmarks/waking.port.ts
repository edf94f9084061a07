import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Port } from '../../common/port.js';

/** When a bookmark reminds its person; `at` null: not at all. */
export interface Wake {
  bookmarkId: Types.ObjectId;
  userId: Types.ObjectId;
  cohortId: Types.ObjectId;
  at: Date | null;
}

/** What wakes people by their bookmarks. The bridge to what they plan for later provides it to the forum. */
export abstract class BookmarkWaking {
  /** In the transaction of the bookmark. Throws E11000 where two plan the same one for the first time at once. */
  abstract plan(wake: Wake, session: ClientSession): Promise<void>;
  abstract forget(
    userId: Types.ObjectId,
    bookmarkIds: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void>;
  /** After it: so that it is woken to the second. */
  abstract arm(wake: Pick<Wake, 'userId' | 'bookmarkId'>): Promise<void>;
}

/** Answered by the bridge to what people plan for later. */
@Injectable()
export class WakingPort extends Port<BookmarkWaking> {}
