import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden, notFound } from '../../common/problem.js';
import type { CloseReport, Report, ReportMessage, ReportReceipt } from '../../contracts/chat/reports.js';
import { digestOf } from '../../common/secrets.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { ChannelAccess } from '../channels/channel-access.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { messageReported, reportClosed } from '../chat.events.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { MessagesService } from '../messages/messages.service.js';
import { cohortForReport, reportAbilities } from './report-rule.js';
import type { ReportRow } from './report.schema.js';
import { ReportLists } from './report-lists.service.js';
import { type Closing, ReportsRepository } from './reports.repository.js';

/** So many texts of one message a person reports. */
const MAX_TEXTS = 10;
const REPORTS = { name: 'chat-report', points: 30, seconds: 3600 };

/** Messages that people hand over to staff, and what staff decide: once, whoever is faster. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
    private readonly messages: MessagesRepository,
    private readonly reports: ReportsRepository,
    private readonly lists: ReportLists,
    private readonly acts: MessagesService,
    private readonly members: Members,
    private readonly people: People,
    private readonly limits: RateLimits,
    private readonly actors: ActorsNow,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 409 `own_message`, `no_staff`, `too_many_reports`, 429. Again, while it says the same: the same answer. */
  async report(actor: Actor, channelId: string, messageId: string, body: ReportMessage): Promise<ReportReceipt> {
    const { channel, userId } = await this.access.held(actor, channelId);
    const id = toId(messageId);
    const message = id && (await this.messages.byId(id));
    if (!message?.channelId.equals(channel._id) || message.deletedAt) throw notFound();
    if (message.senderId.equals(userId)) throw conflict('own_message', 'This message is yours: you can delete it.');
    await this.limits.take(REPORTS, actor.userId);
    const cohortId = await this.cohortOf(channel, actor.userId, String(message.senderId));
    const files = message.attachments ?? [];
    const alts = files.flatMap(({ alt }) => (alt ? [alt] : []));
    const digest = digestOf(message.body, ...alts);
    const row = await this.add({
      _id: newId(),
      cohortId: idOf(cohortId),
      channelId: channel._id,
      messageId: message._id,
      authorId: message.senderId,
      reporterId: userId,
      ...body,
      text: message.body,
      attachments: files.map((file) => file.name),
      alts,
      digest,
      sentAt: message.createdAt,
      createdAt: this.clock.now(),
      open: true,
      outcome: null,
      answer: '',
      closedById: null,
      closedAt: null,
    });
    return { id: String(row._id), createdAt: row.createdAt.toISOString(), outcome: row.outcome ?? null };
  }

  /** Throws 404 (also for a report about oneself), 403 where the message is not theirs to remove, 409 `stale`. */
  async close(actor: CohortActor, reportId: string, { act, answer }: CloseReport): Promise<Report> {
    const id = toId(reportId);
    const report = id && (await this.reports.inCohort(idOf(actor.cohortId), id));
    if (!report || String(report.authorId) === actor.userId) throw notFound();
    if (!report.open) throw stale();
    const channel = await this.channels.byId(report.channelId);
    if (act === 'remove' && !reportAbilities(actor.userId, report, channel).remove) throw forbidden();
    const closing: Closing = {
      outcome: act === 'remove' ? 'removed' : 'dismissed',
      answer,
      closedById: idOf(actor.userId),
      closedAt: this.clock.now(),
    };
    if (act === 'remove') await this.remove(actor, report, closing);
    else await this.transactions.run((session) => this.closeOne(actor, report, closing, session));
    return await this.lists.one(actor, { ...report, ...closing, open: false });
  }

  /** The message and what was decided go together: who loses the race removes nothing. */
  private async remove(actor: CohortActor, report: ReportRow, closing: Closing): Promise<void> {
    const { _id, channelId, messageId } = report;
    const isThere = await this.acts.removeReported(String(channelId), messageId, async (session) => {
      await this.actors.heldAsStaff(actor, session, { evenClosed: true });
      const open = await this.reports.openOf(messageId, session);
      if (!open.some((one) => one._id.equals(_id))) throw stale();
      await this.reports.close(_id, closing, session);
      await this.reports.closeOf(report, closing, session);
      for (const one of open) await this.outbox.write(reportClosed, namesOf(one), session);
    });
    // It went meanwhile by other hands: what was asked for is so.
    if (!isThere) await this.transactions.run((session) => this.closeOne(actor, report, closing, session));
  }

  private async closeOne(
    actor: CohortActor,
    report: ReportRow,
    closing: Closing,
    session: ClientSession,
  ): Promise<void> {
    await this.actors.heldAsStaff(actor, session, { evenClosed: true });
    if (!(await this.reports.close(report._id, closing, session))) throw stale();
    await this.outbox.write(reportClosed, namesOf(report), session);
  }

  /** The report of this person and message, written when it is the first. They are held, so that of many at once each counts the others. */
  private async add(row: ReportRow): Promise<ReportRow> {
    try {
      await this.transactions.run(async (session) => {
        await this.people.hold(row.reporterId, session);
        if ((await this.reports.countOthers(row, session)) >= MAX_TEXTS)
          throw conflict('too_many_reports', 'You reported this message as often as one can: staff look at it.');
        await this.reports.add(row, session);
        await this.outbox.write(messageReported, namesOf(row), session);
      });
      return row;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const known = await this.reports.ofReporter(row.messageId, row.reporterId, row.digest);
    if (!known) throw new Error('a report was there and is not any more');
    return known;
  }

  private async cohortOf({ cohortId }: ChannelRow, reporterId: string, authorId: string): Promise<string> {
    if (cohortId) return String(cohortId);
    const [mine, theirs] = await Promise.all([
      this.members.everOfPerson(reporterId),
      this.members.everOfPerson(authorId),
    ]);
    const shared = cohortForReport(mine, theirs);
    if (shared === null)
      throw conflict('no_staff', 'You never were in one cohort with who wrote this, whose staff could look at it.');
    return shared;
  }
}

const namesOf = ({ _id, cohortId }: ReportRow) => ({ cohortId: String(cohortId), reportId: String(_id) });

const stale = () => conflict('stale', 'Somebody decided this before.');
