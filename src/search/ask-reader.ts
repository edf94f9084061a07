import { Injectable } from '@nestjs/common';
import { ChannelNames } from '../chat/channels/channel-names.js';
import { ChannelsReader } from '../chat/channels/channels-reader.js';
import type { Actor } from '../common/actor.js';
import { type TopicState, stateAsked } from '../common/texts/forum/forum-query.js';
import {
  type MessageState,
  type ParsedQuery,
  type QueryFilter,
  stateOf,
  thingOf,
} from '../common/texts/search-query.js';
import type { SearchKind, SearchQuery, UnknownFilter } from '../contracts/search.js';
import { distinctFilters, mustBeFew, wantedOf } from './ask.js';
import { AskedDays } from './asked-days.js';
import { AskedPeople } from './asked-people.js';
import { channelsNamed } from './channels-named.js';
import type { Seeking } from './hits.js';

/** Finds out whom, where and when the operators of a query mean, for the one who asks. */
@Injectable()
export class AskReader {
  constructor(
    private readonly people: AskedPeople,
    private readonly days: AskedDays,
    private readonly channels: ChannelsReader,
    private readonly names: ChannelNames,
  ) {}

  /** `unknown` are the operators that name nothing of theirs. Throws 422 `too_many_filters` beyond ten different ones of a kind. */
  async understand(actor: Actor, query: SearchQuery, parsed: ParsedQuery, cohortIds: readonly string[]) {
    const filters = distinctFilters(parsed.filters);
    mustBeFew(filters);
    const unknown: UnknownFilter[] = [];
    const readable = await this.channels.readableWithin(actor.userId, cohortIds);
    const mine = query.cohortId === undefined ? readable : readable.filter(({ cohortId }) => cohortId !== null);
    const channels = await this.channelsFor(actor, mine, filters, unknown);
    const [authorIds, turnedAuthors] = await this.authorsFor(actor, query, filters, cohortIds, mine, unknown);
    const earliest = query.from === undefined ? null : new Date(query.from);
    const days = await this.days.of(actor.userId, filters, earliest);
    unknown.push(...days.unknown.map(saidIn));
    const [asked, turned] = [filters.filter(({ isNot }) => !isNot), filters.filter(({ isNot }) => isNot)];
    const read = <T>(some: readonly QueryFilter[], kind: QueryFilter['kind'], meaning: (value: string) => T | null) =>
      some.flatMap((filter): T[] => {
        if (filter.kind !== kind) return [];
        const meant = meaning(filter.value);
        if (meant === null) unknown.push(saidIn(filter));
        return meant === null ? [] : [meant];
      });
    const [has, is] = [read(asked, 'has', thingOf), partsOf(read(asked, 'is', anyStateOf))];
    const leftOut = { has: read(turned, 'has', thingOf), ...partsOf(read(turned, 'is', anyStateOf)) };
    const not = { authorIds: turnedAuthors, ...leftOut };
    const ofMessages = has.length + is.is.length > 0 || asked.some(({ kind }) => kind === 'in');
    const seeking: Omit<Seeking, 'after' | 'limit'> = {
      userId: actor.userId,
      lang: query.lang,
      cohortIds,
      // Who reads there: everybody who is in a cohort, and admins.
      inCommons: query.cohortId === undefined && (cohortIds.length > 0 || actor.isAdmin),
      wanted: wantedOf(parsed),
      authorIds,
      channels: new Map(channels.map((channel) => [channel.id, channel.cohortId])),
      only: onlyOf(ofMessages, is.states.length > 0),
      ...{ has, ...is, not },
      from: days.from,
      before: days.before,
    };
    return { seeking, unknown };
  }

  /** Those that `in:` names, any of them; all without it; without those that `-in:` names. */
  private async channelsFor<T extends { id: string }>(
    actor: Actor,
    mine: readonly T[],
    filters: readonly QueryFilter[],
    unknown: UnknownFilter[],
  ): Promise<readonly T[]> {
    const asked = filters.filter(({ kind }) => kind === 'in');
    if (asked.length === 0) return mine;
    const ids = mine.map(({ id }) => id);
    const named = await this.names.of(actor.userId, ids);
    const [wanted, leftOut] = [new Set<string>(), new Set<string>()];
    for (const filter of asked) {
      const found = channelsNamed([...named.values()], filter.value);
      if (found.length === 0) unknown.push(saidIn(filter));
      for (const { id } of found) (filter.isNot ? leftOut : wanted).add(id);
    }
    const isAny = asked.every(({ isNot }) => isNot);
    return mine.filter(({ id }) => (isAny || wanted.has(id)) && !leftOut.has(id));
  }

  /** Those that `from:` names, any of them, or the `author` asked for; null for anybody. Then those that `-from:` names. */
  private async authorsFor(
    actor: Actor,
    query: SearchQuery,
    filters: readonly QueryFilter[],
    cohortIds: readonly string[],
    mine: readonly { id: string; cohortId: string | null }[],
    unknown: UnknownFilter[],
  ): Promise<[string[] | null, string[]]> {
    const asked = filters.filter(({ kind }) => kind === 'from');
    const authors = query.author === undefined ? null : [query.author.toLowerCase()];
    if (asked.length === 0) return [authors, []];
    const direct = mine.filter(({ cohortId }) => cohortId === null).map(({ id }) => id);
    const partners = [...(await this.names.of(actor.userId, direct)).values()].flatMap(({ people }) => people);
    const others = partners.map(({ id }) => id);
    const idsOf = async (some: readonly QueryFilter[]) => {
      if (some.length === 0) return [];
      const named = await this.people.of(
        actor.userId,
        some.map(({ value }) => value),
        cohortIds,
        others,
      );
      unknown.push(...some.filter((_, at) => named.nobody.includes(at)).map(saidIn));
      return named.ids;
    };
    const straight = asked.filter(({ isNot }) => !isNot);
    const [ids, leftOut] = [
      straight.length > 0 ? await idsOf(straight) : null,
      await idsOf(asked.filter(({ isNot }) => isNot)),
    ];
    return [ids && authors ? ids.filter((id) => authors.includes(id)) : (ids ?? authors), leftOut];
  }
}

/** What a message or a topic may be; null for what neither is. */
const anyStateOf = (value: string): MessageState | TopicState | null => stateOf(value) ?? stateAsked(value);

const isOfTopics = (state: MessageState | TopicState): state is TopicState =>
  state === 'solved' || state === 'unanswered';

const partsOf = (states: readonly (MessageState | TopicState)[]) => ({
  is: states.filter((state): state is MessageState => !isOfTopics(state)),
  states: states.filter(isOfTopics),
});

/** No thing is a message and a topic. */
function onlyOf(messages: boolean, topics: boolean): SearchKind[] | null {
  if (messages && topics) return [];
  if (messages) return ['messages'];
  return topics ? ['topics', 'commons'] : null;
}

const saidIn = ({ kind, value }: QueryFilter): UnknownFilter => ({ kind, value });
