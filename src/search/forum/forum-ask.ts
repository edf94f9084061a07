import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { type ForumFilterKind, stateAsked, thingAsked } from '../../common/texts/forum/forum-query.js';
import type { ParsedQuery, QueryFilter } from '../../common/texts/search-query.js';
import { Tag } from '../../contracts/forums.js';
import type { UnknownForumFilter } from '../../contracts/forum-search.js';
import type { ForumAsk } from '../../forums/finding/forum-finder.js';
import { TopicsReader } from '../../forums/topics-reader.js';
import { type Wanted, distinctFilters, fitsText, mustBeFew, needsText, wantedOf } from '../ask.js';
import { AskedDays } from '../asked-days.js';
import { AskedPeople } from '../asked-people.js';
import { plainOf } from '../marking.js';

type Filter = QueryFilter<ForumFilterKind>;

/** What is looked for, how it is marked, and the operators that name nothing. */
export interface UnderstoodAsk {
  ask: ForumAsk;
  wanted: Wanted;
  unknown: UnknownForumFilter[];
}

/** Finds out whom, when and what the operators of a search in a forum mean, for the one who asks. */
@Injectable()
export class ForumAskReader {
  constructor(
    private readonly people: AskedPeople,
    private readonly days: AskedDays,
    private readonly topics: TopicsReader,
  ) {}

  /** Throws 422 `too_many_filters` beyond ten different ones of a kind. */
  async understand({ cohortId, userId }: CohortActor, parsed: ParsedQuery<ForumFilterKind>): Promise<UnderstoodAsk> {
    const filters = distinctFilters(parsed.filters);
    mustBeFew(filters);
    const wanted = wantedOf(parsed);
    const days = await this.days.of(userId, filters);
    const asked = await this.narrowed(
      userId,
      cohortId,
      filters.filter(({ isNot }) => !isNot),
    );
    const turned = await this.narrowed(
      userId,
      cohortId,
      filters.filter(({ isNot }) => isNot),
    );
    const nothing = new Set<Filter>([...asked.unknown, ...turned.unknown, ...days.unknown]);
    return {
      wanted,
      ask: {
        ...{ cohortId, words: wanted.terms.map(({ stems }) => stems), ...asked.by },
        not: {
          ...turned.by,
          authorIds: turned.by.authorIds ?? [],
          stems: wanted.not.terms.flatMap(({ stems }) => stems),
        },
        ...{ from: days.from, before: days.before },
        fits: needsText(wanted) ? (text) => fitsText(plainOf(text), wanted) : null,
      },
      // In the order in which they were typed.
      unknown: filters.filter((filter) => nothing.has(filter)).map(({ kind, value }) => ({ kind, value })),
    };
  }

  private async narrowed(userId: string, cohortId: string, filters: readonly Filter[]) {
    const of = (kind: ForumFilterKind) => filters.filter((filter) => filter.kind === kind);
    const authors = await this.authorsOf(userId, cohortId, of('from'));
    const tags = await this.tagsOf(cohortId, of('tag'));
    const states = read(of('is'), stateAsked);
    const things = read(of('has'), thingAsked);
    return {
      by: { authorIds: authors.ids, tags: tags.known, states: states.known, has: [...new Set(things.known)] },
      unknown: [authors, tags, states, things, { unknown: of('in') }].flatMap(({ unknown }) => unknown),
    };
  }

  private async authorsOf(userId: string, cohortId: string, asked: readonly Filter[]) {
    if (asked.length === 0) return { ids: null, unknown: [] };
    const values = asked.map(({ value }) => value);
    const { ids, nobody } = await this.people.of(userId, values, [cohortId]);
    return { ids, unknown: asked.filter((_, at) => nobody.includes(at)) };
  }

  private async tagsOf(cohortId: string, asked: readonly Filter[]) {
    const tags = read(asked, (value) => Tag.safeParse(value.replace(/^#/, '')).data ?? null);
    const there = await this.topics.tagsAmong(cohortId, tags.known);
    const isThere = (value: string) => there.has(Tag.safeParse(value.replace(/^#/, '')).data ?? '');
    return { known: tags.known, unknown: asked.filter(({ value }) => !isThere(value)) };
  }
}

/** The values that mean something, and the filters that mean nothing. */
function read<T>(asked: readonly Filter[], meaning: (value: string) => T | null): { known: T[]; unknown: Filter[] } {
  const known = asked.flatMap(({ value }) => meaning(value) ?? []) as T[];
  return { known, unknown: asked.filter(({ value }) => meaning(value) === null) };
}
