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

/** Earlier texts of messages: for the staff of the channel's cohort, and, as far as they were there by then, for those to whom the message was handed over. */
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
    const handedAt = await this.handedAt(actor, message);
    const all = handedAt ? await this.readsAll(actor, channelId) : await this.mustReadAll(actor, channelId);
    const rows = (await this.edits.of(message._id)).filter((one) => all || (handedAt && one.writtenAt <= handedAt));
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

  /** Throws 404 for who is not in the channel. */
  private async mustReadAll(actor: Actor, channelId: string): Promise<true> {
    await this.access.held(actor, channelId);
    if (!(await this.readsAll(actor, channelId))) throw forbidden();
    return true;
  }

  private async readsAll(actor: Actor, channelId: string): Promise<boolean> {
    const channel = (await this.access.heldOrNone(actor, channelId))?.channel;
    return !!channel && channel.kind !== 'direct' && (await this.access.reader(actor, channel)).role === 'staff';
  }

  /** When it was last handed over to them: what its author writes after that was handed to nobody. */
  private async handedAt(
    { userId }: Actor,
    message: { _id: NonNullable<ReturnType<typeof toId>>; senderId: unknown },
  ): Promise<Date | null> {
    if (String(message.senderId) === userId) return null;
    // By others: who hands a message over to themselves has not been handed one.
    const reports = (await this.reports.ofMessage(message._id)).filter((one) => String(one.reporterId) !== userId);
    if (reports.length === 0) return null;
    const mine = (await this.members.ofPerson(userId)).filter(({ role }) => role === 'staff');
    const theirs = new Set(mine.map(({ cohortId }) => cohortId));
    return reports.reduce<Date | null>(
      (last, { cohortId, createdAt }) =>
        theirs.has(String(cohortId)) && (!last || createdAt > last) ? createdAt : last,
      null,
    );
  }
}
