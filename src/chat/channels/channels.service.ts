import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, invalid, notFound } from '../../common/problem.js';
import type { Channel, CreateChannel, OpenDirect, UpdateChannel } from '../../contracts/chat/chat.js';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { countNamed } from '../../infra/redis/naming.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { directKey } from '../direct/direct-key.js';
import { BlocksService } from '../moderation/blocks.service.js';
import { ChannelAccess } from './channel-access.js';
import { listedBy } from './channel-directory.service.js';
import { ChannelMembersService } from './channel-members.service.js';
import { ChannelRoom } from './channel-room.js';
import { ChannelLists } from './channel-lists.service.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import type { ChannelRow } from './channel.schema.js';
import { ChannelsRepository } from './channels.repository.js';
import { channelAbilities, isByHand, mayRemove } from '../chat.policy.js';

const NEW_CHANNELS = { name: 'chat-new-channel', points: 30, seconds: 3600 };
/** Those that are closed stay: a day of them has an end, too. */
export const NEW_OF_DAY: Limit = { name: 'chat-new-channel-day', points: 60, seconds: 86_400 };
const JOINS = { name: 'chat-join', points: 120, seconds: 3600 };

/** Channels that people make by hand: private ones, and the one between some people. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly channels: ChannelsRepository,
    private readonly access: ChannelAccess,
    private readonly lists: ChannelLists,
    private readonly channelMembersService: ChannelMembersService,
    private readonly members: Members,
    private readonly cohorts: CohortsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    private readonly blocks: BlocksService,
    private readonly room: ChannelRoom,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** A private or open channel of some members of the cohort and me. Throws 422 for who is no member, 409 in a closed cohort, `too_many_channels`, 429. */
  async create(actor: CohortActor, { name, topic = '', memberIds, open }: CreateChannel): Promise<Channel> {
    if (actor.cohortState === 'closed') throw conflict('cohort_closed', 'This cohort is closed.');
    await this.refuseStrangers(actor.cohortId, memberIds, '/memberIds');
    await this.limits.take(NEW_CHANNELS, actor.userId);
    const people = [...new Set([actor.userId, ...memberIds.map((id) => id.toLowerCase())])];
    // Each of them is told of it. The programme team makes channels for everybody.
    if (actor.role !== 'staff') await countNamed(this.limits, actor.userId, people.length - 1);
    await this.limits.take(NEW_OF_DAY, actor.userId);
    const _id = newId();
    const channel = {
      _id,
      cohortId: idOf(actor.cohortId),
      kind: open ? ('open' as const) : ('private' as const),
      key: `${open ? 'open' : 'private'}:${String(_id)}`,
      name,
      nameKey: null,
      topic,
      ...(open && listedBy({ name, topic })),
      createdBy: idOf(actor.userId),
      createdAt: this.clock.now(),
    };
    await this.room.forChannel(channel.createdBy, (session) => this.channels.insert(channel, session));
    await this.channelMembersService.letIn({ ...channel, rev: 0, headSeq: 0, last: null, archivedAt: null }, people);
    return await this.lists.one(actor, String(_id));
  }

  /** From now on the messages of a channel are told to webhooks: those after the number that this returns. It checks nobody's rights. */
  async sendOut(channelId: string): Promise<number> {
    return await this.channels.sendOut(idOf(channelId));
  }

  /**
   * The one channel of these people and me, made when it is missing. Until something is said in it, it is a place of who opened it alone: nobody fills the lists of
   * others with words that are not said. Throws 422 for who shares no cohort with me, 403 `blocked`, 409 `too_many_unspoken`, 429.
   */
  async openDirect(actor: Actor, { userIds }: OpenDirect): Promise<Channel> {
    const people = [...new Set([actor.userId, ...userIds.map((id) => id.toLowerCase())])].sort();
    await this.refuseWhoIsNotNear(actor, userIds);
    await this.blocks.refuse(actor.userId, people);
    const key = directKey(people);
    let channel = await this.channels.byKey(key);
    if (!channel) {
      await this.limits.take(NEW_CHANNELS, actor.userId);
      const createdBy = idOf(actor.userId);
      const made = { key, kind: 'direct', cohortId: null, name: '', nameKey: null, createdBy } as const;
      const createdAt = this.clock.now();
      await againWhenDoubled(() =>
        this.room.forConversation(createdBy, (session) => this.channels.ensure([{ ...made, createdAt }], session)),
      );
      channel = await this.channels.byKey(key);
      if (!channel) throw notFound();
    }
    // Also for a channel that exists: somebody else opened it, or who let its people in died before that was through.
    const coming = channel.rev > 0 ? people : [actor.userId];
    if (!(await this.isComplete(channel, coming))) await this.channelMembersService.letIn(channel, coming);
    return await this.lists.one(actor, String(channel._id));
  }

  /** Name and topic, or whether it is closed. Throws 404, 403, 409 `kept_by_membership`, `cohort_closed`, `too_many_channels`. */
  async update(actor: Actor, channelId: string, { archived, callLink, ...words }: UpdateChannel): Promise<Channel> {
    const { channel } = await this.access.held(actor, channelId);
    const abilities = channelAbilities(await this.access.reader(actor, channel), channel);
    if (archived !== undefined) await this.refuseToArchive(channel, abilities.archive, archived);
    if (
      ([words.name, words.topic, callLink].some((one) => one !== undefined) || archived === undefined) &&
      !abilities.edit
    )
      throw forbidden();
    if (words.name !== undefined && !isByHand(channel.kind))
      throw conflict('kept_by_membership', 'The name of this channel follows what it is for.');
    const change = {
      ...words,
      ...(callLink !== undefined && { callLink }),
      ...(archived !== undefined && { archivedAt: archived ? (channel.archivedAt ?? this.clock.now()) : null }),
    };
    const write = async (session: ClientSession) => {
      // Another may have changed its name a moment ago while this changes its topic: it is found by what it is called now.
      const now = (await this.channels.byId(channel._id, session)) ?? channel;
      const listed = channel.kind === 'open' && listedBy({ ...now, ...words });
      await this.channels.update(channel._id, { ...change, ...listed }, session);
    };
    const opensAgain = archived === false && channel.archivedAt !== null;
    if (opensAgain && channel.createdBy) await this.room.forChannel(channel.createdBy, write);
    else await this.transactions.run(write);
    this.channelMembersService.announce(channel);
    return await this.lists.one(actor, channelId);
  }

  /** Says whether a channel stays quiet for a person, on all their devices. Throws 404. */
  async mute(actor: Actor, channelId: string, muted: boolean): Promise<void> {
    const { channel, userId } = await this.access.held(actor, channelId);
    await this.channelMembers.mute(channel._id, userId, muted);
    this.channelMembersService.announceTo(actor.userId, channel);
  }

  /** Says whether a person wants to hear of every message of a channel. Throws 404. */
  async watch(actor: Actor, channelId: string, watched: boolean): Promise<void> {
    const { channel, userId } = await this.access.held(actor, channelId);
    await this.channelMembers.watch(channel._id, userId, watched);
    this.channelMembersService.announceTo(actor.userId, channel);
  }

  /** Says whether a channel is one of a person's favourites. Throws 404. */
  async star(actor: Actor, channelId: string, starred: boolean): Promise<void> {
    const { channel, userId } = await this.access.held(actor, channelId);
    await this.channelMembers.star(channel._id, userId, starred);
    this.channelMembersService.announceTo(actor.userId, channel);
  }

  /**
   * Lets a member of the cohort into a channel made by hand; oneself (`me`) into an open one. Throws 404, 409 `kept_by_membership`,
   * `channel_archived`, 429.
   */
  async addMember(actor: Actor, channelId: string, asked: string): Promise<void> {
    const userId = personOf(actor, asked);
    const isMe = userId === actor.userId;
    const open = isMe ? await this.openTo(actor, channelId) : null;
    const channel = open ?? (await this.byHand(actor, channelId)).channel;
    if (channel.archivedAt) throw conflict('channel_archived', 'This channel is closed; it can still be read.');
    if (!channel.cohortId || !(await this.members.find(String(channel.cohortId), userId))) throw notFound();
    if (open) await this.channelMembersService.letIn(channel, [userId], actor.userId);
    // Who may let others into a private one is in it already, or was taken out a moment ago.
    if (isMe) return;
    await countNamed(this.limits, actor.userId, 1);
    await this.channelMembersService.letInBy(actor.userId, channel, userId);
  }

  /** Leaves a channel made by hand (`me`), or takes somebody out of it. Throws 404, 403, 409 `kept_by_membership`. */
  async removeMember(actor: Actor, channelId: string, asked: string): Promise<void> {
    const userId = personOf(actor, asked);
    const { channel } = await this.byHand(actor, channelId);
    const isMe = userId === actor.userId;
    if (!isMe && !mayRemove(await this.access.reader(actor, channel), channel)) throw forbidden();
    if (!isMe) await this.access.held({ userId }, channelId);
    await this.channelMembersService.takeOut(channel, [userId], channel.kind === 'open');
  }

  /** An open channel of one of my cohorts; null for any other. */
  private async openTo(actor: Actor, channelId: string): Promise<ChannelRow | null> {
    const id = toId(channelId);
    const channel = id && (await this.channels.byId(id));
    if (channel?.kind !== 'open' || !(await this.access.reader(actor, channel)).role) return null;
    await this.limits.take(JOINS, actor.userId);
    return channel;
  }

  private async refuseToArchive(channel: ChannelRow, may: boolean, archived: boolean): Promise<void> {
    if (!isByHand(channel.kind))
      throw conflict('kept_by_membership', 'Whether this channel is closed follows what it is for.');
    if (!may) throw forbidden();
    const cohort = channel.cohortId && (await this.cohorts.byId(channel.cohortId));
    if (!archived && cohort?.state !== 'running') throw conflict('cohort_closed', 'This cohort is closed.');
  }

  private async byHand(actor: Actor, channelId: string) {
    const held = await this.access.held(actor, channelId);
    if (!isByHand(held.channel.kind))
      throw conflict('kept_by_membership', 'Who is in this channel follows what it is for.');
    return held;
  }

  private async isComplete(channel: ChannelRow, people: readonly string[]): Promise<boolean> {
    return (await this.access.amongMembers(channel, people)).size === people.length;
  }

  private async refuseStrangers(cohortId: string, userIds: readonly string[], field: string): Promise<void> {
    const known = await this.members.list(cohortId, { userIds });
    refuse(userIds, new Set(known.map((member) => member.userId)), field);
  }

  private async refuseWhoIsNotNear(actor: Actor, userIds: readonly string[]): Promise<void> {
    const mine = await this.members.ofPerson(actor.userId);
    const near = await Promise.all(mine.map(({ cohortId }) => this.members.list(cohortId, { userIds })));
    refuse(userIds, new Set([actor.userId, ...near.flat().map((member) => member.userId)]), '/userIds');
  }
}

const personOf = (actor: Actor, asked: string) => (asked === 'me' ? actor.userId : asked.toLowerCase());

function refuse(userIds: readonly string[], known: ReadonlySet<string>, field: string): void {
  const strangers = userIds.flatMap((id, index) =>
    known.has(id.toLowerCase()) ? [] : [{ field: `${field}/${index}`, code: 'unknown' }],
  );
  if (strangers.length > 0) throw invalid(strangers);
}
