import { Injectable } from '@nestjs/common';
import { People } from '../auth/people.js';
import { wordsIn } from '../common/texts/search-words.js';
import { CommonsReader, type CommonsTopicFound } from '../commons/commons.reader.js';
import { type Wanted, beginningOf, fitsText, hasAny, hasForm, isBlank } from './ask.js';
import type { Found, HitSource, Scored, Seeking } from './hits.js';
import { marked, plainOf, scoreOf, snippetOf } from './marking.js';

/** So many topics are looked at in one request. */
const MAX_READ = 200;

/** A topic that was found, and the answer that says what its question does not. */
interface FoundTopic {
  row: CommonsTopicFound;
  answer: { id: string; body: string; authorId: string } | null;
}

/** Topics of the commons, by title, tags, question and answer, for who is in the commons. What only the answer says leads to it. */
@Injectable()
export class CommonsHits implements HitSource {
  readonly kind = 'commons';

  constructor(
    private readonly commons: CommonsReader,
    private readonly people: People,
  ) {}

  async find({ inCommons, wanted, authorIds, states, not, ...range }: Seeking): Promise<Found> {
    if (!inCommons || (isBlank(wanted) && !authorIds && states.length === 0)) return { hits: [], to: null };
    const { from, before, after } = range;
    const what = { beginnings: wanted.terms.map(beginningOf), authorIds, states, notStates: not.states };
    const rows = await this.commons.search({ ...what, from, before, after }, MAX_READ);
    const fitting = rows.filter(
      ({ words, authorId }) =>
        wanted.terms.every((term) => hasForm(words, term)) &&
        !hasAny(words, wanted.not.terms) &&
        !not.authorIds.includes(authorId),
    );
    const found = await this.withAnswers(fitting, wanted);
    const people = found.flatMap(({ row, answer }) => [row.authorId, ...(answer ? [answer.authorId] : [])]);
    const faces = await this.people.byId(people);
    // Who asks for words of some people is led to words of others by no hit.
    const isAsked = (userId: string) => (authorIds?.includes(userId) ?? true) && !not.authorIds.includes(userId);
    const hits = found.map(({ row, answer }): Scored => {
      const led = answer && isAsked(answer.authorId) ? answer : null;
      const authorId = led?.authorId ?? row.authorId;
      const text = led ? plainOf(led.body) : row.excerpt;
      return {
        ...{ kind: this.kind, id: row.id, cohortId: null, at: row.lastAt.toISOString() },
        link: `/commons/${row.id}${led ? `#post-${led.id}` : ''}`,
        ...{ title: marked(row.title, wanted), snippet: snippetOf(text, wanted) },
        by: faces.get(authorId) ?? { id: authorId, name: '', avatarUrl: null },
        ...{ channel: null, isReply: led !== null, score: scoreOf(wordsIn(`${row.title} ${text}`), wanted) },
      };
    });
    const last = rows.length === MAX_READ ? rows.at(-1) : undefined;
    return { hits, to: last ? { at: last.lastAt.getTime(), id: last.id } : null };
  }

  /** Those that hold the phrases, too, each with its answer where that says a word or a phrase which is not shown of its question. */
  private async withAnswers(rows: readonly CommonsTopicFound[], wanted: Wanted): Promise<FoundTopic[]> {
    const shownOf = ({ title, tags, excerpt }: CommonsTopicFound) => `${title} ${tags.join(' ')} ${excerpt}`;
    const isLed = (row: CommonsTopicFound) => {
      const words = wordsIn(shownOf(row)).map(({ word }) => word);
      const missing = wanted.terms.filter((term) => !hasForm(words, term));
      const saysIt = missing.length > 0 && missing.every((term) => hasForm(row.answerWords, term));
      return row.answerId !== null && (saysIt || !fitsText(shownOf(row), wanted));
    };
    const led = new Set(rows.filter(isLed));
    const answers = await this.commons.answers([...led].flatMap(({ answerId }) => answerId ?? []));
    return rows.flatMap((row): FoundTopic[] => {
      const said = led.has(row) && row.answerId ? answers.get(row.answerId) : undefined;
      const answer = said && row.answerId ? { id: row.answerId, ...said } : null;
      const text = `${row.title} ${answer ? plainOf(answer.body) : row.excerpt}`;
      return fitsText(text, wanted) ? [{ row, answer }] : [];
    });
  }
}
