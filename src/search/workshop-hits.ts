import { Injectable } from '@nestjs/common';
import { wordsIn } from '../common/texts/search-words.js';
import { WorkshopsReader } from '../workshops/workshops.reader.js';
import { beginningOf, fitsText, hasAny, hasForm, isBlank } from './ask.js';
import type { Found, HitSource, Scored, Seeking } from './hits.js';
import { marked, scoreOf, snippetOf } from './marking.js';

const MAX_READ = 200;

/** Workshops of the seeker's cohorts that are published or were cancelled; drafts are found by nobody. */
@Injectable()
export class WorkshopHits implements HitSource {
  readonly kind = 'workshops';

  constructor(private readonly workshops: WorkshopsReader) {}

  async find({ cohortIds, wanted, authorIds, ...range }: Seeking): Promise<Found> {
    if (authorIds || isBlank(wanted)) return { hits: [], to: null };
    const rows = await this.workshops.search(cohortIds, wanted.terms.map(beginningOf), range, MAX_READ);
    const hits = rows.flatMap((row): Scored[] => {
      const text = row.excerpt;
      const whole = `${row.title} ${row.tags.join(' ')} ${row.place ?? ''} ${text}`;
      const fits = wanted.terms.every((term) => hasForm(row.words, term)) && fitsText(whole, wanted);
      if (!fits || hasAny(row.words, wanted.not.terms)) return [];
      return [
        {
          kind: this.kind,
          id: row.id,
          cohortId: row.cohortId,
          title: marked(row.title, wanted),
          snippet: snippetOf(text, wanted),
          link: `/c/${row.cohortId}/workshops/${row.id}`,
          at: row.startsAt.toISOString(),
          by: null,
          channel: null,
          isReply: false,
          score: scoreOf(wordsIn(whole), wanted),
        },
      ];
    });
    const last = rows.length === MAX_READ ? rows.at(-1) : undefined;
    return { hits, to: last ? { at: last.startsAt.getTime(), id: last.id } : null };
  }
}
