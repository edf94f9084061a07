import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { accountGivenBack } from '../../auth/auth.events.js';
import { isTheirs } from '../../auth/given-back.js';
import { People } from '../../auth/people.js';
import { type ChannelRef, ChannelsReader } from '../../chat/channels/channels-reader.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { excerptOf } from '../../common/markdown/excerpt.js';
import { Problem, conflict, notFound } from '../../common/problem.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Alarms, type DueRows } from '../../infra/queue/alarms.js';
import { defineJob } from '../../infra/queue/job-queues.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { Notifier } from '../../notifications/notifier.js';
import { BookmarkNotices } from './bookmark-notices.js';
import { MessageReminders } from './message-reminders.js';
import { afterRefusal } from './scheduled.js';
import { ScheduledRepository } from './scheduled.repository.js';
import type { ScheduledRow } from './scheduled.schema.js';

const LEASE_MS = MINUTE;
const PAUSE_MS = MINUTE / 2;
const EXCERPT = 160;
/** Why a message of before is not sent. */
const GIVEN_BACK = 'account_given_back';

/**
 * Lets what was planned for later happen, once: taken by a lease, sent by the one way that messages go, then marked. Who dies in between
 * leaves it to the next; the message's `clientId` and the notice's key make that no second one.
 */
@Injectable()
export class ScheduledSender implements OnModuleInit {
  private readonly rows: DueRows = {
    kind: defineJob<{ id: string }>('scheduled', 'alarms'),
    due: (now, limit) => this.scheduled.due(now, limit),
    work: (id) => this.work(id),
  };

  constructor(
    private readonly scheduled: ScheduledRepository,
    private readonly channels: ChannelsReader,
    private readonly messages: MessagesService,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly bookmarks: BookmarkNotices,
    private readonly reminders: MessageReminders,
    private readonly alarms: Alarms,
    private readonly outbox: Outbox,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.alarms.watch(this.rows);
    this.outbox.on(accountGivenBack, 'messages for later', ({ userId }) => this.stopDisputed(userId));
  }

  /** Does all that is due now. */
  async turn(): Promise<void> {
    await this.alarms.turn(this.rows);
  }

  /** Sets the alarm of a row, and tells its person's devices that it changed. */
  async set(row: Pick<ScheduledRow, '_id' | 'userId' | 'dueAt'>): Promise<void> {
    await this.arm(row);
    this.tell(row.userId);
  }

  /** Sets the alarm of a row that its person sees elsewhere. */
  async arm({ _id, dueAt }: Pick<ScheduledRow, '_id' | 'dueAt'>): Promise<void> {
    await this.alarms.set(this.rows.kind, _id, dueAt);
  }

  tell(userId: Types.ObjectId): void {
    this.realtime.emit(rooms.user(String(userId)), 'scheduled.changed', {});
  }

  /** Sends it before its time. Throws 404, 409 `already_sent`, and what refuses the message: then it waits as before. */
  async sendNow(userId: Types.ObjectId, id: Types.ObjectId): Promise<void> {
    const before = await this.scheduled.find(userId, id);
    if (!before) throw notFound();
    const lease = randomUUID();
    const row = await this.scheduled.claimEarly(userId, id, lease, this.leaseEnd());
    if (!row) throw conflict('already_sent', 'It is on its way or was sent.');
    try {
      await this.happen(row);
    } catch (error) {
      if (before.state === 'failed') await this.scheduled.end(id, lease, { state: 'failed' });
      else await this.scheduled.putOff(id, lease, row.dueAt);
      throw error;
    }
    await this.done(row, lease);
  }

  private async work(id: Types.ObjectId): Promise<void> {
    const lease = randomUUID();
    const now = this.clock.now();
    const row = await this.scheduled.claim(id, lease, now, this.leaseEnd());
    if (!row) return;
    try {
      await this.refuseDisputed(row);
      await this.happen(row);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const then = afterRefusal(error);
      if (then === 'broken') throw error;
      if (then === 'later') {
        await this.scheduled.putOff(id, lease, new Date(now.getTime() + PAUSE_MS));
        return;
      }
      if (!(await this.wasSent(row))) {
        await this.tellFailure(row);
        await this.scheduled.end(id, lease, { state: 'failed', because: error.code });
        this.tell(row.userId);
        return;
      }
    }
    await this.done(row, lease);
  }

  /**
   * What was planned before the account was given back to its person may be in their name and not theirs: it waits for them to plan it anew, or to delete it. A note to
   * oneself reaches nobody else, so it stays.
   */
  private async refuseDisputed({ kind, userId, plannedAt, createdAt }: ScheduledRow): Promise<void> {
    if (kind === 'message' && !isTheirs(plannedAt ?? createdAt, await this.people.disputedUntil(String(userId))))
      throw conflict(GIVEN_BACK, 'The account was given back to its person since this was planned.');
  }

  /** Their person hears of it at once, and not when it would have been due. First the words, which are said once, then the row. */
  private async stopDisputed(personId: string): Promise<void> {
    const until = await this.people.disputedUntil(personId);
    if (!until) return;
    const userId = idOf(personId);
    for (const row of await this.scheduled.waitingMessages(userId, until)) {
      await this.tellFailure(row);
      await this.scheduled.refuse(row._id, until, GIVEN_BACK);
    }
    this.tell(userId);
  }

  private async happen(row: ScheduledRow): Promise<void> {
    if (row.kind === 'bookmark') {
      await this.bookmarks.tell(row);
      return;
    }
    if (row.kind === 'note') {
      await (row.messageId ? this.reminders.tell(row) : this.remind(row));
      return;
    }
    const { clientId, body, threadId } = row;
    await this.messages.send({ userId: String(row.userId) }, String(row.channelId), {
      clientId,
      body,
      attachments: row.attachments.map(({ fileId, alt }) => ({ fileId: String(fileId), alt })),
      ...(threadId && { threadId: String(threadId) }),
    });
  }

  /** Who died after sending may have been taken out of the channel meanwhile: that is no failure. */
  private async wasSent(row: ScheduledRow): Promise<boolean> {
    if (row.kind !== 'message' || !row.channelId) return false;
    return await this.channels.wasWritten(String(row.channelId), String(row.userId), row.clientId);
  }

  /** Its words go: they are where they belong now. What is left knows the `clientId` again. */
  private async done(row: ScheduledRow, lease: string): Promise<void> {
    await this.scheduled.end(row._id, lease, { state: 'sent', body: '', attachments: [] });
    this.tell(row.userId);
  }

  private async remind(row: ScheduledRow): Promise<void> {
    await this.notifier.notify({
      ...(await this.noticeOf(row)),
      kind: 'note.self',
      key: `note-${String(row._id)}`,
    });
  }

  private async tellFailure(row: ScheduledRow): Promise<void> {
    await this.notifier.notify({
      ...(await this.noticeOf(row)),
      kind: 'message.unsent',
      // What is planned again and fails again is told again.
      key: `unsent-${String(row._id)}-${row.dueAt.getTime()}`,
    });
  }

  private async noticeOf(row: ScheduledRow) {
    const [channel, cohortIds] = await Promise.all([this.channelOf(row), this.cohortsOf(row)]);
    const excerpt = excerptOf(await this.channels.withNames({ body: row.body, mentions: [], cohortIds }), EXCERPT);
    const isDirect = channel ? channel.kind === 'direct' : true;
    return {
      userIds: [String(row.userId)],
      cohortId: row.cohortId ? String(row.cohortId) : null,
      why: 'self',
      params: {
        excerpt,
        ...(channel && !isDirect ? { channel: channel.name, channelKey: channel.nameKey } : { channel: 'none' }),
      },
      link: row.kind === 'message' || !channel ? '/catch-up?tab=later' : linkOf(channel),
    };
  }

  /** What a channel is called now is told to who is in it. */
  private async channelOf({ channelId, userId }: ScheduledRow): Promise<ChannelRef | null> {
    const isIn = channelId && (await this.channels.isMember(String(channelId), String(userId)));
    return isIn ? await this.channels.find(String(channelId)) : null;
  }

  /** Their own words name whom they may know. */
  private async cohortsOf({ userId }: ScheduledRow): Promise<string[]> {
    return (await this.members.ofPerson(String(userId))).map(({ cohortId }) => cohortId);
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS);
}

const linkOf = ({ id, cohortId }: { id: string; cohortId: string | null }) =>
  cohortId === null ? `/chat/${id}` : `/c/${cohortId}/chat/${id}`;
