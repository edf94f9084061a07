import { Injectable } from '@nestjs/common';
import { type MemberFound, MembersFinder } from '../cohorts/members/members-finder.js';
import { wordsIn } from '../common/texts/search-words.js';
import { fitsText, hasForm, isBlank } from './ask.js';
import { type Found, type HitSource, type Scored, type Seeking, compare } from './hits.js';
import { marked, scoreOf } from './marking.js';

/** Members of the seeker's cohorts, by the beginnings of their names and what they give and want. */
@Injectable()
export class PeopleHits implements HitSource {
  readonly kind = 'people';

  constructor(private readonly members: MembersFinder) {}

  async find(seeking: Seeking): Promise<Found> {
    const { cohortIds, wanted, authorIds, from, before, after } = seeking;
    if (authorIds || isBlank(wanted)) return { hits: [], to: null };
    const everybody = await this.members.in(cohortIds);
    const hits = everybody
      .filter(({ words }) =>
        wanted.terms.every((term) => words.some((word) => word.startsWith(term.word)) || hasForm(words, term)),
      )
      .filter(({ name, can }) => fitsText([name, ...can].join(' '), wanted))
      .filter(({ joinedAt }) => (!from || joinedAt >= from) && (!before || joinedAt < before))
      .filter((one) => !after || compare({ at: one.joinedAt.getTime(), id: one.userId }, after) > 0)
      .map((one) => this.hitOf(one, seeking));
    return { hits, to: null };
  }

  private hitOf({ userId, cohortId, name, avatarUrl, can, joinedAt }: MemberFound, { wanted }: Seeking): Scored {
    return {
      kind: this.kind,
      id: userId,
      cohortId,
      title: marked(name, wanted),
      snippet: marked(can.join(', '), wanted),
      link: `/c/${cohortId}/people/${userId}`,
      at: joinedAt.toISOString(),
      by: { id: userId, name, avatarUrl },
      channel: null,
      isReply: false,
      // Who is asked for by name is more often meant than what mentions the name.
      score: scoreOf(wordsIn(name), wanted) + 2,
    };
  }
}
