import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../auth/users.repository.js';
import { ChannelNames } from '../chat/channels/channel-names.js';
import { ChannelsReader } from '../chat/channels/channels-reader.js';
import { MembersFinder } from '../cohorts/members/members-finder.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { type ParsedQuery, type QueryFilter, daysOf, thingOf } from '../common/texts/search-query.js';
import { dayOf, instantAt } from '../common/times/zoned.js';
import type { SearchQuery, UnknownFilter } from '../contracts/search.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { wantedOf } from './ask.js';
import { channelsNamed } from './channels-named.js';
import type { Seeking } from './hits.js';

const MAX_PEOPLE = 20;
const ME = new Set(['me', 'moi']);

/** Finds out whom, where and when the operators of a query mean, for the one who asks. */
@Injectable()
export class AskReader {
  constructor(
    private readonly people: MembersFinder,
    private readonly users: UsersRepository,
    private readonly channels: ChannelsReader,
    private readonly names: ChannelNames,
    private readonly clock: Clock,
  ) {}

  /** `unknown` are the operators that name nothing of theirs. */
  async understand(actor: Actor, query: SearchQuery, parsed: ParsedQuery, cohortIds: readonly string[]) {
    const { filters } = parsed;
    const unknown: UnknownFilter[] = [];
    const readable = await this.channels.readableWithin(actor.userId, cohortIds);
    const mine = query.cohortId === undefined ? readable : readable.filter(({ cohortId }) => cohortId !== null);
    const channels = await this.channelsFor(actor, mine, filters, unknown);
    const authorIds = await this.authorsFor(actor, query, filters, cohortIds, mine, unknown);
    const days = await this.daysFor(actor, filters, unknown);
    const has = filters.flatMap((filter) => {
      if (filter.kind !== 'has') return [];
      const thing = thingOf(filter.value);
      if (!thing) unknown.push(saidIn(filter));
      return thing ?? [];
    });
    const earliest = query.from === undefined ? [] : [new Date(query.from)];
    const seeking: Omit<Seeking, 'after' | 'limit'> = {
      userId: actor.userId,
      cohortIds,
      wanted: wantedOf(parsed),
      authorIds,
      channels: new Map(channels.map((channel) => [channel.id, channel.cohortId])),
      messagesOnly: filters.some(({ kind }) => kind === 'in' || kind === 'has'),
      has,
      from: latestOf([...days.from, ...earliest]),
      before: earliestOf(days.before),
    };
    return { seeking, unknown };
  }

  /** Those that `in:` names, any of them; all without it. */
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
    const wanted = new Set<string>();
    for (const filter of asked) {
      const found = channelsNamed([...named.values()], filter.value);
      if (found.length === 0) unknown.push(saidIn(filter));
      for (const { id } of found) wanted.add(id);
    }
    return mine.filter(({ id }) => wanted.has(id));
  }

  /** Those that `from:` names, any of them, or the `author` asked for; null for anybody. */
  private async authorsFor(
    actor: Actor,
    query: SearchQuery,
    filters: readonly QueryFilter[],
    cohortIds: readonly string[],
    mine: readonly { id: string; cohortId: string | null }[],
    unknown: UnknownFilter[],
  ): Promise<string[] | null> {
    const asked = filters.filter(({ kind }) => kind === 'from');
    const authors = query.author === undefined ? [] : [query.author.toLowerCase()];
    if (asked.length === 0) return authors.length > 0 ? authors : null;
    const direct = mine.filter(({ cohortId }) => cohortId === null).map(({ id }) => id);
    const partners = [...(await this.names.of(actor.userId, direct)).values()].flatMap(({ people }) => people);
    const others = [actor.userId, ...partners.map((person) => person.id)];
    const found = await Promise.all(
      asked.map(async (filter) => {
        const name = filter.value.replace(/^@/, '');
        if (ME.has(name.toLowerCase())) return [actor.userId];
        if (toId(name)) return [name.toLowerCase()];
        const ids = await this.people.named(name, cohortIds, others, MAX_PEOPLE);
        if (ids.length === 0) unknown.push(saidIn(filter));
        return ids;
      }),
    );
    const ids = [...new Set(found.flat())];
    return authors.length > 0 ? ids.filter((id) => authors.includes(id)) : ids;
  }

  /** Days are those of the person's own zone. */
  private async daysFor(actor: Actor, filters: readonly QueryFilter[], unknown: UnknownFilter[]) {
    const asked = filters.filter(({ kind }) => kind === 'before' || kind === 'after');
    const bounds: { from: Date[]; before: Date[] } = { from: [], before: [] };
    if (asked.length === 0) return bounds;
    const id = idOf(actor.userId);
    const zone = (await this.users.hoursOf([id])).get(actor.userId)?.timeZone ?? 'UTC';
    const today = dayOf(this.clock.now(), zone);
    for (const filter of asked) {
      const days = daysOf(filter.value, today);
      if (!days) unknown.push(saidIn(filter));
      else if (filter.kind === 'before') bounds.before.push(instantAt(days.first, '00:00', zone));
      else bounds.from.push(instantAt(days.next, '00:00', zone));
    }
    return bounds;
  }
}
const saidIn = ({ kind, value }: QueryFilter): UnknownFilter => ({ kind, value });
const latestOf = (instants: readonly Date[]) =>
  instants.length > 0 ? new Date(Math.max(...instants.map(Number))) : null;
const earliestOf = (instants: readonly Date[]) =>
  instants.length > 0 ? new Date(Math.min(...instants.map(Number))) : null;
