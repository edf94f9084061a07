import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { fold, foldedWords } from '../../common/texts/fold.js';
import { invalidField, notFound } from '../../common/problem.js';
import type { BrowseChannels, ChannelEntry } from '../../contracts/chat/chat.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';

/** The channels of a cohort that somebody may see: those they are in, the open ones, and those of the crafts. */
@Injectable()
export class ChannelDirectory {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
  ) {}

  /** By name, page by page. Of private ones, teams and workshops that they are not in nothing is told. */
  async page(actor: CohortActor, { q = '', archived, limit, cursor }: BrowseChannels) {
    // An admin from outside is in none of its channels, and may join none.
    if (actor.role === 'admin') return { items: [], nextCursor: null };
    const after = cursor === undefined ? null : placeOf(cursor);
    const words = foldedWords([q], 8);
    const holding = words.map((word) => new RegExp(word));
    const cohortId = idOf(actor.cohortId);
    const mine = await this.members.ofPerson(idOf(actor.userId), { cohortId });
    const joined = new Set(mine.map((row) => String(row.channelId)));
    const [own, crafts, open] = await Promise.all([
      this.channels.byIds(mine.map((row) => row.channelId)),
      actor.role === 'host' ? [] : this.channels.inCohort(cohortId, ['craft']),
      this.channels.openIn(cohortId, { after, holding, archived, limit: limit + 1 }),
    ]);
    const few = [...own.filter((row) => row.kind !== 'open'), ...crafts].filter(
      (row) => (row.archivedAt !== null) === archived && holding.every((word) => word.test(foldedOf(row))),
    );
    const rows = [...new Map([...few, ...open].map((row) => [String(row._id), row])).values()]
      .filter((row) => !after || isBehind(row, after))
      .sort((a, b) => (isBehind(a, [sortNameOf(b), b._id]) ? 1 : -1));
    const { items, nextCursor } = pageOf(rows, limit, (row) => [sortNameOf(row), String(row._id)]);
    const counts = await this.members.countsIn(items.map((row) => row._id));
    return { items: items.map((row) => entryOf(row, counts, joined.has(String(row._id)), actor)), nextCursor };
  }

  /** One of those, for who follows a link to it. Throws 404 for what would not be listed. */
  async one(actor: CohortActor, channelId: string): Promise<ChannelEntry> {
    const id = toId(channelId);
    const row = id && actor.role !== 'admin' ? await this.channels.byId(id) : null;
    if (!row?.cohortId?.equals(idOf(actor.cohortId))) throw notFound();
    const [member, counts] = await Promise.all([
      this.members.find(row._id, idOf(actor.userId)),
      this.members.countsIn([row._id]),
    ]);
    const isListed = row.kind === 'open' || (row.kind === 'craft' && actor.role !== 'host');
    if (!member && !isListed) throw notFound();
    return entryOf(row, counts, member !== null, actor);
  }
}

type Place = [sortName: string, id: ChannelRow['_id']];

function placeOf(cursor: string): Place {
  const [sortName, hex] = decodeCursor(cursor, 2);
  const id = toId(String(hex));
  if (!id || typeof sortName !== 'string') throw invalidField('/cursor', 'wrong_format');
  return [sortName, id];
}

/** Channels kept by membership carry no sort name of their own: they are few, and ordered here. */
const sortNameOf = (row: Pick<ChannelRow, 'name'>) => fold(row.name);
const foldedOf = (row: Pick<ChannelRow, 'name' | 'topic'>) => fold(`${row.name} ${row.topic}`);

function isBehind(row: ChannelRow, [sortName, id]: Place): boolean {
  const own = sortNameOf(row);
  return own === sortName ? String(row._id) > String(id) : own > sortName;
}

function entryOf(
  row: ChannelRow,
  counts: ReadonlyMap<string, number>,
  joined: boolean,
  { cohortState }: CohortActor,
): ChannelEntry {
  const archived = row.archivedAt !== null;
  return {
    id: String(row._id),
    kind: row.kind,
    name: row.name,
    nameKey: row.nameKey ?? null,
    topic: row.topic,
    people: counts.get(String(row._id)) ?? 0,
    lastAt: row.last?.createdAt.toISOString() ?? null,
    archived,
    joined,
    mayJoin: row.kind === 'open' && !joined && !archived && cohortState === 'running',
  };
}

/** What an open channel is listed and found by; goes with its name and topic in the same write. */
export const listedBy = (row: Pick<ChannelRow, 'name' | 'topic'>) => ({
  sortName: sortNameOf(row),
  folded: foldedOf(row),
});
