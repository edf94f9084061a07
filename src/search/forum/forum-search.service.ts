import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, encodeCursor } from '../../common/cursor.js';
import { invalidField } from '../../common/problem.js';
import { FORUM_OPERATORS } from '../../common/texts/forum/forum-query.js';
import { parseQuery } from '../../common/texts/search-query.js';
import type { ForumHit, ForumSearchQuery, ForumSearchReply } from '../../contracts/forum-search.js';
import { type ForumAsk, ForumFinder, type ForumFound } from '../../forums/finding/forum-finder.js';
import type { Place, TokenWalk } from '../../infra/mongo/token-walk.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { type Wanted, isBlank } from '../ask.js';
import { type Found, newest } from '../hits.js';
import { marked, plainOf, snippetOf } from '../marking.js';
import { SEARCHES } from '../search.service.js';
import { ForumAskReader } from './forum-ask.js';

/** Titles first, then what is said in questions and replies. */
type Part = 'titles' | 'texts';

interface Reached {
  part: Part;
  after: Place | null;
}

const nothing: ForumSearchReply = { items: [], nextCursor: null, searchedTo: null, unknown: [] };

/** The search in the forum of one cohort. */
@Injectable()
export class ForumSearch {
  constructor(
    private readonly asks: ForumAskReader,
    private readonly finder: ForumFinder,
    private readonly people: People,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 422 for a foreign cursor, 429. */
  async find(actor: CohortActor, { q, cursor, limit }: ForumSearchQuery): Promise<ForumSearchReply> {
    await this.limits.take(SEARCHES, actor.userId);
    const from = cursor === undefined ? { part: 'titles' as const, after: null } : reachedOf(cursor);
    const parsed = parseQuery(q, FORUM_OPERATORS);
    const { ask, wanted, unknown } = await this.asks.understand(actor, parsed);
    const asksNothing = isBlank(wanted) && parsed.filters.length === 0;
    if (unknown.length > 0 || asksNothing) return { ...nothing, unknown };
    const titles = from.part === 'titles' ? await this.inTitles(ask, from.after, limit) : { found: [], to: null };
    if (titles.to) return await this.reply(titles.found, { part: 'titles', after: titles.to }, wanted);
    if (!looksInTexts(ask)) return await this.reply(titles.found, null, wanted);
    const left = limit - titles.found.length;
    const start: Reached = { part: 'texts', after: from.part === 'texts' ? from.after : null };
    if (left === 0) return await this.reply(titles.found, start, wanted);
    const [questions, replies] = await Promise.all([
      this.finder.questions(ask, start.after, left),
      this.finder.replies(ask, start.after, left),
    ]);
    const page = newest([hitsOf(questions), hitsOf(replies)], left);
    return await this.reply([...titles.found, ...page.items], page.next && { part: 'texts', after: page.next }, wanted);
  }

  /** No title has an image or a poll. */
  private async inTitles(ask: ForumAsk, after: Place | null, limit: number): Promise<TokenWalk<ForumFound>> {
    return ask.has.length > 0 ? { found: [], to: null } : await this.finder.titles(ask, after, limit);
  }

  private async reply(found: readonly ForumFound[], next: Reached | null, wanted: Wanted): Promise<ForumSearchReply> {
    const faces = await this.people.byId(found.map(({ authorId }) => authorId));
    const items = found.map(({ id, at, topic, number, authorId, text }): ForumHit => ({
      ...{ id, at, topicId: topic.id, number, tags: topic.tags, state: topic.state },
      title: marked(topic.title, wanted),
      snippet: snippetOf(plainOf(text), wanted),
      author: faces.get(authorId) ?? { id: authorId, name: '', avatarUrl: null },
    }));
    return {
      items,
      nextCursor: next && cursorOf(next),
      searchedTo: next?.after ? new Date(next.after.at).toISOString() : null,
      unknown: [],
    };
  }
}

/** Texts are looked through for words, for who wrote them and for what they have; what else there is to ask concerns topics. */
const looksInTexts = ({ words, fits, authorIds, has }: ForumAsk) =>
  words.length > 0 || fits !== null || authorIds !== null || has.length > 0;

const hitsOf = ({ found, to }: TokenWalk<ForumFound>): Found<ForumFound> => ({ hits: found, to });

/** Before all of a part. */
const BEGINNING = -1;

const cursorOf = ({ part, after }: Reached) => encodeCursor(after ? [part, after.at, after.id] : [part, BEGINNING, '']);

/** Throws 422 for a cursor that is not ours. */
function reachedOf(cursor: string): Reached {
  const [part, at, id] = decodeCursor(cursor, 3);
  const isOurs = (part === 'titles' || part === 'texts') && typeof id === 'string';
  if (!isOurs || typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8e15)
    throw invalidField('/cursor', 'wrong_format');
  return { part, after: at === BEGINNING ? null : { at, id } };
}
