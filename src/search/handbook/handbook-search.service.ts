import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { inTurns } from '../../common/in-turns.js';
import { parseQuery } from '../../common/texts/search-query.js';
import { ANY, stemsOf, wordsIn } from '../../common/texts/search-words.js';
import { within } from '../../common/texts/within.js';
import type { HandbookHits, HandbookSearchQuery } from '../../contracts/handbook/handbook-search.js';
import type { PageWords } from '../../contracts/handbook/handbook.js';
import type { Locale } from '../../contracts/primitives.js';
import { LANGUAGES } from '../../handbook/page-words.js';
import type { PageRow } from '../../handbook/page.schema.js';
import { PagesRepository } from '../../handbook/pages.repository.js';
import { idOf } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { type Wanted, fitsText, isBlank, wantedOf } from '../ask.js';
import { marked, plainOf, scoreOf, snippetOf } from '../marking.js';
import { SEARCHES } from '../search.service.js';

const MAX_HITS = 20;
/** So many pages are looked at: more share all words of a question only where those are very common. */
const MAX_READ = 60;
/** A word of the title tells more of a page than one of its text. */
const TITLE_COUNTS = 3;

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

const textOf = ({ en, fr }: Partial<Record<Locale, PageWords | null>>): string => `${en?.body ?? ''}${fr?.body ?? ''}`;

interface Fitting {
  language: Locale;
  title: string;
  text: string;
  score: number;
}

/** What a page says in the language that is asked for, where all that is looked for is there, else in the other. */
function bestOf(row: Partial<Record<Locale, PageWords | null>>, lang: Locale, wanted: Wanted): Fitting | undefined {
  const fitting = LANGUAGES.flatMap((language): Fitting[] => {
    const words = row[language];
    if (!words) return [];
    const text = plainOf(words.body);
    const whole = `${words.title} ${text}`;
    if (!hasAll(whole, wanted) || !fitsText(whole, wanted)) return [];
    const score = TITLE_COUNTS * scoreOf(wordsIn(words.title), wanted) + scoreOf(wordsIn(text), wanted);
    return [{ language, title: words.title, text, score }];
  });
  return fitting.find(({ language }) => language === lang) ?? fitting[0];
}

function titledFirst(rows: readonly PageRow[], wanted: Wanted): PageRow[] {
  const isTitled = ({ en, fr }: PageRow) => hasAll(`${en?.title ?? ''} ${fr?.title ?? ''}`, wanted);
  const titled = new Set(rows.filter(isTitled));
  return [...titled, ...rows.filter((row) => !titled.has(row))];
}

function hasAll(text: string, { terms }: Wanted): boolean {
  const stems = new Set(wordsIn(text).flatMap(({ word }) => stemsOf(word)));
  return terms.every((term) => term.stems.some((stem) => stems.has(stem)));
}
