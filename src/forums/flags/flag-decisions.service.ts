import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { dayOf, instantAt, plusDays } from '../../common/times/zoned.js';
import type { DecideFlag, FlagCase } from '../../contracts/forum/flags.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { PostDeleting } from '../deleting/post-deleting.service.js';
import { PostEditing } from '../history/post-editing.service.js';
import type { PostRow } from '../post.schema.js';
import { PostsRepository } from '../posts.repository.js';
import { type TopicFacts, TopicsRepository } from '../topics.repository.js';
import { FlagCasesRepository, type Settling } from './flag-cases.repository.js';
import { FlagCases } from './flag-cases.service.js';
import { FlagSettling } from './flag-settling.js';
import type { FlagCaseRow } from './post-flag.schema.js';

/** When those that were deferred are asked for again. */
const MORNING = '09:00';
type Settle = Exclude<DecideFlag, { act: 'defer' }>;
const OUTCOMES = { hide: 'hidden', keep: 'kept', edit: 'edited' } as const;

/** What staff decide of flagged posts: once, whoever is faster, together with what becomes of the post. */
@Injectable()
export class FlagDecisions {
  constructor(
    private readonly cases: FlagCasesRepository,
    private readonly lists: FlagCases,
    private readonly settling: FlagSettling,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly topics: TopicsRepository,
    private readonly posts: PostsRepository,
    private readonly deleting: PostDeleting,
    private readonly editing: PostEditing,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 (also for a post of one's own, and to edit what is gone for good), 409 `stale`, 429 `text_day_full`. */
  async decide(actor: CohortActor, caseId: string, decision: DecideFlag): Promise<FlagCase> {
    const row = await this.lists.load(actor, caseId);
    if (row.settledAt) throw stale();
    if (decision.act === 'defer') await this.defer(actor, row);
    else await this.settle(actor, row, decision);
    const now = await this.cases.byId(row._id);
    if (!now) throw notFound();
    return await this.lists.one(actor, now);
  }

  private async defer(actor: CohortActor, { _id, cohortId }: FlagCaseRow): Promise<void> {
    const zone = (await this.cohorts.byId(cohortId))?.timeZone ?? 'UTC';
    const tomorrow = plusDays(dayOf(this.clock.now(), zone), 1);
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session, { evenClosed: true });
      if (!(await this.cases.defer(_id, instantAt(tomorrow, MORNING, zone), session))) throw stale();
    });
  }

  private async settle(actor: CohortActor, row: FlagCaseRow, decision: Settle): Promise<void> {
    const post = await this.posts.withKept(row.cohortId, row.postId);
    const topic = post && (await this.topics.evenDeleted(post.topicId));
    if (!topic || (decision.act === 'edit' && post.deletedAt && !post.hidden)) throw notFound();
    const settledAt = this.clock.now();
    const settling: Settling = {
      ...{ outcome: OUTCOMES[decision.act], settledById: idOf(actor.userId), settledAt },
      ...{ toAuthor: decision.toAuthor, toReporters: decision.toReporters },
    };
    const settle = async (session: ClientSession) => {
      await this.actors.heldAsStaff(actor, session, { evenClosed: true });
      if (!(await this.settling.settle(row._id, settling, session))) throw stale();
    };
    if (decision.act === 'hide') await this.hide(topic, post, settling, settle);
    else if (decision.act === 'keep') await this.deleting.showHidden(actor, topic, post, settle);
    else {
      const { act: _, toAuthor: __, toReporters: ___, ...edit } = decision;
      const write = await this.editing.prepare(actor, post, edit, { evenHidden: true, at: settledAt });
      await this.deleting.showHidden(actor, topic, post, async (session) => {
        await settle(session);
        await write(session);
      });
    }
  }

  private async hide(
    topic: TopicFacts,
    post: PostRow,
    { settledAt: at, settledById: byId }: Settling,
    settle: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (session) => {
      await settle(session);
      await this.deleting.hide(post, { at, byId: byId ?? null }, session);
    });
    this.deleting.changed(topic);
  }
}

const stale = () => conflict('stale', 'Somebody decided this before.');
