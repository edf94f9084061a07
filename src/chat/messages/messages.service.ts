import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { namesEverybody } from '../../common/texts/everybody.js';
import { callsGroups } from '../../common/texts/groups.js';
import { Clock } from '../../common/times/clock.js';
import { Problem, conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import type { EditMessage, Message, MessageNote, SendMessage } from '../../contracts/chat/chat.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { newId, toId, toIds } from '../../infra/mongo/ids.js';
import { countNamed } from '../../infra/redis/naming.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { closedProblem } from '../moderation/block-rule.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { ChannelFeed } from '../live/channel-feed.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { ChannelMembersService } from '../channels/channel-members.service.js';
import { ChannelRosters } from '../channels/channel-rosters.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { messageDeleted, messageEdited, messageSent } from '../chat.events.js';
import { channelAbilities } from '../chat.policy.js';
import { type Draft } from './drafts.js';
import { GroupNames } from '../direct/group-names.js';
import { type ChangeOptions, type ChangedMessage, type Decide, MessageChanger } from './message-changer.js';
import { MessagesRepository } from './messages.repository.js';
import { reactionOf, reactionsAfter } from '../../infra/mongo/reactions.js';
import { described, namedIn, presentMessage, tombstone } from './message.js';
import { factsOf } from './message-facts.js';
import type { MessageRow, PreviewRow } from './message.schema.js';
import { OwnReading } from '../reading/own-reading.js';
import { ThreadBroadcasts } from '../threads/thread-broadcasts.js';
import { namesAfter } from './message-names.js';
import { PAGES, mayLink, previewsAfter, withoutPreview } from '../previews/outside-links.js';
import { MessageWriter } from './message-writer.js';

type Change = ChangeOptions & { messageId: Types.ObjectId; decide: Decide };
type Act = { draft: Draft } | Change;
/** What one act came to: a message, or why it was refused; the others of its batch are not touched by that. */
type Outcome = { result: MessageRow } | { error: unknown };

/** A person may write 40 messages in 10 s, and as many edits and reactions. */
const SENDS = { name: 'chat-send', points: 40, seconds: 10 };
const CHANGES = { name: 'chat-change', points: 40, seconds: 10 };
/** Each of these writes a notice, and later perhaps a mail, to everybody whom it calls. */
const CALLS_TO_MANY = { name: 'chat-call', points: 20, seconds: 600 };

interface FromOutside {
  botId: Types.ObjectId;
  bot: { name: string };
  body: string;
}

/** Everything that takes a number of a channel: sending, editing, deleting, reacting. */
@Injectable()
export class MessagesService {
  private readonly lanes = new BatchPerKey<Act, Outcome>((key, acts) => this.work(key, acts));

  constructor(
    private readonly access: ChannelAccess,
    private readonly messages: MessagesRepository,
    private readonly writer: MessageWriter,
    private readonly changer: MessageChanger,
    private readonly members: ChannelMembersRepository,
    private readonly channelMembersService: ChannelMembersService,
    private readonly groups: GroupNames,
    private readonly rosters: ChannelRosters,
    private readonly feed: ChannelFeed,
    private readonly ownReading: OwnReading,
    private readonly threads: ThreadBroadcasts,
    private readonly bus: EventBus,
    private readonly texts: LongTexts,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers when the message is durable; the same `clientId` again answers the first message.
   * Throws 404 for who is not in the channel, 409 `channel_archived`, `no_common_cohort`, 422 for a thread or a file that is not there, 429.
   */
  async send(actor: Pick<Actor, 'userId'>, channelId: string, message: SendMessage): Promise<Message> {
    const [id, senderId] = [toId(channelId), toId(actor.userId)];
    const threadId = message.threadId === undefined ? null : toId(message.threadId);
    if (!id || !senderId) throw notFound();
    if (message.threadId !== undefined && !threadId) {
      await this.access.held(actor, channelId);
      throw invalidField('/threadId', 'unknown');
    }
    await this.limits.take(SENDS, actor.userId);
    const { clientId, body } = message;
    // First: who has no room left for a text names nobody by it.
    await countText(this.limits, actor.userId, body);
    await this.countCall(actor, body);
    const attachments = (message.attachments ?? []).map(({ fileId, alt }) => ({ fileId: toId(fileId), alt }));
    const draft = { senderId, clientId, body, threadId, attachments };
    return await this.take(String(id), { draft });
  }

  /** Writes what comes from outside. Throws 404 for a channel that is gone or in which `keptBy` is not, 409 `channel_archived`. */
  async post(channelId: string, { botId, ...said }: FromOutside & { keptBy: Types.ObjectId }) {
    const draft = { ...said, senderId: botId, clientId: String(newId()), threadId: null, attachments: [] };
    return await this.take(channelId, { draft });
  }

  /** Says something of what writes from outside, in its name; once for each `clientId`. Throws 404, 409 `channel_archived`. */
  async sayOf(channelId: string, { botId, ...said }: FromOutside & { clientId: string; note: MessageNote }) {
    await this.take(channelId, { draft: { ...said, senderId: botId, threadId: null, attachments: [] } });
  }

  /** Says something in the name of who is in the channel. Throws 404, 409 `channel_archived`. */
  async say(channelId: string, senderId: Types.ObjectId, { body, note }: { body: string; note: MessageNote }) {
    const draft = { senderId, clientId: String(newId()), body, threadId: null, attachments: [], note };
    return await this.take(channelId, { draft });
  }

  /** One's own text and what one's own images show. Throws 403 for another's, 422 for a file that does not hang there. */
  async edit(actor: Actor, channelId: string, messageId: string, change: EditMessage): Promise<Message> {
    const { id, channel } = await this.enter(actor, channelId);
    const [said] = await this.messages.byIds(id, toIds([messageId]));
    await this.countCall(actor, change.body, said?.body);
    await countText(this.limits, actor.userId, change.body);
    const { body, reached } = await this.groups.read(channel, change.body);
    const people = [...namedIn(body), ...[...reached.values()].flatMap((ids) => [...ids])];
    const insiders = await this.members.among(id, toIds(people));
    const pages = mayLink(body) ? await this.texts.read(PAGES, body) : [];
    return await this.change(channelId, messageId, (message) => {
      if (String(message.senderId) !== actor.userId) throw forbidden('not_yours', 'Only who wrote it may change it.');
      if (message.note) throw conflict('not_a_text', 'This was said by the app.');
      const before = message.attachments ?? [];
      if (body === '' && before.length === 0) throw invalidField('/body', 'required');
      const attachments = described(before, change.attachments ?? []);
      if (!attachments) throw invalidField('/attachments', 'unknown');
      const isDescribed = attachments.some((file, at) => file.alt !== before[at]?.alt);
      if (message.body === body && !isDescribed) return null;
      const [names, now] = [namesAfter(message, { body, reached }, insiders), this.clock.now()];
      return {
        ...(message.body !== body && {
          body,
          names,
          editedAt: now,
          ...(message.previews && { previews: previewsAfter(message.previews, pages) }),
        }),
        ...(isDescribed && { attachments }),
      };
    });
  }

  /** Leaves a tombstone. One's own, or any as staff of the cohort. */
  async delete(actor: Actor, channelId: string, messageId: string): Promise<void> {
    const { channel } = await this.enter(actor, channelId, { evenBlocked: true });
    const abilities = channelAbilities(await this.access.reader(actor, channel), channel);
    await this.change(channelId, messageId, (message) => {
      if (String(message.senderId) !== actor.userId && !abilities.moderate) throw forbidden();
      return tombstone(message, this.clock.now());
    });
  }

  /** Leaves a tombstone of what staff were asked to remove, with what is written `alongside`. False when it is gone. It checks nobody's rights. */
  async removeReported(
    channelId: string,
    messageId: Types.ObjectId,
    alongside: ChangeOptions['alongside'],
  ): Promise<boolean> {
    const decide: Decide = (message) => tombstone(message, this.clock.now());
    try {
      await this.take(channelId, { messageId, decide, alongside });
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return false;
      throw error;
    }
  }

  /** Deletes a message because of its age, while `isDue` says so of its channel. One that is gone already is as it should be. */
  async expire(channelId: string, messageId: Types.ObjectId, isDue: (channel: ChannelRow) => boolean): Promise<void> {
    const decide: Decide = (message, channel) => (isDue(channel) ? tombstone(message, this.clock.now()) : null);
    try {
      await this.take(channelId, { messageId, decide, evenArchived: true });
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404)) throw error;
    }
  }

  /** Puts a message among those pinned to its channel, or takes it down. Throws 409 `too_many_pins` beyond 50. */
  async pin(actor: Actor, channelId: string, messageId: string, pinned: boolean): Promise<Message> {
    await this.enter(actor, channelId);
    return await this.change(channelId, messageId, ({ pinnedAt }) =>
      Boolean(pinnedAt) === pinned ? null : { pinnedAt: pinned ? this.clock.now() : null },
    );
  }

  /** Says that a thread needs nobody any more, or that it does again. Throws 409 `not_a_thread` for what nobody replied to. */
  async resolve(actor: Actor, channelId: string, messageId: string, resolved: boolean): Promise<Message> {
    await this.enter(actor, channelId);
    return await this.change(channelId, messageId, ({ threadId, replies, resolvedAt }) => {
      if (threadId || (resolved && replies === 0)) throw conflict('not_a_thread', 'Nobody replied to this message.');
      return Boolean(resolvedAt) === resolved ? null : { resolvedAt: resolved ? this.clock.now() : null };
    });
  }

  /** Throws 422 for what is not one emoji, 409 beyond 20 kinds on one message. */
  async react(actor: Actor, channelId: string, messageId: string, emoji: string, on: boolean): Promise<Message> {
    const { userId } = await this.enter(actor, channelId);
    const one = reactionOf(emoji, userId, on);
    return await this.change(channelId, messageId, ({ reactions }) => {
      const next = reactionsAfter(reactions, one);
      return next && { reactions: next };
    });
  }

  /** A topic of the forum continues the thread of a message, or (`goesOn` false) no longer does. It checks nobody's rights. */
  async setTopic(channelId: string, messageId: string, topicId: string, goesOn: boolean): Promise<void> {
    const [id, topic] = [toId(messageId), toId(topicId)];
    if (!id || !topic) throw notFound();
    const decide: Decide = (message) => {
      if (Boolean(message.topicId?.equals(topic)) === goesOn) return null;
      return { topicId: goesOn ? topic : null };
    };
    await this.take(channelId.toLowerCase(), { messageId: id, decide, evenArchived: true });
  }

  /** Takes the preview of a page from beneath a message: one's own, or any as staff of the cohort. Throws 404 for one that never was there. */
  async removePreview(actor: Actor, channelId: string, messageId: string, previewId: string): Promise<Message> {
    const { channel } = await this.enter(actor, channelId);
    const abilities = channelAbilities(await this.access.reader(actor, channel), channel);
    return await this.change(channelId, messageId, (message) => {
      if (String(message.senderId) !== actor.userId && !abilities.moderate) throw forbidden();
      const previews = withoutPreview(message, previewId);
      if (previews === 'unknown') throw notFound();
      return previews && { previews };
    });
  }

  /**
   * Shows beneath a message what the pages say that it links to. It checks nobody's rights; a message that is gone, or says something else by now, stays as
   * it is: who changed it had it looked through again.
   */
  async showPreviews(
    { channelId, _id: messageId, body }: MessageRow,
    pages: readonly string[],
    found: readonly PreviewRow[],
  ): Promise<void> {
    const decide: Decide = (message) => {
      if (message.body !== body) return null;
      const previews = previewsAfter([...(message.previews ?? []), ...found], pages);
      return previews.length > (message.previews ?? []).length ? { previews } : null;
    };
    try {
      await this.take(String(channelId), { messageId, decide });
    } catch (error) {
      if (!(error instanceof Problem && error.status < 500)) throw error;
    }
  }

  /** Who may only read a direct conversation changes nothing there, except that they may take back their own words. */
  private async enter(actor: Actor, channelId: string, { evenBlocked = false } = {}) {
    const { channel, userId } = await this.access.held(actor, channelId);
    if (channel.kind === 'direct' && !evenBlocked) {
      const why = (await this.rosters.read(channel._id)).closedTo.get(actor.userId);
      if (why) throw closedProblem(why);
    }
    await this.limits.take(CHANGES, actor.userId);
    return { id: channel._id, channel, userId };
  }

  private async change(channelId: string, messageId: string, decide: Decide): Promise<Message> {
    const id = toId(messageId);
    if (!id) throw notFound();
    return await this.take(channelId.toLowerCase(), { messageId: id, decide });
  }

  /** A group is one call, however many are in it; of people each is one whom the text did not name before. Throws 429. */
  private async countCall({ userId }: Pick<Actor, 'userId'>, body: string, before = ''): Promise<void> {
    const known = new Set(namedIn(before));
    await countNamed(this.limits, userId, namedIn(body).filter((id) => !known.has(id)).length);
    if (namesEverybody(body) || callsGroups(body)) await this.limits.take(CALLS_TO_MANY, userId);
  }

  /** Waits for the act's turn in the lane of its channel. */
  private async take(key: string, act: Act): Promise<Message> {
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
      this.threads.grew(String(channelId), parents);
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
    if (parent) this.threads.grew(String(channel._id), [parent]);
    const { channelId, cohortId, messageId } = factsOf(channel, after);
    if (after.deletedAt) this.bus.publish(messageDeleted, { channelId, cohortId, messageId });
    else if (after.body !== before.body) this.bus.publish(messageEdited, factsOf(channel, after));
  }
}
