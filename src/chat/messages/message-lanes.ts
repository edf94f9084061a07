import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { Problem, notFound } from '../../common/problem.js';
import type { Message } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toId } from '../../infra/mongo/ids.js';
import { ChannelMembersService } from '../channels/channel-members.service.js';
import { messageDeleted, messageEdited, messageSent } from '../chat.events.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { OwnReading } from '../reading/own-reading.js';
import { ThreadBroadcasts } from '../threads/thread-broadcasts.js';
import type { Draft } from './drafts.js';
import { type ChangeOptions, type ChangedMessage, type Decide, MessageChanger } from './message-changer.js';
import { factsOf } from './message-facts.js';
import { presentMessage } from './message.js';
import type { MessageRow } from './message.schema.js';
import { MessageWriter } from './message-writer.js';

type Change = ChangeOptions & { messageId: Types.ObjectId; decide: Decide };
/** What takes a number of a channel. */
type Act = { draft: Draft } | Change;
/** What one act came to: a message, or why it was refused; the others of its batch are not touched by that. */
type Outcome = { result: MessageRow } | { error: unknown };

/** What is written into a channel waits in its lane: what comes together goes together, and is told once it is durable. */
@Injectable()
export class MessageLanes {
  private readonly lanes = new BatchPerKey<Act, Outcome>((key, acts) => this.work(key, acts));

  constructor(
    private readonly writer: MessageWriter,
    private readonly changer: MessageChanger,
    private readonly channelMembersService: ChannelMembersService,
    private readonly feed: ChannelFeed,
    private readonly ownReading: OwnReading,
    private readonly threads: ThreadBroadcasts,
    private readonly bus: EventBus,
  ) {}

  /** Waits for the act's turn in the lane of its channel. Throws what refuses it. */
  async take(key: string, act: Act): Promise<Message> {
    const outcome = await this.lanes.ask(key, act);
    if ('error' in outcome) throw outcome.error;
    return presentMessage(outcome.result);
  }

  /** One turn of a channel's lane: the new messages as one group, then the changes one by one. */
  private async work(key: string, acts: readonly Act[]): Promise<Outcome[]> {
    const channelId = toId(key);
    if (!channelId) throw notFound();
    const drafts = acts.flatMap((act) => ('draft' in act ? act.draft : []));
    const sent = drafts.length > 0 ? await this.outcomesOf(channelId, drafts) : [];
    const outcomes: Outcome[] = [];
    for (const act of acts) {
      if ('draft' in act) outcomes.push(sent.shift() ?? { error: notFound() });
      else outcomes.push(await this.outcomeOf(channelId, act));
    }
    return outcomes;
  }

  private async outcomesOf(channelId: Types.ObjectId, drafts: readonly Draft[]): Promise<Outcome[]> {
    let group;
    try {
      group = await this.writer.write(channelId, drafts);
    } catch (error) {
      return drafts.map(() => ({ error }));
    }
    const { channel, created, parents, cameIn, outcomes } = group;
    if (channel && created.length > 0) {
      if (cameIn.length > 0) this.channelMembersService.spokenFirst(channel, cameIn);
      this.feed.tell(String(channelId), channel.membersRev ?? 0, [...created, ...parents]);
      this.ownReading.of(channelId, created);
      this.threads.grew(channel, parents);
      for (const row of created) this.bus.publish(messageSent, factsOf(channel, row));
    }
    return outcomes.map((one) => (one instanceof Problem ? { error: one } : { result: one }));
  }

  private async outcomeOf(channelId: Types.ObjectId, { messageId, decide, ...how }: Change): Promise<Outcome> {
    try {
      const changed = await this.changer.change(channelId, messageId, decide, how);
      if (changed.changed) this.tellChange(changed);
      return { result: changed.after };
    } catch (error) {
      return { error };
    }
  }

  private tellChange({ channel, before, after, parent }: ChangedMessage): void {
    this.feed.tell(String(channel._id), channel.membersRev ?? 0, [after, ...(parent ? [parent] : [])]);
    if (parent) this.threads.grew(channel, [parent]);
    const { channelId, cohortId, messageId } = factsOf(channel, after);
    if (after.deletedAt) this.bus.publish(messageDeleted, { channelId, cohortId, messageId });
    else if (after.body !== before.body) this.bus.publish(messageEdited, factsOf(channel, after));
  }
}
