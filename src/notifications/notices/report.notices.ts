import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { messageReported, reportClosed } from '../../chat/chat.events.js';
import { type ReportFacts, ReportsReader } from '../../chat/moderation/reports-reader.js';
import { Members } from '../../cohorts/members/members.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Notifier } from '../notifier.js';

/** Tells staff that a message was handed over to them, and who handed it over what came of it. Its words stay in the report. */
@Injectable()
export class ReportNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly reports: ReportsReader,
    private readonly channels: ChannelsReader,
    private readonly members: Members,
    private readonly people: People,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [messageReported, reportClosed])
      this.outbox.on(kind, 'report notices', ({ reportId }) => this.tell(reportId));
  }

  /** Tells of a report by its state: each person once, whoever asks. */
  private async tell(reportId: string): Promise<void> {
    const report = await this.reports.byId(reportId);
    if (report) await this.tellPeople(report);
  }

  private async tellPeople(report: ReportFacts): Promise<void> {
    const { id, cohortId, channelId, messageId, authorId, reporterId, reason, outcome, answer } = report;
    if (outcome === null) {
      const staff = await this.members.list(cohortId, { roles: ['staff'] });
      const by = (await this.people.byId([reporterId])).get(reporterId)?.name ?? '';
      await this.notifier.notify({
        userIds: staff.map(({ userId }) => userId).filter((userId) => userId !== authorId),
        cohortId,
        kind: 'report.opened',
        params: { by, reason },
        link: `/c/${cohortId}/reports`,
        why: 'staff',
        key: `report-${id}`,
      });
      return;
    }
    const channel = await this.channels.find(channelId);
    await this.notifier.notify({
      userIds: [reporterId],
      cohortId,
      kind: 'report.closed',
      params: { outcome, answer },
      link: channel?.cohortId ? `/c/${channel.cohortId}/chat/${channelId}` : `/chat/${channelId}`,
      why: 'reporter',
      // Who reported several texts of what is gone hears of it once.
      key: outcome === 'removed' ? `report-removed-${cohortId}-${messageId}` : `report-closed-${id}`,
    });
  }
}
