import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { namesEverybody } from '../../common/texts/everybody.js';
import { callsGroups } from '../../common/texts/groups.js';
import { Clock } from '../../common/times/clock.js';
import { Problem, conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import type { EditMessage, Message, MessageNote, SendMessage } from '../../contracts/chat/chat.js';
import { newId, toId, toIds } from '../../infra/mongo/ids.js';
import { countNamed } from '../../infra/redis/naming.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { closedProblem } from '../moderation/block-rule.js';
import { ChannelAccess, type HeldChannel } from '../channels/channel-access.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import { ChannelRosters } from '../channels/channel-rosters.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { channelAbilities } from '../chat.policy.js';
import type { Draft } from './drafts.js';
import { GroupNames } from '../direct/group-names.js';
import type { ChangeOptions, Decide } from './message-changer.js';
import { MessageLanes } from './message-lanes.js';
import { MessagesRepository } from './messages.repository.js';
import { reactionOf, reactionsAfter } from '../../infra/mongo/reactions.js';
import { described, namedIn, tombstone } from './message.js';
import type { MessageRow, PreviewRow } from './message.schema.js';
import { namesAfter } from './message-names.js';
import { PAGES, mayLink, previewsAfter, withoutPreview } from '../previews/outside-links.js';

/** A person may write 40 messages in 10 s, and as many edits and reactions. */
const SENDS = { name: 'chat-send', points: 40, seconds: 10 };
const CHANGES = { name: 'chat-change', points: 40, seconds: 10 };
/** Each of these writes a notice, and later perhaps a mail, to everybody whom it calls. */
const CALLS_TO_MANY = { name: 'chat-call', points: 20, seconds: 600 };

const MAX_TRIES = 5;

/** Somebody with a place in a channel, as it was when they were let in. */
interface Entered {
  actor: Actor;
  id: Types.ObjectId;
  channel: ChannelRow;
  userId: Types.ObjectId;
  /** Whether it is done also by who may only read there. */
  evenBlocked: boolean;
}

/** People came into the channel, left it or were blocked since somebody was let in. */
class StalePlace extends Error {}

interface FromOutside {
  botId: Types.ObjectId;
  bot: { name: string };
  body: string;
}

/** Everything that takes a number of a channel: sending, editing, deleting, reacting. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly access: ChannelAccess,
    private readonly messages: MessagesRepository,
    private readonly lanes: MessageLanes,
    private readonly members: ChannelMembersRepository,
    private readonly groups: GroupNames,
    private readonly rosters: ChannelRosters,
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
    const { clientId, body } = message;
    await this.count(actor, body);
    const attachments = (message.attachments ?? []).map(({ fileId, alt }) => ({ fileId: toId(fileId), alt }));
    const draft = { senderId, clientId, body, threadId, attachments };
    return await this.lanes.take(String(id), { draft });
  }

  /** Counts what somebody is about to send, where that is written down first and sent afterwards by {@link sendCounted}. Throws 429. */
  async count(actor: Pick<Actor, 'userId'>, body: string): Promise<void> {
    await this.limits.take(SENDS, actor.userId);
    // First: who has no room left for a text names nobody by it.
    await countText(this.limits, actor.userId, body);
    await this.countCall(actor, body);
  }

  /** Sends what was counted, as {@link send}: once for each `clientId`. Throws 404 for a channel in which its sender is not, 409 as {@link send}. */
  async sendCounted(
    { userId }: Pick<Actor, 'userId'>,
    channelId: string,
    said: { clientId: string; body: string },
  ): Promise<Message> {
    const senderId = toId(userId);
    if (!senderId) throw notFound();
    return await this.lanes.take(channelId, { draft: { ...said, senderId, threadId: null, attachments: [] } });
  }

  /** Writes what comes from outside. Throws 404 for a channel that is gone or in which `keptBy` is not, 409 `channel_archived`. */
  async post(channelId: string, { botId, ...said }: FromOutside & { keptBy: Types.ObjectId }) {
    const draft = { ...said, senderId: botId, clientId: String(newId()), threadId: null, attachments: [] };
    return await this.lanes.take(channelId, { draft });
  }

  /** Says something of what writes from outside, in its name; once for each `clientId`. Throws 404, 409 `channel_archived`. */
  async sayOf(channelId: string, { botId, ...said }: FromOutside & { clientId: string; note: MessageNote }) {
    await this.lanes.take(channelId, { draft: { ...said, senderId: botId, threadId: null, attachments: [] } });
  }

  /** Says something in the name of who is in the channel, where that `isStill` as it was. Throws 404, 409 `channel_archived`, `stale`. */
  async say(
    channelId: string,
    senderId: Types.ObjectId,
    said: Pick<Draft, 'body' | 'isStill'> & { note: MessageNote },
  ) {
    const draft = { ...said, senderId, clientId: String(newId()), threadId: null, attachments: [] };
    return await this.lanes.take(channelId, { draft });
  }

  /** One's own text and what one's own images show. Throws 403 for another's, 422 for a file that does not hang there. */
  async edit(actor: Actor, channelId: string, messageId: string, change: EditMessage): Promise<Message> {
    const entered = await this.enter(actor, channelId);
    const { id, channel } = entered;
    const [said] = await this.messages.byIds(id, toIds([messageId]));
    await this.countCall(actor, change.body, said?.body);
    await countText(this.limits, actor.userId, change.body);
    const { body, reached } = await this.groups.read(channel, change.body);
    const people = [...namedIn(body), ...[...reached.values()].flatMap((ids) => [...ids])];
    const insiders = await this.members.among(id, toIds(people));
    const pages = mayLink(body) ? await this.texts.read(PAGES, body) : [];
    return await this.change(entered, messageId, (message) => {
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
    const entered = await this.enter(actor, channelId, { evenBlocked: true });
    await this.changeOwn(entered, messageId, (message) => tombstone(message, this.clock.now()));
  }

  /** Leaves a tombstone of what staff were asked to remove, with what is written `alongside`. False when it is gone. It checks nobody's rights. */
  async removeReported(
    channelId: string,
    messageId: Types.ObjectId,
    alongside: ChangeOptions['alongside'],
  ): Promise<boolean> {
    const decide: Decide = (message) => tombstone(message, this.clock.now());
    try {
      await this.lanes.take(channelId, { messageId, decide, alongside });
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
      await this.lanes.take(channelId, { messageId, decide, evenArchived: true });
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404)) throw error;
    }
  }

  /** Puts a message among those pinned to its channel, or takes it down. Throws 409 `too_many_pins` beyond 50. */
  async pin(actor: Actor, channelId: string, messageId: string, pinned: boolean): Promise<Message> {
    const entered = await this.enter(actor, channelId);
    return await this.change(entered, messageId, ({ pinnedAt }) =>
      Boolean(pinnedAt) === pinned ? null : { pinnedAt: pinned ? this.clock.now() : null },
    );
  }

  /** Says that a thread needs nobody any more, or that it does again. Throws 409 `not_a_thread` for what nobody replied to. */
  async resolve(actor: Actor, channelId: string, messageId: string, resolved: boolean): Promise<Message> {
    const entered = await this.enter(actor, channelId);
    return await this.change(entered, messageId, ({ threadId, replies, resolvedAt }) => {
      if (threadId || (resolved && replies === 0)) throw conflict('not_a_thread', 'Nobody replied to this message.');
      return Boolean(resolvedAt) === resolved ? null : { resolvedAt: resolved ? this.clock.now() : null };
    });
  }

  /** Throws 422 for what is not one emoji, 409 beyond 20 kinds on one message. */
  async react(actor: Actor, channelId: string, messageId: string, emoji: string, on: boolean): Promise<Message> {
    const entered = await this.enter(actor, channelId);
    const one = reactionOf(emoji, entered.userId, on);
    return await this.change(entered, messageId, ({ reactions }) => {
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
    await this.lanes.take(channelId.toLowerCase(), { messageId: id, decide, evenArchived: true });
  }

  /** Takes the preview of a page from beneath a message: one's own, or any as staff of the cohort. Throws 404 for one that never was there. */
  async removePreview(actor: Actor, channelId: string, messageId: string, previewId: string): Promise<Message> {
    const entered = await this.enter(actor, channelId);
    return await this.changeOwn(entered, messageId, (message) => {
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
      await this.lanes.take(String(channelId), { messageId, decide });
    } catch (error) {
      if (!(error instanceof Problem && error.status < 500)) throw error;
    }
  }

  /** Who may only read a direct conversation changes nothing there, except that they may take back their own words. */
  private async enter(actor: Actor, channelId: string, { evenBlocked = false } = {}): Promise<Entered> {
    const { channel, userId } = await this.mayChange(actor, channelId, evenBlocked);
    await this.limits.take(CHANGES, actor.userId);
    return { actor, id: channel._id, channel, userId, evenBlocked };
  }

  /** The channel first: whoever leaves it, or is blocked, after this look has raised its `membersRev`. */
  private async mayChange(actor: Actor, channelId: string, evenBlocked: boolean): Promise<HeldChannel> {
    const held = await this.access.held(actor, channelId, { inOrder: true });
    if (held.channel.kind !== 'direct' || evenBlocked) return held;
    const why = (await this.rosters.read(held.channel._id)).closedTo.get(actor.userId);
    if (why) throw closedProblem(why);
    return held;
  }

  /** One's own message, or any as staff of the cohort: those who are so still as it is written. Throws 403, and as {@link change}. */
  private async changeOwn(entered: Entered, messageId: string, decide: Decide): Promise<Message> {
    const { actor, channel, userId } = entered;
    const abilities = channelAbilities(await this.access.reader(actor, channel), channel);
    let isOwn = true;
    const alongside = async (session: ClientSession) => {
      if (!isOwn) await this.access.mustBeStaff(userId, channel, session);
    };
    const decideIfMay: Decide = (message, now) => {
      isOwn = message.senderId.equals(userId);
      if (!isOwn && !abilities.moderate) throw forbidden();
      return decide(message, now);
    };
    return await this.change(entered, messageId, decideIfMay, alongside);
  }

  /** Where somebody came in, left or was blocked between the look at a place and the write, the place is looked at once more: who was taken out or blocked changes nothing. Throws 404, 409 `busy`, and as {@link enter}. */
  private async change(
    { actor, id, channel, evenBlocked }: Entered,
    messageId: string,
    decide: Decide,
    alongside?: ChangeOptions['alongside'],
  ): Promise<Message> {
    const message = toId(messageId);
    if (!message) throw notFound();
    let { membersRev } = channel;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const seen = membersRev;
      try {
        return await this.lanes.take(String(id), {
          messageId: message,
          alongside,
          decide: (row, now) => {
            if (now.membersRev !== seen) throw new StalePlace();
            return decide(row, now);
          },
        });
      } catch (error) {
        if (!(error instanceof StalePlace)) throw error;
        ({ membersRev } = (await this.mayChange(actor, String(id), evenBlocked)).channel);
      }
    }
    throw conflict('busy', 'Somebody changed this at the same moment. Try again.');
  }

  /** A group is one call, however many are in it; of people each is one whom the text did not name before. Throws 429. */
  private async countCall({ userId }: Pick<Actor, 'userId'>, body: string, before = ''): Promise<void> {
    const known = new Set(namedIn(before));
    await countNamed(this.limits, userId, namedIn(body).filter((id) => !known.has(id)).length);
    if (namesEverybody(body) || callsGroups(body)) await this.limits.take(CALLS_TO_MANY, userId);
  }
}
