import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { wordsIn } from '../common/texts/search-words.js';
import { TopicsReader } from '../forums/topics-reader.js';
import { beginningOf, fitsText, hasAny, hasForm, isBlank } from './ask.js';
import type { Found, HitSource, Scored, Seeking } from './hits.js';
import { marked, scoreOf, snippetOf } from './marking.js';

/** So many topics are looked at in one request. */
const MAX_READ = 200;

/** Topics of the seeker's cohorts, by title, tags and question. */
@Injectable()
export class TopicHits implements HitSource {
  readonly kind = 'topics';

  constructor(
    private readonly topics: TopicsReader,
    private readonly people: People,
  ) {}

  async find({ cohortIds, wanted, authorIds, states, not, ...range }: Seeking): Promise<Found> {
    if (isBlank(wanted) && !authorIds && states.length === 0) return { hits: [], to: null };
    const beginnings = wanted.terms.map(beginningOf);
    const rows = await this.topics.search(
      cohortIds,
      { beginnings, authorIds, states, notStates: not.states, ...range },
      MAX_READ,
    );
    const fitting = rows.filter(
      ({ title, excerpt, words, authorId }) =>
        wanted.terms.every((term) => hasForm(words, term)) &&
        fitsText(`${title} ${excerpt}`, wanted) &&
        !hasAny(words, wanted.not.terms) &&
        !not.authorIds.includes(authorId),
    );
    const faces = await this.people.byId(fitting.map((row) => row.authorId));
    const hits = fitting.map((row): Scored => ({
      kind: this.kind,
      id: row.id,
      cohortId: row.cohortId,
      title: marked(row.title, wanted),
      snippet: snippetOf(row.excerpt, wanted),
      link: `/c/${row.cohortId}/forum/${row.id}`,
      at: row.lastPostAt.toISOString(),
      by: faces.get(row.authorId) ?? { id: row.authorId, name: '', avatarUrl: null },
      channel: null,
      isReply: false,
      score: scoreOf(wordsIn(`${row.title} ${row.excerpt}`), wanted),
    }));
    const last = rows.length === MAX_READ ? rows.at(-1) : undefined;
    return { hits, to: last ? { at: last.lastPostAt.getTime(), id: last.id } : null };
  }
}
