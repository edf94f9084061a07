import { Injectable } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor } from '../../common/actor.js';
import { forbidden, notFound } from '../../common/problem.js';
import type { MessageEdits } from '../../contracts/chat/reports.js';
import { toId } from '../../infra/mongo/ids.js';
import { ChannelAccess } from '../channels/channel-access.js';
import { withNames } from './message.js';
import { MessageEditsRepository } from './message-edits.repository.js';
import { MessagesRepository } from './messages.repository.js';
import { ReportsRepository } from '../moderation/reports.repository.js';
import { TextNames } from './text-names.js';

/** Earlier texts of messages: for the staff of the channel's cohort, and for those to whom the message was handed over. */
@Injectable()
export class MessageEditsService {
  constructor(
    private readonly access: ChannelAccess,
    private readonly messages: MessagesRepository,
    private readonly edits: MessageEditsRepository,
    private readonly reports: ReportsRepository,
    private readonly members: Members,
    private readonly names: TextNames,
  ) {}

  /** Throws 404 for what one may not see, 403 for who is in the channel and may not read its history. */
  async of(actor: Actor, channelId: string, messageId: string): Promise<MessageEdits> {
    const [channel, id] = [toId(channelId), toId(messageId)];
    const message = id && (await this.messages.byId(id));
    if (!channel || !message?.channelId.equals(channel)) {
      await this.access.held(actor, channelId);
      throw notFound();
    }
    if (!(await this.wasHandedTo(actor, message))) await this.refuse(actor, channelId);
    const rows = await this.edits.of(message._id);
    const mentions = message.names.map(String);
    const cohortIds = message.cohortId ? [String(message.cohortId)] : [];
    const names = await this.names.of(rows.map(({ body }) => ({ body, mentions, cohortIds })));
    const items = rows.map(({ body, writtenAt, replacedAt }, at) => ({
      body: withNames(body, (userId) => names[at]?.(userId)),
      writtenAt: writtenAt.toISOString(),
      replacedAt: replacedAt.toISOString(),
    }));
    return { items };
  }

  private async refuse(actor: Actor, channelId: string): Promise<void> {
    const { channel } = await this.access.held(actor, channelId);
    const { role } = await this.access.reader(actor, channel);
    if (role !== 'staff' || channel.kind === 'direct') throw forbidden();
  }

  private async wasHandedTo(
    { userId }: Actor,
    message: { _id: NonNullable<ReturnType<typeof toId>>; senderId: unknown },
  ): Promise<boolean> {
    if (String(message.senderId) === userId) return false;
    // By others: who hands a message over to themselves has not been handed one.
    const reports = (await this.reports.ofMessage(message._id)).filter((one) => String(one.reporterId) !== userId);
    const cohorts = new Set(reports.map((report) => String(report.cohortId)));
    if (cohorts.size === 0) return false;
    const mine = await this.members.ofPerson(userId);
    return mine.some(({ cohortId, role }) => role === 'staff' && cohorts.has(cohortId));
  }
}
