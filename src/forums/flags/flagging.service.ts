import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import { digestOf } from '../../common/secrets.js';
import type { FlagPost } from '../../contracts/forum/flags.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { PostDeleting } from '../deleting/post-deleting.service.js';
import { postFlagged } from '../forums.events.js';
import { ForumsPresenter } from '../forums.presenter.js';
import type { PostRow } from '../post.schema.js';
import { PostsService } from '../posts.service.js';
import { withPoll } from '../polls/poll-rule.js';
import { wholeText } from '../threads/thread-quote.js';
import type { TopicFacts } from '../topics.repository.js';
import { FlagCasesRepository } from './flag-cases.repository.js';
import { hidesByItself } from './flag-rule.js';
import { PostFlagsRepository } from './post-flags.repository.js';
import type { PostFlagRow } from './post-flag.schema.js';

/** So many texts of one post a person flags. */
const MAX_TEXTS = 10;
const FLAGS = { name: 'post-flags', points: 30, seconds: 3600 };

/** Asks staff to look at posts, as they are when they are asked. */
@Injectable()
export class Flagging {
  constructor(
    private readonly postsService: PostsService,
    private readonly deleting: PostDeleting,
    private readonly flags: PostFlagsRepository,
    private readonly cases: FlagCasesRepository,
    private readonly present: ForumsPresenter,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Asks staff to look at a post, once a person and text of it. Throws 404, 409 `own_words`, `too_many_reports`, 429. */
  async flag(actor: CohortActor, postId: string, why: FlagPost): Promise<void> {
    const { topic, post } = await this.postsService.load(actor, postId);
    if (post.deletedAt) throw notFound();
    if (String(post.authorId) === actor.userId)
      throw conflict('own_words', 'You wrote this yourself: change it, or delete it.');
    await this.limits.take(FLAGS, actor.userId);
    const asked = await this.asked(actor, topic, post, why);
    // Staff looked at these words for them, and left them.
    if (await this.cases.anyKept(await this.flags.decidedCases(asked))) return;
    try {
      await this.whileCasesOpen(async (session) => {
        await this.actors.asMember(actor, session);
        await this.add(asked, post, session);
      });
    } catch (error) {
      // They asked before: staff look at it.
      if (!isDuplicateKey(error, 'once')) throw error;
      return;
    }
    this.deleting.changed(topic);
  }

  private async asked(actor: CohortActor, topic: TopicFacts, post: PostRow, why: FlagPost): Promise<PostFlagRow> {
    const [seen] = await this.present.postsOf(actor, topic, [post]);
    const quotes = (seen?.quotes ?? []).map(({ author, ...quote }) => ({ ...quote, authorId: author?.id ?? '' }));
    const text = withPoll(wholeText(post.body ?? '', quotes), post.poll);
    const files = (post.attachments ?? []).map(({ fileId }) => String(fileId));
    return {
      ...{ _id: newId(), cohortId: topic.cohortId, topicId: topic._id, postId: post._id, userId: idOf(actor.userId) },
      ...{ authorId: post.authorId, number: post.number, title: topic.title, text, caseId: newId(), ...why },
      // A reply is not another one since its topic was renamed; with other files it is.
      ...{ digest: digestOf(text, ...(post.number === 1 ? [topic.title] : []), ...files), createdAt: this.clock.now() },
      resolvedAt: null,
    };
  }

  /** Who flags is held, so that of many at once each counts the others. */
  private async add(asked: PostFlagRow, post: PostRow, session: ClientSession): Promise<void> {
    await this.people.hold(asked.userId, session);
    if ((await this.flags.countOthers(asked, session)) >= MAX_TEXTS)
      throw conflict('too_many_reports', 'You reported this post as often as one can: staff look at it.');
    const { _id: caseId, people, hiddenAt } = await this.cases.addTo(asked, asked.caseId, session);
    await this.flags.add({ ...asked, caseId }, session);
    const since = post.editedAt ?? post.createdAt;
    const isSeenByStaff = await this.cases.shownSince(post._id, since, session);
    if (!hiddenAt && hidesByItself({ people: people.length, isSeenByStaff })) {
      const isHidden = await this.deleting.hide(post, { at: asked.createdAt, byId: null }, session);
      if (isHidden) await this.cases.hid(caseId, asked.createdAt, session);
    }
    await this.outbox.write(postFlagged, { caseId: String(caseId) }, session);
  }

  /** Another process may open the case of the post at this very moment: then this person is added to that. */
  private async whileCasesOpen(work: (session: ClientSession) => Promise<void>): Promise<void> {
    try {
      await this.transactions.run(work);
    } catch (error) {
      if (!isDuplicateKey(error) || isDuplicateKey(error, 'once')) throw error;
      await this.transactions.run(work);
    }
  }
}
