import { Injectable } from '@nestjs/common';
import { Members } from '../cohorts/members/members.service.js';
import { BatchPerKey } from '../common/batch-per-key.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { notFound } from '../common/problem.js';
import { parseQuery } from '../common/texts/search-query.js';
import type { SearchQuery, SearchReply } from '../contracts/search.js';
import { RateLimits } from '../infra/redis/rate-limits.js';
import { AskReader } from './ask-reader.js';
import { isBlank } from './ask.js';
import { CommonsHits } from './commons-hits.js';
import { type HitSource, bestAfter, bestPage, newestAfter, newestPage } from './hits.js';
import { MessageHits } from './message-hits.js';
import { PageHits } from './handbook/page-hits.js';
import { PeopleHits } from './people-hits.js';
import { TopicHits } from './topic-hits.js';
import { WorkshopHits } from './workshop-hits.js';

/** All searches of one person together. */
export const SEARCHES = { name: 'search', points: 120, seconds: 60 };
/** The best are the best of so many newest. */
const RANKED = 200;

interface Asked {
  actor: Actor;
  query: SearchQuery;
}

const nothing: SearchReply = { items: [], nextCursor: null, searchedTo: null, unknown: [] };

/** The one search: reads what is asked, resolves whom and where it means, and asks each kind of thing. */
@Injectable()
export class SearchService {
  private readonly sources: readonly HitSource[];
  /** What one person asks for is looked for one after the other: who asks again and again waits for themselves and not all others for them. */
  private readonly lanes = new BatchPerKey<Asked, SearchReply>(
    (_, asked) => Promise.all(asked.map(({ actor, query }) => this.lookFor(actor, query))),
    1,
  );

  constructor(
    private readonly members: Members,
    private readonly asks: AskReader,
    private readonly clock: Clock,
    private readonly limits: RateLimits,
    messages: MessageHits,
    topics: TopicHits,
    commons: CommonsHits,
    pages: PageHits,
    workshops: WorkshopHits,
    membersOfCohorts: PeopleHits,
  ) {
    this.sources = [messages, topics, commons, pages, workshops, membersOfCohorts];
  }

  /** Only what the actor may read now. Throws 404 for a cohort they are no member of, 422 for a foreign cursor, 429. */
  async find(actor: Actor, query: SearchQuery): Promise<SearchReply> {
    await this.limits.take(SEARCHES, actor.userId);
    return await this.lanes.ask(actor.userId, { actor, query });
  }

  private async lookFor(actor: Actor, query: SearchQuery): Promise<SearchReply> {
    const all = (await this.members.ofPerson(actor.userId)).map((member) => member.cohortId);
    const cohortIds = query.cohortId === undefined ? all : all.filter((id) => id === query.cohortId?.toLowerCase());
    if (query.cohortId !== undefined && cohortIds.length === 0) throw notFound();
    const after = query.sort === 'newest' ? newestAfter(query.cursor) : null;
    const ranked = query.sort === 'best' ? bestAfter(query.cursor) : null;
    const parsed = parseQuery(query.q);
    const { seeking, unknown } = await this.asks.understand(actor, query, parsed, cohortIds);
    const asksNothing = isBlank(seeking.wanted) && parsed.filters.length === 0 && !query.author && !query.from;
    if (unknown.length > 0 || asksNothing) return { ...nothing, unknown };
    const sources = this.sources.filter(
      ({ kind }) => query.in.includes(kind) && (seeking.only?.includes(kind) ?? true),
    );
    if (query.sort === 'newest') {
      const found = await Promise.all(sources.map((one) => one.find({ ...seeking, after, limit: query.limit })));
      return { ...newestPage(found, query.limit), unknown };
    }
    // What comes while somebody pages through a ranking is not in it.
    const takenAt = ranked?.takenAt ?? this.clock.now().getTime() + 1;
    const before = new Date(Math.min(takenAt, seeking.before?.getTime() ?? Infinity));
    const found = await Promise.all(
      sources.map((one) =>
        one.find({
          ...seeking,
          before: one.kind === 'messages' ? before : seeking.before,
          after: null,
          limit: RANKED,
        }),
      ),
    );
    return { ...bestPage(found, takenAt, ranked, query.limit), unknown };
  }
}
