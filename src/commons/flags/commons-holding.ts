import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { grouped } from '../../common/grouped.js';
import { newId } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { commonsFlagged } from '../commons.events.js';
import type { CommonsPostRow } from '../commons.schema.js';
import type { NewCommonsPost } from '../posts/commons-posts.repository.js';
import { CommonsFlagsRepository } from './commons-flags.repository.js';
import { CommonsHeldRepository } from './commons-held.repository.js';

/** What of a post says whether it is held as it goes. */
export type GonePost = Pick<CommonsPostRow, '_id' | 'fromPostId' | 'hiddenAt'>;

/** What flags hid is hidden until staff have looked, also where its copy goes meanwhile and is brought again. */
@Injectable()
export class CommonsHolding {
  constructor(
    private readonly flags: CommonsFlagsRepository,
    private readonly held: CommonsHeldRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Posts go, and their flags with them; of a hidden copy both are held for the post that it is of. In the transaction that deletes them. */
  async letGo(posts: readonly GonePost[], session: ClientSession): Promise<void> {
    const hidden = posts.filter(({ fromPostId, hiddenAt }) => fromPostId && hiddenAt);
    if (hidden.length > 0) {
      const flags = await this.flags.of(ids(hidden), session);
      const flagsOf = grouped(flags, ({ postId }) => String(postId));
      const rows = hidden.flatMap(({ _id, fromPostId, hiddenAt }) => {
        if (!fromPostId || !hiddenAt) return [];
        const its = (flagsOf.get(String(_id)) ?? []).map(({ userId, kind, reason, at }) => ({
          ...{ userId, kind, reason, at },
        }));
        return [{ _id: fromPostId, hiddenAt, flags: its }];
      });
      await this.held.add(rows, session);
    }
    await this.flags.forget(ids(posts), session);
  }

  /** Copies that come, as they are to be written: what is held of them is hidden, with its flags, and staff are told that it waits. In the transaction that writes them. */
  async asHeld(
    cohortId: Types.ObjectId,
    posts: readonly NewCommonsPost[],
    session: ClientSession,
  ): Promise<NewCommonsPost[]> {
    const held = await this.held.take(
      posts.flatMap(({ fromPostId }) => fromPostId ?? []),
      session,
    );
    const byOrigin = new Map(held.map((row) => [String(row._id), row]));
    const now: NewCommonsPost[] = [];
    for (const post of posts) {
      const row = byOrigin.get(String(post.fromPostId));
      now.push(row ? { ...post, hiddenAt: row.hiddenAt } : post);
      if (!row) continue;
      const flags = row.flags.map((flag) => ({ ...flag, _id: newId(), cohortId, postId: post._id }));
      await this.flags.add(flags, session);
      await this.outbox.write(
        commonsFlagged,
        { postId: String(post._id), hidden: true, byId: String(post.authorId) },
        session,
      );
    }
    return now;
  }
}

const ids = (posts: readonly GonePost[]) => posts.map(({ _id }) => _id);
