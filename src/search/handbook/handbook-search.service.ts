import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { inTurns } from '../../common/in-turns.js';
import { parseQuery } from '../../common/texts/search-query.js';
import { ANY } from '../../common/texts/search-words.js';
import { within } from '../../common/texts/within.js';
import type { HandbookHits, HandbookSearchQuery } from '../../contracts/handbook/handbook-search.js';
import { PagesRepository } from '../../handbook/pages.repository.js';
import { idOf } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { isBlank, wantedOf } from '../ask.js';
import { marked, snippetOf } from '../marking.js';
import { SEARCHES } from '../search.service.js';
import { bestOf, textOf, titledFirst } from './page-fitting.js';

const MAX_HITS = 20;
/** So many pages are looked at: more share all words of a question only where those are very common. */
const MAX_READ = 60;

/** The search in the handbook of one cohort. */
@Injectable()
export class HandbookSearch {
  constructor(
    private readonly pages: PagesRepository,
    private readonly limits: RateLimits,
  ) {}

  /** Throws 429. */
  async find(actor: CohortActor, { q, lang }: HandbookSearchQuery): Promise<HandbookHits> {
    await this.limits.take(SEARCHES, actor.userId);
    const wanted = wantedOf(parseQuery(q, {}));
    if (isBlank(wanted)) return { items: [] };
    const groups = wanted.terms.map(({ stems }) => stems);
    const rows = await this.pages.withTokens(idOf(actor.cohortId), groups.length > 0 ? groups : [[ANY]], MAX_READ);
    // Those that say it in their title are read whatever the others hold.
    const read = within(titledFirst(rows, wanted), (row) => textOf(row).length);
    const found = await inTurns(read, textOf, (row) => {
      const best = bestOf(row, lang, wanted);
      return best ? [{ id: String(row._id), ...best }] : [];
    });
    const hits = found
      .flat()
      .sort((one, other) => other.score - one.score)
      .slice(0, MAX_HITS);
    const items = await inTurns(
      hits,
      ({ text }) => text,
      ({ id, language, title, text }) => ({
        ...{ id, language, title: marked(title, wanted), snippet: snippetOf(text, wanted) },
      }),
    );
    return { items };
  }
}
