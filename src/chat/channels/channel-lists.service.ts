import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { Channel, ChannelSummary } from '../../contracts/chat/chat.js';
import type { Person } from '../../contracts/primitives.js';
import { idOf } from '../../infra/mongo/ids.js';
import { ChannelCalls } from './channel-calls.service.js';
import { ChannelAccess } from './channel-access.js';
import type { ChannelMemberRow } from './channel-member.schema.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelRosters } from './channel-rosters.js';
import { ChannelNames } from './channel-names.js';
import { ChannelsRepository } from './channels.repository.js';
import { channelAbilities } from '../chat.policy.js';
import { peopleOfDirect } from '../direct/direct-key.js';
import type { Counts } from '../messages/messages.repository.js';
import { Unread } from '../reading/unread.js';
import { OwnPlaces } from './own-places.js';
import { OwnReading } from '../reading/own-reading.js';

const KINDS: readonly ChannelRow['kind'][] = [
  'cohort',
  'help',
  'team',
  'craft',
  'workshop',
  'open',
  'private',
  'direct',
];
const PRIVATE_KINDS = new Set<ChannelRow['kind']>(['team', 'private', 'direct']);

/** Channels as their people see them: with what is unread, and who is there. */
@Injectable()
export class ChannelLists {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly members: ChannelMembersRepository,
    private readonly places: OwnPlaces,
    private readonly access: ChannelAccess,
    private readonly unread: Unread,
    private readonly people: People,
    private readonly ownReading: OwnReading,
    private readonly names: ChannelNames,
    private readonly calls: ChannelCalls,
    private readonly rosters: ChannelRosters,
  ) {}

  /** All channels a person is in (of one cohort), in a constant number of questions. */
  async of(userId: string, cohortId?: string): Promise<ChannelSummary[]> {
    const me = idOf(userId);
    await this.ownReading.settled();
    const rows = await this.places.ofPerson(me, cohortId === undefined ? {} : { cohortId: idOf(cohortId) });
    const channels = new Map(
      (await this.channels.byIds(rows.map((row) => row.channelId))).map((channel) => [String(channel._id), channel]),
    );
    const held = rows.flatMap((member) => {
      const channel = channels.get(String(member.channelId));
      return channel ? [{ member, channel }] : [];
    });
    const [counts, others] = await Promise.all([
      this.unread.of(me, held),
      this.names.othersIn(
        held.map(({ channel }) => channel),
        userId,
      ),
    ]);
    return held
      .map(({ member, channel }) =>
        summaryOf(channel, member, counts(channel._id), others.get(String(channel._id)) ?? []),
      )
      .sort(inOrder);
  }

  /** One channel with its people and what I may do. Throws 404. */
  async one(actor: { userId: string }, channelId: string): Promise<Channel> {
    await this.ownReading.settled();
    const held = await this.access.held(actor, channelId);
    const { channel, member, userId } = held;
    const [memberIds, counts, reader, call, closed] = await Promise.all([
      channel.kind === 'direct' ? peopleOfDirect(channel) : this.idsIn(channel),
      this.unread.of(userId, [held]),
      this.access.reader(actor, channel),
      this.calls.linkOf(channel),
      channel.kind === 'direct'
        ? this.rosters.read(channel._id).then(({ closedTo }) => closedTo.get(actor.userId))
        : null,
    ]);
    const faces = await this.people.byId([...memberIds, ...(channel.guests ?? []).map(String)]);
    const isIn = new Set(memberIds);
    const members = memberIds.flatMap((id) => faces.get(id) ?? []).sort((a, b) => a.name.localeCompare(b.name));
    const others = channel.kind === 'direct' ? members.filter((person) => person.id !== actor.userId) : [];
    return {
      ...summaryOf(channel, member, counts(channel._id), others),
      members,
      guests: [...faces.values()].filter((person) => !isIn.has(person.id)),
      call,
      closed: closed === 'no_common_cohort' ? closed : null,
      retention: channel.retention
        ? { days: channel.retention.days, from: channel.retention.from.toISOString() }
        : null,
      abilities: channelAbilities(reader, channel, closed === 'no_common_cohort'),
    };
  }

  private async idsIn({ _id }: ChannelRow): Promise<string[]> {
    return (await this.members.idsIn(_id)).map(String);
  }
}

function inOrder(a: ChannelSummary, b: ChannelSummary): number {
  const byKind = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (byKind !== 0) return byKind;
  const latest = (one: ChannelSummary) => one.last?.createdAt ?? '';
  return a.kind === 'direct' ? latest(b).localeCompare(latest(a)) : a.name.localeCompare(b.name);
}

function summaryOf(channel: ChannelRow, member: ChannelMemberRow, counts: Counts, people: Person[]): ChannelSummary {
  const { last } = channel;
  return {
    id: String(channel._id),
    cohortId: channel.cohortId ? String(channel.cohortId) : null,
    kind: channel.kind,
    name: channel.name,
    nameKey: channel.nameKey ?? null,
    topic: channel.topic,
    isPrivate: PRIVATE_KINDS.has(channel.kind),
    archived: channel.archivedAt !== null,
    muted: member.muted ?? false,
    watched: member.watched ?? false,
    starred: member.starred ?? false,
    ...counts,
    rev: channel.rev,
    readSeq: member.readSeq,
    last: last
      ? { senderId: String(last.senderId), excerpt: last.excerpt, createdAt: last.createdAt.toISOString() }
      : null,
    people,
  };
}
