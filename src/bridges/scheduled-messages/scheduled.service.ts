import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { closedProblem } from '../../chat/moderation/block-rule.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { problemOfTime } from '../../common/times/later.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import type { ScheduleMessage, ScheduleNote, Scheduled, UpdateScheduled } from '../../contracts/chat/scheduled.js';
import { Attaching } from '../../files/attaching.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { MessageReminders } from './message-reminders.js';
import { ScheduledSender } from './scheduled-sender.js';
import { presentScheduled } from './scheduled.js';
import { ScheduledRepository } from './scheduled.repository.js';
import type { ScheduledRow, WaitingFileRow } from './scheduled.schema.js';

const PLANS = { name: 'scheduled', points: 40, seconds: 60 };
/** Each leaves a row, and a note a notice. */
export const PLANS_OF_DAY: Limit = { name: 'scheduled-day', points: 500, seconds: 86_400 };
const MAX_OPEN = 100;

/** What a person plans for later: messages to channels, and notes to themselves. Nobody else sees any of it. */
@Injectable()
export class ScheduledService {
  constructor(
    private readonly scheduled: ScheduledRepository,
    private readonly sender: ScheduledSender,
    private readonly reminders: MessageReminders,
    private readonly channels: ChannelsReader,
    private readonly lists: ChannelLists,
    private readonly files: Attaching,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<Scheduled[]> {
    return await this.present(await this.scheduled.open(idOf(actor.userId), MAX_OPEN));
  }

  /**
   * Plans a message. Whether it may be sent is asked now, and again when it is. Throws 404, 409 `channel_archived`, `no_common_cohort`, `too_many_scheduled`
   * or `already_sent`, 422 for the time, the thread, a file.
   */
  async message(actor: Actor, channelId: string, wanted: ScheduleMessage): Promise<Scheduled> {
    const channel = await this.lists.one(actor, channelId);
    if (channel.closed) throw closedProblem(channel.closed);
    if (!channel.abilities.send) throw conflict('channel_archived', 'This channel is closed; it can still be read.');
    const dueAt = this.timeOf(wanted.dueAt);
    const threadId = await this.threadOf(channel.id, wanted.threadId);
    const cohortId = channel.cohortId === null ? null : idOf(channel.cohortId);
    const attachments = await this.filesOf({ ownerId: idOf(actor.userId), cohortId }, wanted.attachments ?? [], dueAt);
    const { clientId, body } = wanted;
    const place = { cohortId, channelId: idOf(channel.id), threadId };
    return await this.plan(actor, { kind: 'message', clientId, body, dueAt, attachments, messageId: null, ...place });
  }

  /** Plans a note to oneself, or that one is reminded of a message. Throws 404 for a channel or a message that one may not read, 409, 422 for the time. */
  async note(
    actor: Actor,
    { clientId, body = '', dueAt, channelId: named, messageId: about }: ScheduleNote,
  ): Promise<Scheduled> {
    const messageId = about === undefined ? null : toId(about);
    const message =
      messageId && (await this.reminders.readable(idOf(actor.userId), [messageId])).get(String(messageId));
    if (about !== undefined && !message) throw notFound();
    if (named !== undefined && !(await this.channels.isMember(named, actor.userId))) throw notFound();
    const channelId = message?.channelId ?? named;
    const channel = channelId === undefined ? null : await this.channels.find(channelId);
    const place = {
      channelId: channel ? idOf(channel.id) : null,
      cohortId: channel?.cohortId ? idOf(channel.cohortId) : null,
    };
    const more = { attachments: [], threadId: null, messageId };
    return await this.plan(actor, { kind: 'note', clientId, body, dueAt: this.timeOf(dueAt), ...place, ...more });
  }

  /** Throws 404, 409 `already_sent` for what is on its way, 422. */
  async change(actor: Actor, id: string, change: UpdateScheduled): Promise<Scheduled> {
    const row = await this.mine(actor, id);
    if (change.body === '' && row.attachments.length === 0) throw invalidField('/body', 'required');
    if (change.body !== undefined && row.messageId) throw invalidField('/body', 'invalid');
    const dueAt = change.dueAt === undefined ? undefined : this.timeOf(change.dueAt);
    const fileIds = row.attachments.map(({ fileId }) => fileId);
    const whose = { ownerId: row.userId, cohortId: row.cohortId ?? null };
    if (dueAt) await this.files.keep(fileIds, whose, dueAt);
    const changed = await this.scheduled.change(row.userId, row._id, {
      ...{ body: change.body, dueAt, plannedAt: this.clock.now() },
    });
    if (!changed) throw alreadySent();
    await this.sender.set(changed);
    return await this.presentOne(changed);
  }

  /** Throws 404, 409 `already_sent`. */
  async cancel(actor: Actor, id: string): Promise<void> {
    const row = await this.mine(actor, id);
    const removed = await this.scheduled.remove(row.userId, row._id);
    if (!removed) throw alreadySent();
    await this.files.discard(
      removed.attachments.map(({ fileId }) => fileId),
      row.userId,
    );
    this.sender.tell(row.userId);
  }

  async sendNow(actor: Actor, id: string): Promise<void> {
    const row = await this.mine(actor, id);
    await this.sender.sendNow(row.userId, row._id);
  }

  /** The row of this `clientId`, new or planned before; 409 when that was sent. */
  private async plan(
    actor: Actor,
    wanted: Omit<ScheduledRow, '_id' | 'userId' | 'state' | 'because' | 'lease' | 'wakeAt' | 'createdAt'>,
  ): Promise<Scheduled> {
    const userId = idOf(actor.userId);
    await this.limits.take(PLANS, actor.userId);
    await this.limits.take(PLANS_OF_DAY, actor.userId);
    const row: ScheduledRow = {
      ...wanted,
      _id: newId(),
      userId,
      state: 'waiting',
      because: null,
      lease: null,
      wakeAt: wanted.dueAt,
      createdAt: this.clock.now(),
    };
    try {
      await this.insert(row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const known = await this.scheduled.byClientId(userId, wanted.clientId);
      if (!known || known.state === 'sent') throw alreadySent();
      return await this.presentOne(known);
    }
    await this.sender.set(row);
    return await this.presentOne(row);
  }

  /** Throws 409 `too_many_scheduled`, and E11000 for what was planned before, however much waits. */
  private async insert(row: ScheduledRow): Promise<void> {
    await this.transactions.run(async (session) => {
      await this.scheduled.insert(row, session);
      await this.people.hold(row.userId, session);
      if ((await this.scheduled.countOpen(row.userId, MAX_OPEN + 1, session)) > MAX_OPEN)
        throw conflict('too_many_scheduled', 'A hundred things wait already.');
    });
  }

  /** With the words of those messages of which they remind, as they are now. */
  private async present(rows: readonly ScheduledRow[]): Promise<Scheduled[]> {
    const [first] = rows;
    const ids = rows.flatMap(({ messageId }) => messageId ?? []);
    const messages = first && (await this.reminders.readable(first.userId, ids));
    return rows.map((row) => presentScheduled(row, messages?.get(String(row.messageId))));
  }

  private async presentOne(row: ScheduledRow): Promise<Scheduled> {
    const messages = row.messageId && (await this.reminders.readable(row.userId, [row.messageId]));
    return presentScheduled(row, messages?.get(String(row.messageId)));
  }

  private async mine(actor: Actor, id: string): Promise<ScheduledRow> {
    const known = toId(id);
    const row = known && (await this.scheduled.find(idOf(actor.userId), known));
    if (!row) throw notFound();
    return row;
  }

  private timeOf(dueAt: string): Date {
    const at = new Date(dueAt);
    const problem = problemOfTime(at, this.clock.now());
    if (problem) throw invalidField('/dueAt', problem);
    return at;
  }

  private async threadOf(channelId: string, threadId: string | undefined): Promise<Types.ObjectId | null> {
    if (threadId === undefined) return null;
    const root = await this.channels.message(channelId, threadId.toLowerCase());
    if (!root || root.threadId !== null) throw invalidField('/threadId', 'unknown');
    return idOf(root.id);
  }

  /** Uploads of the person for the place, kept from being swept until a day after the message is due. */
  private async filesOf(
    whose: { ownerId: Types.ObjectId; cohortId: Types.ObjectId | null },
    wanted: readonly { fileId: string; alt: string }[],
    dueAt: Date,
  ): Promise<WaitingFileRow[]> {
    const ids = wanted.map(({ fileId }) => toId(fileId));
    const kept = await this.files.keep(
      ids.flatMap((id) => id ?? []),
      whose,
      dueAt,
    );
    return wanted.map(({ fileId: asked, alt }, at) => {
      const file = kept.get(asked.toLowerCase());
      if (!file || wanted.findIndex((one) => one.fileId.toLowerCase() === asked.toLowerCase()) < at)
        throw invalidField(`/attachments/${at}/fileId`, 'unknown');
      const { _id: fileId, name, type, kind, size, width, height } = file;
      return { fileId, name, type, kind, size, width, height, alt };
    });
  }
}

const alreadySent = () => conflict('already_sent', 'It is on its way or was sent.');
