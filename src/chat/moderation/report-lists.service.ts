import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { pageOf } from '../../common/cursor.js';
import type { Person } from '../../contracts/primitives.js';
import type { Report, ReportsQuery } from '../../contracts/chat/reports.js';
import { idOf } from '../../infra/mongo/ids.js';
import { timePlaceOf } from '../../infra/mongo/time-place.js';
import { ChannelMembersRepository } from '../channels/channel-members.repository.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { ChannelsRepository } from '../channels/channels.repository.js';
import { withNames } from '../messages/message.js';
import { reportAbilities } from './report-rule.js';
import type { ReportRow } from './report.schema.js';
import { ReportsRepository } from './reports.repository.js';
import { TextNames } from '../messages/text-names.js';

/** Reports as staff see them: with what was handed over, and no more of a conversation than that. */
@Injectable()
export class ReportLists {
  constructor(
    private readonly reports: ReportsRepository,
    private readonly channels: ChannelsRepository,
    private readonly channelMembers: ChannelMembersRepository,
    private readonly people: People,
    private readonly names: TextNames,
  ) {}

  /** The latest first, without those about oneself. */
  async page(actor: CohortActor, { limit, cursor, state }: ReportsQuery) {
    const rows = await this.reports.page(idOf(actor.cohortId), {
      open: state === 'open',
      notAbout: idOf(actor.userId),
      after: cursor === undefined ? null : timePlaceOf(cursor),
      limit: limit + 1,
    });
    const { items, nextCursor } = pageOf(
      rows,
      limit,
      (row) => [row.createdAt.toISOString(), String(row._id)],
      ({ text }) => text.length,
    );
    return { items: await this.present(actor, items), nextCursor };
  }

  async one(actor: CohortActor, row: ReportRow): Promise<Report> {
    const [report] = await this.present(actor, [row]);
    if (!report) throw new Error('a report is presented');
    return report;
  }

  private async present(actor: CohortActor, rows: readonly ReportRow[]): Promise<Report[]> {
    const channelIds = rows.map((row) => row.channelId);
    const ids = rows.flatMap((row) => [row.authorId, row.reporterId, ...(row.closedById ? [row.closedById] : [])]);
    const [channels, held, faces] = await Promise.all([
      this.channels.byIds(channelIds),
      this.channelMembers.ofPerson(idOf(actor.userId), { channelIds }),
      this.people.byId(ids.map(String)),
    ]);
    const byId = new Map(channels.map((channel) => [String(channel._id), channel]));
    const mine = new Set(held.map((one) => String(one.channelId)));
    const names = await this.names.of(
      rows.map(({ text: body, cohortId }) => ({ body, mentions: [], cohortIds: [String(cohortId)] })),
    );
    const named = rows.map((row, at) => ({ ...row, text: withNames(row.text, (id) => names[at]?.(id)) }));
    return named.map((row) => presentReport(actor, row, byId.get(String(row.channelId)) ?? null, mine, faces));
  }
}

function presentReport(
  actor: CohortActor,
  row: ReportRow,
  channel: ChannelRow | null,
  mine: ReadonlySet<string>,
  faces: ReadonlyMap<string, Person>,
): Report {
  const face = (id: unknown) => faces.get(String(id)) ?? null;
  return {
    id: String(row._id),
    channel: {
      id: String(row.channelId),
      kind: channel?.kind ?? 'private',
      name: channel?.name ?? '',
      nameKey: channel?.nameKey ?? null,
    },
    messageId: String(row.messageId),
    text: row.text,
    attachments: row.attachments,
    alts: row.alts,
    sentAt: row.sentAt.toISOString(),
    reason: row.reason,
    note: row.note,
    reporter: face(row.reporterId),
    author: face(row.authorId),
    createdAt: row.createdAt.toISOString(),
    outcome: row.outcome ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: row.closedById ? face(row.closedById) : null,
    closedElsewhere: !row.open && !row.closedById,
    answer: row.answer,
    readable: mine.has(String(row.channelId)),
    abilities: reportAbilities(actor.userId, row, channel),
  };
}
