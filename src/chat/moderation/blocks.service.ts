import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import type { BlockedPeople } from '../../contracts/chat/blocks.js';
import type { ClientSession, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { closedProblem, closedTo } from './block-rule.js';
import { BlocksRepository } from './blocks.repository.js';
import { directKey } from '../direct/direct-key.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { ChannelsRepository } from '../channels/channels.repository.js';

/** From whom somebody takes no direct messages. Only these are closed: in channels of a cohort people go on working together. */
@Injectable()
export class BlocksService {
  constructor(
    private readonly blocks: BlocksRepository,
    private readonly channels: ChannelsRepository,
    private readonly feed: ChannelFeed,
    private readonly members: Members,
    private readonly people: People,
    private readonly realtime: Realtime,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(userId: string): Promise<BlockedPeople> {
    const ids = await this.blocks.of(idOf(userId));
    const items = await this.people.faces(ids.map(String));
    return { items: items.sort((a, b) => a.name.localeCompare(b.name)) };
  }

  /** Throws 404 for who shares no cohort and no conversation with me, 409 `yourself`. */
  async block(actor: Actor, userId: string): Promise<void> {
    const blockedId = toId(userId);
    if (!blockedId) throw notFound();
    if (String(blockedId) === actor.userId) throw conflict('yourself', 'This is you.');
    if (!(await this.isNear(actor.userId, String(blockedId)))) throw notFound();
    const [me, at] = [idOf(actor.userId), this.clock.now()];
    await againWhenDoubled(() =>
      this.change(actor.userId, blockedId, (session) => this.blocks.add(me, blockedId, at, session)),
    );
  }

  /** Whoever it is: nobody is told whether they exist. */
  async unblock(actor: Actor, userId: string): Promise<void> {
    const blockedId = toId(userId);
    if (!blockedId) return;
    const me = idOf(actor.userId);
    await this.change(actor.userId, blockedId, (session) => this.blocks.remove(me, blockedId, session));
  }

  /** Throws 403 `blocked` when the other one of a conversation of two takes no messages from me. */
  async refuse(userId: string, people: readonly string[]): Promise<void> {
    const [one, other] = people;
    if (people.length !== 2 || !one || !other) return;
    const why = closedTo([one, other], await this.blocks.among(toIds(people))).get(userId);
    if (why === 'blocked') throw closedProblem(why);
  }

  /** Who of these people has blocked whom of them, as `<who> <whom>`. */
  async blocksAmong(userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.blocks.among(toIds(userIds));
    return new Set(rows.map((row) => `${String(row.userId)} ${String(row.blockedId)}`));
  }

  /** Who of these people has blocked somebody. */
  async blockersOf(userId: string, among: readonly string[]): Promise<Set<string>> {
    const rows = await this.blocks.among(toIds([userId, ...among]));
    return new Set(rows.filter((row) => String(row.blockedId) === userId).map((row) => String(row.userId)));
  }

  /**
   * Written with the number of the conversation: whoever keeps in mind who may write there sees by it, on every process, that this is no longer so, and a message that is
   * written at the same moment comes before or is refused. A conversation that was opened meanwhile is not seen by the transaction: its number is raised after it.
   */
  private async change(
    userId: string,
    otherId: Types.ObjectId,
    write: (session: ClientSession) => Promise<void>,
  ): Promise<void> {
    const key = directKey([userId, String(otherId)]);
    const seen = await this.transactions.run(async (session) => {
      await write(session);
      return await this.channels.keyMembersChanged(key, session);
    });
    const channel = seen ?? (await this.channels.keyMembersChanged(key));
    if (channel) this.feed.membersChanged(String(channel._id), channel.membersRev ?? 0);
    this.realtime.emit(rooms.user(userId), 'blocked.changed', await this.list(userId));
  }

  private async isNear(userId: string, otherId: string): Promise<boolean> {
    const mine = (await this.members.ofPerson(userId)).map(({ cohortId }) => cohortId);
    const theirs = await this.members.ofPerson(otherId);
    if (theirs.some(({ cohortId }) => mine.includes(cohortId))) return true;
    return (await this.channels.byKey(directKey([userId, otherId]))) !== null;
  }
}
