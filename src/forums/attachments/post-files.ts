import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Members } from '../../cohorts/members/members.service.js';
import type { Attach } from '../../contracts/files.js';
import { Attaching } from '../../files/attaching.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { type FileHolder, FileHolders } from '../../files/file-holders.js';
import type { FileRow } from '../../files/file.schema.js';
import { PostVersionsRepository } from '../history/post-versions.repository.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { TopicsRepository } from '../topics.repository.js';
import { lostFiles } from './attached.js';
import { settledFiles } from './settled.js';

type Place = Pick<PostRow, '_id' | 'cohortId' | 'topicId'>;

/**
 * The files of posts. They hang on the post, so that they go with it wherever it stands: who may read its topic opens them, nobody while it is deleted. Those that an
 * edit took out stay with the version that showed them.
 */
@Injectable()
export class PostFiles implements FileHolder {
  constructor(
    holders: FileHolders,
    private readonly members: Members,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly versions: PostVersionsRepository,
    private readonly attaching: Attaching,
  ) {
    holders.provide('post', this);
  }

  async mayRead(userId: string, { id }: NonNullable<FileRow['holder']>, fileId: Types.ObjectId): Promise<boolean> {
    const [post] = await this.posts.byIds([id]);
    const topic = post && (await this.topics.evenDeleted(post.topicId));
    const actor =
      topic && (await this.members.actorIn({ userId, loginId: '', isAdmin: false }, String(topic.cohortId)));
    if (!post || !actor) return false;
    const isAuthor = String(post.authorId) === userId;
    // What was hidden because it was flagged is looked at by staff.
    if (post.deletedAt) return post.hidden !== undefined && actor.role === 'staff' && !isAuthor;
    if (topic.deletedAt) return false;
    if (!post.heldBack || isAuthor || actor.role === 'staff') return true;
    const isShown = (post.attachments ?? []).some((file) => file.fileId.equals(fileId));
    return isShown || (await this.versions.showsAfter(post._id, post.heldBack, fileId));
  }

  /** Hangs uploads of who writes on a new post, in the transaction that writes it. Throws 422 `/attachments/<n>/fileId` `unknown`. */
  async take(
    wanted: readonly Attach[],
    post: Place,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    return await this.settle(wanted, [], post, ownerId, session);
  }

  /**
   * The files of a post as who edits it wants them: those that it has or had, and new uploads of theirs. Only staff (`mayReadAll`) hang on it again what was held back. Throws as
   * `take`.
   */
  async change(
    wanted: readonly Attach[],
    post: Place & Pick<PostRow, 'attachments' | 'heldBack'>,
    { ownerId, mayReadAll }: { ownerId: Types.ObjectId; mayReadAll: boolean },
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    const earlier = await this.versions.filesOf(post._id, session, mayReadAll ? 0 : (post.heldBack ?? 0));
    return await this.settle(wanted, [...earlier, ...(post.attachments ?? [])], post, ownerId, session);
  }

  /** Lets go of what neither a post nor a version of it shows any more. `before`: all that may be so. */
  async release(
    postId: Types.ObjectId,
    before: readonly Pick<AttachmentRow, 'fileId'>[],
    after: readonly AttachmentRow[],
    session: ClientSession,
  ): Promise<void> {
    if (lostFiles(before, after).length === 0) return;
    const earlier = await this.versions.filesOf(postId, session);
    await this.attaching.release(lostFiles(before, [...after, ...earlier]), session);
  }

  private async settle(
    wanted: readonly Attach[],
    had: readonly AttachmentRow[],
    { _id, cohortId, topicId }: Place,
    ownerId: Types.ObjectId,
    session: ClientSession,
  ): Promise<AttachmentRow[]> {
    const holder = { kind: 'post' as const, id: _id, placeId: topicId };
    return await settledFiles(this.attaching, { wanted, had, writer: { ownerId, cohortId }, holder }, session);
  }
}
