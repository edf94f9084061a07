import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Message } from '../../contracts/chat/chat.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { ChannelRosters } from '../channels/channel-rosters.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { presentMessage } from '../messages/message.js';
import type { MessageRow } from '../messages/message.schema.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { inRevOrder } from './rev-order.js';

/** A change as clients hear of it. */
interface Change {
  event: 'message.created' | 'message.updated' | 'message.deleted';
  rev: number;
  payload: Message;
}

/** From one process to the others: changes of a channel, or (without any) that its people changed. */
interface News {
  channelId: string;
  membersRev: number;
  changes: Change[];
}

/** One channel on this process. `last`: up to here all went out; null before the first. `membersRev`: the room is as it was then. */
interface Lane {
  last: number | null;
  waiting: Change[];
  membersRev: number;
  wanted: number;
  isPlacing: boolean;
  timer: NodeJS.Timeout | undefined;
}

const TOPIC = 'channels';
/** Changes of another process are a few milliseconds away; after this long one that is missing is read from the database. */
const PATIENCE_MS = 150;
const MAX_LANES = 5000;
const MAX_MISSING = 500;

/**
 * Tells the changes of channels to those who are in them, on every process, in the order of their revs. This process is served first,
 * the others by one message a group. What is lost on the way (a process killed before it told, Redis away) is read from the database
 * when something later shows the gap; a room that missed that somebody left is put right before the next change goes out.
 */
@Injectable()
export class ChannelFeed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('ChannelFeed');
  private readonly lanes = new Map<string, Lane>();
  private isEnding = false;

  constructor(
    private readonly realtime: Realtime,
    private readonly channels: ChannelsRepository,
    private readonly rosters: ChannelRosters,
    private readonly messages: MessagesRepository,
  ) {}

  onModuleInit(): void {
    this.realtime.line.hear(TOPIC, (text) => this.take(JSON.parse(text) as News));
    this.realtime.line.onReturn(() => void this.catchUp());
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    for (const lane of this.lanes.values()) clearTimeout(lane.timer);
  }

  /** Messages that are durable, as they are now. */
  tell(channelId: string, membersRev: number, rows: readonly MessageRow[]): void {
    this.spread({ channelId, membersRev, changes: rows.map(changeOf) });
  }

  /** People came into a channel or left it; `membersRev` is the number after that. */
  membersChanged(channelId: string, membersRev: number): void {
    this.spread({ channelId, membersRev, changes: [] });
  }

  private spread(news: News): void {
    this.take(news);
    this.realtime.line.say(TOPIC, JSON.stringify(news));
  }

  private take({ channelId, membersRev, changes }: News): void {
    if (changes.length === 0 && !this.lanes.has(channelId)) return;
    const lane = this.laneOf(channelId);
    lane.waiting.push(...changes);
    lane.wanted = Math.max(lane.wanted, membersRev);
    this.go(channelId, lane);
  }

  /** Lets out what is in order, once the room holds nobody who left. */
  private go(channelId: string, lane: Lane): void {
    if (lane.isPlacing) return;
    if (lane.wanted > lane.membersRev) {
      void this.place(channelId, lane);
      return;
    }
    const { out, held, last } = inRevOrder(lane.last, lane.waiting);
    if (out.length > 0) lane.last = last;
    lane.waiting = held;
    this.realtime.emitHere(rooms.channel(channelId), out);
    if (held.length > 0) this.later(channelId, lane, () => this.fill(channelId, lane));
  }

  private async place(channelId: string, lane: Lane): Promise<void> {
    lane.isPlacing = true;
    const { wanted } = lane;
    try {
      const { membersRev, userIds } = await this.rosters.read(idOf(channelId));
      await this.realtime.placeHere(rooms.channel(channelId), userIds);
      lane.membersRev = Math.max(membersRev, wanted);
    } catch (error) {
      this.logger.warn({ err: error }, 'who is in a channel could not be read: what is new in it waits');
      this.later(channelId, lane, () => Promise.resolve());
      return;
    } finally {
      lane.isPlacing = false;
    }
    this.go(channelId, lane);
  }

  private later(channelId: string, lane: Lane, act: () => Promise<void>): void {
    if (this.isEnding) return;
    lane.timer ??= setTimeout(() => {
      lane.timer = undefined;
      void act()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'missing changes could not be read'))
        .finally(() => this.go(channelId, lane));
    }, PATIENCE_MS);
  }

  /** What is still missing is read; a message that changed again meanwhile comes with its later change. */
  private async fill(channelId: string, lane: Lane): Promise<void> {
    const first = inRevOrder(lane.last, lane.waiting).held[0];
    if (!first || lane.last === null) return;
    await this.read(channelId, lane, first.rev - 1);
  }

  private async read(channelId: string, lane: Lane, upTo: number): Promise<void> {
    const rows = await this.messages.changes(idOf(channelId), lane.last ?? upTo, upTo, MAX_MISSING);
    const told = lane.last ?? 0;
    this.realtime.emitHere(rooms.channel(channelId), rows.filter((row) => row.rev > told).map(changeOf));
    lane.last = Math.max(told, upTo);
  }

  /** After the line was broken: no room is trusted, and what is past what went out here is read. */
  private async catchUp(): Promise<void> {
    try {
      for (const lane of this.lanes.values()) lane.membersRev = -1;
      const heads = await this.channels.byIds([...this.lanes.keys()].map(idOf));
      for (const { _id, rev } of heads) {
        const lane = this.lanes.get(String(_id));
        if (!lane || lane.last === null || lane.last >= rev) continue;
        await this.place(String(_id), lane);
        await this.read(String(_id), lane, rev);
        this.go(String(_id), lane);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'what was missed is not known yet: clients ask by themselves');
    }
  }

  private laneOf(channelId: string): Lane {
    const known = this.lanes.get(channelId);
    if (known) return known;
    if (this.lanes.size >= MAX_LANES) this.forgetIdle();
    const lane = { last: null, waiting: [], membersRev: -1, wanted: 0, isPlacing: false, timer: undefined };
    this.lanes.set(channelId, lane);
    return lane;
  }

  private forgetIdle(): void {
    for (const [channelId, lane] of this.lanes)
      if (lane.waiting.length === 0 && !lane.isPlacing) {
        this.lanes.delete(channelId);
        return;
      }
  }
}

function changeOf(row: MessageRow): Change {
  const isNew = row.rev === row.seq;
  const event = row.deletedAt ? 'message.deleted' : isNew ? 'message.created' : 'message.updated';
  return { event, rev: row.rev, payload: presentMessage(row) };
}
