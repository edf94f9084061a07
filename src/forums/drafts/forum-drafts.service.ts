import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { type Problem, conflict, notFound } from '../../common/problem.js';
import type { DraftChanged, ForumDraft, SaveDraft } from '../../contracts/forum-drafts.js';
import { MAX_FORUM_DRAFTS } from '../../contracts/limits.js';
import { Attaching } from '../../files/attaching.js';
import { attachmentOf } from '../../files/attachment.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions, onceCommitted } from '../../infra/mongo/transactions.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { TopicsRepository } from '../topics.repository.js';
import { KEPT_DRAFT, placeOfKey, presentDraft } from './draft.js';
import type { ForumDraftRow } from './draft.schema.js';
import { type DraftWords, DraftsRepository } from './drafts.repository.js';

/** What people begin to write in a forum and have not posted: theirs alone, the same wherever they are signed in. */
@Injectable()
export class ForumDrafts {
  constructor(
    private readonly drafts: DraftsRepository,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly members: Members,
    private readonly people: People,
    private readonly files: Attaching,
    private readonly transactions: Transactions,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
  ) {}

  /** Also of a post that was deleted since: its words can still be copied. Throws 404 for who does not read there. */
  async read(actor: Actor, key: string): Promise<{ draft: ForumDraft | null }> {
    await this.placeOf(actor, key, 'even-deleted');
    return { draft: await this.now(actor, key) };
  }

  /** Throws 404, 409 `stale` with `now` where it was written on elsewhere, `too_many_drafts_begun`. */
  async save(actor: Actor, key: string, { revision, ...words }: SaveDraft): Promise<ForumDraft> {
    const { cohortId, post } = await this.placeOf(actor, key);
    const userId = idOf(actor.userId);
    const changedAt = this.clock.now();
    const attachments = await this.keep(words.attachments, { ownerId: userId, cohortId }, post, changedAt);
    const fresh: DraftWords = { ...words, tags: [...new Set(words.tags)], attachments, changedAt };
    const row =
      revision === 0
        ? await this.begin({ userId, key, cohortId, ...fresh })
        : await this.drafts.save(userId, key, revision, fresh);
    if (!row) throw await this.stale(actor, key);
    this.tell(actor.userId, { key, revision: row.revision });
    return presentDraft(row);
  }

  /** Throws it away, with the uploads that were to go with it, also where its topic is gone: it is one's own. Throws 404, 409 `stale`. */
  async drop(actor: Actor, key: string, revision: number): Promise<void> {
    const userId = idOf(actor.userId);
    const row = await this.drafts.remove(userId, key, revision);
    if (!row) {
      if (await this.drafts.find(userId, key)) throw await this.stale(actor, key);
      await this.placeOf(actor, key);
      return;
    }
    await this.discardFiles(row);
    this.tell(actor.userId, { key, revision: null });
  }

  /** It is posted, and goes in the transaction that posts it; what was written on in it elsewhere stays. */
  async posted(userId: string, key: string, revision: number | undefined, session: ClientSession): Promise<void> {
    if (revision === undefined || !(await this.drafts.remove(idOf(userId), key, revision, session))) return;
    onceCommitted(session, () => this.tell(userId, { key, revision: null }));
  }

  /** Its uploads that were not posted with it elsewhere. */
  async discardFiles({ attachments, userId }: ForumDraftRow): Promise<void> {
    await this.files.discard(
      attachments.map(({ fileId }) => fileId),
      userId,
    );
  }

  /** Null where there is one already. */
  private async begin(draft: Omit<ForumDraftRow, '_id' | 'revision'>): Promise<ForumDraftRow | null> {
    try {
      return await this.transactions.run(async (session) => {
        await this.people.hold(draft.userId, session);
        const count = await this.drafts.count(draft.userId, MAX_FORUM_DRAFTS, session);
        if (count < MAX_FORUM_DRAFTS) return await this.drafts.begin(draft, session);
        throw conflict('too_many_drafts_begun', 'Post or throw away what you began before.', {
          most: MAX_FORUM_DRAFTS,
        });
      });
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  /** Uploads that go with it are kept as long as it is, beside the files of the post that is changed; those that are not there any more are left out. */
  private async keep(
    wanted: SaveDraft['attachments'],
    whose: { ownerId: Types.ObjectId; cohortId: Types.ObjectId },
    post: PostRow | null,
    now: Date,
  ): Promise<AttachmentRow[]> {
    const until = new Date(now.getTime() + KEPT_DRAFT);
    const ids = toIds(wanted.map(({ fileId }) => fileId));
    const waiting = await this.files.keep(ids, whose, until);
    const had = new Map(post?.attachments?.map((file) => [String(file.fileId), file]));
    return wanted.flatMap(({ fileId, alt }) => {
      const [upload, held] = [waiting.get(fileId.toLowerCase()), had.get(fileId.toLowerCase())];
      if (held) return [{ ...held, alt }];
      return upload ? [attachmentOf(upload, alt)] : [];
    });
  }

  /** The cohort in which it would be posted, for who reads there, and the post that it changes. Throws 404, for a deleted post too unless it is asked for. */
  private async placeOf(
    actor: Actor,
    key: string,
    deleted: 'even-deleted' | 'never' = 'never',
  ): Promise<{ cohortId: Types.ObjectId; post: PostRow | null }> {
    const place = placeOfKey(key);
    const topicId = 'topicId' in place ? toId(place.topicId) : null;
    const postId = 'postId' in place ? toId(place.postId) : null;
    const [post = null] = postId ? await this.posts.byIds([postId]) : [];
    const there = topicId ? await this.topics.byId(topicId) : post;
    const cohortId = 'cohortId' in place ? place.cohortId : there?.cohortId;
    const member = cohortId && (await this.members.actorIn({ ...actor, isAdmin: false }, String(cohortId)));
    if (!member || (post?.deletedAt && deleted === 'never')) throw notFound();
    return { cohortId: idOf(member.cohortId), post };
  }

  private async now(actor: Actor, key: string): Promise<ForumDraft | null> {
    const row = await this.drafts.find(idOf(actor.userId), key);
    return row && presentDraft(row);
  }

  private async stale(actor: Actor, key: string): Promise<Problem> {
    return conflict('stale', 'You wrote on in it elsewhere.', { now: await this.now(actor, key) });
  }

  /** A hint for one's other devices: they ask for it. */
  private tell(userId: string, change: DraftChanged): void {
    this.realtime.emit(rooms.user(userId), 'draft.changed', change);
  }
}
