import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { lengthOfBody, within } from '../../common/texts/within.js';
import { Clock } from '../../common/times/clock.js';
import { draftKeys } from '../../contracts/draft-keys.js';
import type { EditPost, Post } from '../../contracts/forums.js';
import type { EditedMeanwhile, PostHistory } from '../../contracts/forum-posts.js';
import { presentAttachment } from '../../files/attachment.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { countNamed } from '../../infra/redis/naming.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { allFiles, sameFiles } from '../attachments/attached.js';
import { PostFiles } from '../attachments/post-files.js';
import { ForumDrafts } from '../drafts/forum-drafts.service.js';
import { ForumTexts } from '../forum-texts.js';
import { membersNamed, postCorrected, topicChanged } from '../forums.events.js';
import { ForumsPresenter, faceOf } from '../forums.presenter.js';
import type { PostRow } from '../post.schema.js';
import { PostQuotes } from '../quotes/post-quotes.service.js';
import { PostsRepository } from '../posts.repository.js';
import { PostsService } from '../posts.service.js';
import { wholeText } from '../threads/thread-quote.js';
import { MAX_QUOTED, hexes, topicWords } from '../topic.js';
import { TopicsRepository } from '../topics.repository.js';
import { mergedText, wholeOf } from '../wiki/merging.js';
import { PostVersionsRepository } from './post-versions.repository.js';
import { editionAfter } from './versions.js';

/** As long as a post may be. */
const MOST = 30_000;

/** New words for a post, and what it said before. */
@Injectable()
export class PostEditing {
  constructor(
    private readonly service: PostsService,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly versions: PostVersionsRepository,
    private readonly files: PostFiles,
    private readonly drafts: ForumDrafts,
    private readonly quotes: PostQuotes,
    private readonly texts: ForumTexts,
    private readonly present: ForumsPresenter,
    private readonly people: People,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /**
   * New words and files by who may edit it; the same again are no edit. Where others edited it since `seen`, both edits stand together. Throws 404, 403, 409 `topic_locked`, 422 as
   * {@link PostFiles.take}, and `/seen` `required` for a wiki; 409 `edited_meanwhile` where both changed the same paragraph, 429 (`text_day_full` as {@link countText}).
   */
  async edit(actor: CohortActor, postId: string, edit: EditPost): Promise<Post> {
    const { topic, post } = await this.service.load(actor, postId);
    this.service.demand(actor, topic, post, 'edit');
    if (post.wiki && edit.seen === undefined) throw invalidField('/seen', 'required');
    const write = await this.prepare(actor, post, edit);
    const isChanged = await this.transactions.run(async (session) => {
      await this.drafts.posted(actor.userId, draftKeys.edit(String(post._id)), edit.draft, session);
      return await write(session);
    });
    if (isChanged) this.bus.publish(topicChanged, { cohortId: actor.cohortId, topicId: String(topic._id) });
    return await this.service.show(actor, topic, postId);
  }

  /**
   * Reads the new words of a post, and gives back what writes them and its files in a transaction: false where they are the same. It asks for no right. `evenHidden`: staff do so because it was flagged, also
   * where it is hidden, and what it said is held back. Throws 404 for a post that is gone (`evenHidden`: for good), 422 as {@link PostFiles.take}, 429 (`text_day_full` as {@link countText}).
   */
  async prepare(
    actor: CohortActor,
    post: PostRow,
    { body: typed, why, attachments: wanted, seen, seenAttachments }: EditPost,
    { evenHidden = false, at = this.clock.now() }: { evenHidden?: boolean; at?: Date } = {},
  ): Promise<(session: ClientSession) => Promise<boolean>> {
    await countText(this.limits, actor.userId, typed);
    const mine = await this.quotes.kept(post.topicId, typed);
    const named = await this.texts.read(actor.cohortId, mine);
    await countNamed(this.limits, actor.userId, without(named.mentions, post.mentions).length);
    const edit = { byId: idOf(actor.userId), why: why ?? null, at };
    return async (session) => {
      const before = evenHidden
        ? await this.posts.withKept(post.cohortId, post._id, session)
        : await this.service.open(actor, post._id, session);
      if (!before) throw notFound();
      const body = seen === undefined ? mine : await this.together(actor, before, { mine, seen });
      const text = wholeText(body, post.quotes);
      const { mentions, excerpt } = await this.texts.read(actor.cohortId, text, post.quotes && MAX_QUOTED);
      const had = before.attachments ?? [];
      const files = wanted && allFiles(wanted, seenAttachments, had);
      const by = { ownerId: edit.byId, mayReadAll: actor.role === 'staff' };
      const attachments = files ? await this.files.change(files, before, by, session) : had;
      if (before.body === body && sameFiles(had, attachments)) return false;
      const { edition, replaced } = editionAfter(before, edit);
      const change = {
        ...{ body, mentions, attachments, edition, editedAt: edit.at },
        // What was flagged is not there to be read in its history.
        ...(evenHidden && { heldBack: edition.number - 1 }),
      };
      if (!(await this.posts.edit(before, change, session, { evenHidden }))) throw notFound();
      const userIds = without(mentions, before.mentions);
      const fact = { topicId: String(post.topicId), postId: String(post._id), byId: actor.userId, userIds };
      if (userIds.length > 0) await this.outbox.write(membersNamed, fact, session);
      if (!before.wiki && !before.authorId.equals(edit.byId))
        await this.outbox.write(postCorrected, whereIs(post), session);
      const dropped = replaced ? await this.versions.keep(replaced, session) : [];
      await this.files.release(post._id, [...had, ...dropped], attachments, session);
      // What brings a hidden question back writes its topic from it.
      if (before.number !== 1 || before.deletedAt) return true;
      const now = await this.topics.find(before.cohortId, before.topicId, session);
      if (!now) throw notFound();
      await this.topics.update(
        now._id,
        { excerpt, words: topicWords(now.title, now.tags, text, before.poll) },
        session,
      );
      return true;
    };
  }

  /** What somebody wrote, with what others wrote since they began. Throws 409 `edited_meanwhile`, 422 where both are too long together. */
  private async together(
    actor: CohortActor,
    before: PostRow,
    { mine, seen }: { mine: string; seen: string },
  ): Promise<string> {
    // As whoever edits it was shown it: without the words of posts that are gone.
    const [theirs = ''] = await this.quotes.shown(before.cohortId, [before.body ?? '']);
    if (seen === theirs || seen === before.body) return mine;
    const pieces = mergedText(mine, seen, theirs);
    const whole = wholeOf(pieces);
    if (whole === null) {
      const topic = await this.topics.find(before.cohortId, before.topicId);
      const [now] = topic ? await this.present.postsOf(actor, topic, [before]) : [];
      if (!now) throw notFound();
      const both: EditedMeanwhile = { now, pieces };
      throw conflict('edited_meanwhile', 'Somebody changed the same paragraphs meanwhile.', { ...both });
    }
    if (whole.length > MOST) throw invalidField('/body', 'too_big', { of: 'string', maximum: MOST });
    return whole;
  }

  /** What a post says and said, the newest first, as much as one answer holds, for whoever may read it. Throws 404. */
  async history(actor: CohortActor, postId: string): Promise<PostHistory> {
    const { post } = await this.service.load(actor, postId);
    if (post.deletedAt) throw notFound();
    const { edition, authorId, body, attachments, createdAt, editedAt } = post;
    const number = edition?.number ?? 1;
    const now = { number, byId: edition?.byId ?? authorId, why: edition?.why ?? null, attachments };
    // What was edited a moment ago is not said twice.
    const mayReadAll = actor.role === 'staff' || String(authorId) === actor.userId;
    const from = mayReadAll ? 0 : (post.heldBack ?? 0);
    const earlier = (await this.versions.of(post._id)).filter((one) => one.number < number && one.number > from);
    const all = within([{ ...now, body: body ?? '', writtenAt: editedAt ?? createdAt }, ...earlier], lengthOfBody);
    const [bodies, faces] = await Promise.all([
      this.texts.named(
        actor.cohortId,
        all.map((one) => one.body),
      ),
      this.people.byId(hexes(all.map(({ byId }) => byId))),
    ]);
    return {
      items: all.map(({ number: version, byId, why, writtenAt, attachments: files = [] }, at) => ({
        ...{ number: version, by: faceOf(byId, faces), at: writtenAt.toISOString() },
        ...{ why: why ?? null, body: bodies[at] ?? '', attachments: files.map(presentAttachment) },
      })),
    };
  }
}

const whereIs = ({ _id, cohortId, topicId }: PostRow) => ({
  ...{ cohortId: String(cohortId), topicId: String(topicId), postId: String(_id) },
});

/** Who is among these and was not before. */
const without = (ids: readonly Types.ObjectId[], before: readonly Types.ObjectId[]): string[] =>
  hexes(ids).filter((id) => !hexes(before).includes(id));
