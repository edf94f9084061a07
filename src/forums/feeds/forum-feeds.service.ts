import { Inject, Injectable } from '@nestjs/common';
import { isTheirs } from '../../auth/given-back.js';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { hashOf, newSecret } from '../../common/secrets.js';
import { Clock, HOUR } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { ForumFeed, MadeForumFeed, MakeForumFeed } from '../../contracts/forum-feeds.js';
import type { TopicsQuery } from '../../contracts/forums.js';
import { MAX_FORUM_FEEDS } from '../../contracts/limits.js';
import { isSeen } from '../../infra/http/conditional.js';
import { networkCounts } from '../../infra/http/network.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { TopicsRepository } from '../topics.repository.js';
import { TopicsService } from '../topics.service.js';
import { atomOf } from './atom.js';
import type { ForumFeedRow } from './forum-feed.schema.js';
import { ForumFeedsRepository } from './forum-feeds.repository.js';

const READING = { name: 'forum-feed', points: 60, seconds: 3600 };
const ENTRIES = 50;

/** A feed as it is handed out; `body` is null for who has it already (304). */
export interface FeedAnswer {
  etag: string;
  body: string | null;
}

/** The forum for programs that read feeds, behind addresses that only one person knows. */
@Injectable()
export class ForumFeeds {
  constructor(
    private readonly feeds: ForumFeedsRepository,
    private readonly topics: TopicsService,
    private readonly topicRows: TopicsRepository,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly users: UsersRepository,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async mine(actor: CohortActor): Promise<ForumFeed[]> {
    return (await this.feeds.of(whose(actor))).map(toFeed);
  }

  /** A feed with a new address, told this once; the one before is nowhere from now on. Throws 422 `/tag` `unknown_tag`, 409 `too_many_feeds`. */
  async make(actor: CohortActor, { list, tag }: MakeForumFeed): Promise<MadeForumFeed> {
    const { userId, cohortId } = whose(actor);
    if (tag !== null && (await this.topicRows.tagsAmong(cohortId, [tag])).length === 0)
      throw invalidField('/tag', 'unknown_tag');
    const secret = newSecret();
    const fresh = { secretHash: hashOf(secret), createdAt: this.clock.now() };
    const row = await againWhenDoubled(() =>
      this.transactions.run(async (session) => {
        const made = await this.feeds.replace({ userId, cohortId, list, tag }, fresh, session);
        await this.people.hold(userId, session);
        if ((await this.feeds.of({ userId, cohortId }, session)).length > MAX_FORUM_FEEDS)
          throw conflict('too_many_feeds', 'You have as many feeds as one can.', { most: MAX_FORUM_FEEDS });
        return made;
      }),
    );
    return { ...toFeed(row), url: new URL(`/api/forum-feeds/${secret}.atom`, this.config.PUBLIC_URL).href };
  }

  /** Throws 404 for one that is not mine. */
  async end(actor: CohortActor, feedId: string): Promise<void> {
    const id = toId(feedId);
    if (!id || !(await this.feeds.remove(whose(actor), id))) throw notFound();
  }

  /**
   * The feed as Atom. Throws 404 for an unknown or revoked secret and for who may not see it any more, 429 before anything is looked at. `network`: whence it is asked,
   * since an address that got about must not keep its owner from it.
   */
  async read(secret: string, ifNoneMatch: string | undefined, network: string): Promise<FeedAnswer> {
    const row = await this.feeds.bySecret(hashOf(secret));
    if (!row) throw notFound();
    const counts = networkCounts(READING, network);
    await this.limits.takeAll(counts.map(([limit, place]) => [limit, `${String(row._id)} ${place}`]));
    const actor = await this.readerOf(row);
    const [{ items }, [cohort], reader] = await Promise.all([
      this.topics.list(actor, queryOf(row)),
      this.cohorts.byIds([row.cohortId]),
      this.users.profile(row.userId),
    ]);
    if (!cohort || !reader) throw notFound();
    const now = this.clock.now();
    await this.touch(row, now);
    const body = atomOf(items, {
      ...{ cohortId: actor.cohortId, cohortName: cohort.name, list: row.list, tag: row.tag ?? null },
      ...{
        locale: reader.locale,
        feedId: String(row._id),
        createdAt: row.createdAt,
        publicUrl: this.config.PUBLIC_URL,
      },
    });
    const etag = `"${hashOf(body)}"`;
    return { etag, body: ifNoneMatch && isSeen(ifNoneMatch, etag) ? null : body };
  }

  /** Whose feed it is, as a member; what was made before the account was given back to them may be another's. Throws 404. */
  private async readerOf({ userId, cohortId, createdAt }: ForumFeedRow): Promise<CohortActor> {
    const person = { userId: String(userId), loginId: '', isAdmin: false };
    const [actor, disputedUntil] = await Promise.all([
      this.members.actorIn(person, String(cohortId)),
      this.people.disputedUntil(person.userId),
    ]);
    if (!actor || !isTheirs(createdAt, disputedUntil)) throw notFound();
    return actor;
  }

  private async touch({ _id, lastReadAt }: ForumFeedRow, now: Date): Promise<void> {
    const hourAgo = new Date(now.getTime() - HOUR);
    if (!lastReadAt || lastReadAt < hourAgo) await this.feeds.touch(_id, now, hourAgo);
  }
}

const whose = ({ userId, cohortId }: CohortActor) => ({ userId: idOf(userId), cohortId: idOf(cohortId) });

/** A list as its person sees it, in the order of its latest posts. */
function queryOf({ list, tag }: ForumFeedRow): TopicsQuery {
  const query = { limit: ENTRIES, sort: 'latest' as const, ...(tag && { tag }) };
  if (list === 'mine') return { ...query, mine: 'true' };
  if (list === 'new' || list === 'unread') return { ...query, list };
  return list === 'all' ? query : { ...query, state: list };
}

const toFeed = ({ _id, list, tag, createdAt, lastReadAt }: ForumFeedRow): ForumFeed => ({
  ...{ id: String(_id), list, tag: tag ?? null },
  ...{ createdAt: createdAt.toISOString(), lastReadAt: lastReadAt?.toISOString() ?? null },
});
