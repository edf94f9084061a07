import { z } from 'zod';
import { ChannelKind } from './chat.js';
import { Id, Instant, PageQuery, Person, Text } from '../primitives.js';

/** Why somebody asks staff to look at a message. */
export const ReportReason = z.enum(['harassment', 'hate', 'private', 'spam', 'other']);
export type ReportReason = z.infer<typeof ReportReason>;

/** What came of a report: the message was removed, or it stays. */
export const ReportOutcome = z.enum(['removed', 'dismissed']);
export type ReportOutcome = z.infer<typeof ReportOutcome>;

/**
 * POST /api/channels/:channelId/messages/:messageId/report: hands the message over, as it is now, to the staff of the channel's cohort; of a
 * conversation, to that of the latest cohort that both share, or shared. Once for each person and text of the message: again, the same answer. 409 `own_message`,
 * `no_staff` where nobody is there to look at it, `too_many_reports` beyond ten texts.
 */
export const ReportMessage = z.strictObject({ reason: ReportReason, note: Text(500).default('') });
export type ReportMessage = z.infer<typeof ReportMessage>;

/** What who reported gets; `outcome` is null while nobody has decided. */
export const ReportReceipt = z.object({ id: Id, createdAt: Instant, outcome: ReportOutcome.nullable() });
export type ReportReceipt = z.infer<typeof ReportReceipt>;

/**
 * A report as staff see it, never one about themselves. `text` is what was handed over, `alts` what its files were said to
 * show; `readable`: I am in that channel. `closedElsewhere`: staff of another cohort removed the message; their words are for those who reported it to them.
 */
export const Report = z.object({
  id: Id,
  channel: z.object({ id: Id, kind: ChannelKind, name: z.string(), nameKey: z.string().nullable() }),
  messageId: Id,
  text: z.string(),
  attachments: z.array(z.string()),
  alts: z.array(z.string()),
  sentAt: Instant,
  reason: ReportReason,
  note: z.string(),
  reporter: Person.nullable(),
  author: Person.nullable(),
  createdAt: Instant,
  outcome: ReportOutcome.nullable(),
  closedAt: Instant.nullable(),
  closedBy: Person.nullable(),
  closedElsewhere: z.boolean(),
  answer: z.string(),
  readable: z.boolean(),
  abilities: z.object({ remove: z.boolean(), dismiss: z.boolean() }),
});
export type Report = z.infer<typeof Report>;

/** GET C/reports (staff), the latest first. */
export const ReportsQuery = PageQuery.extend({ state: z.enum(['open', 'closed']).default('open') });
export type ReportsQuery = z.infer<typeof ReportsQuery>;

/**
 * POST C/reports/:reportId/close: `answer` is kept with it and told to who reported it to this cohort. `remove` closes all reports of that message. 409
 * `stale` when somebody decided before, 403 where the message is not for staff to remove.
 */
export const CloseReport = z.strictObject({ act: z.enum(['remove', 'dismiss']), answer: Text(500).default('') });
export type CloseReport = z.infer<typeof CloseReport>;

/** Earlier texts of a message, the latest first, at most 20. `writtenAt` is when that text was written, `replacedAt` when it went. */
export const MessageEdits = z.object({
  items: z.array(z.object({ body: z.string(), writtenAt: Instant, replacedAt: Instant })),
});
export type MessageEdits = z.infer<typeof MessageEdits>;
