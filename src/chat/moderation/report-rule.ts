import type { Role } from '../../contracts/roles.js';
import type { ChannelRow } from '../channels/channel.schema.js';
import { channelAbilities } from '../chat.policy.js';
import type { ReportRow } from './report.schema.js';

/** Where people belong, as far as it decides to whom a message of a conversation is handed over. */
interface Belonging {
  cohortId: string;
  role: Role;
  joinedAt: Date;
}

/**
 * The cohort whose staff look at a message of a conversation: the latest one that both share, or shared; null: none. Staff of a cohort in which its author never was
 * have nothing to do with them.
 */
export function cohortForReport(reporter: readonly Belonging[], author: readonly Belonging[]): string | null {
  const theirs = new Set(author.map((one) => one.cohortId));
  const latest = [...reporter].sort((a, b) => b.joinedAt.getTime() - a.joinedAt.getTime());
  return latest.find((one) => theirs.has(one.cohortId))?.cohortId ?? null;
}

/**
 * What somebody of staff may do with a report: nothing once it is decided. A message is theirs to remove where they moderate, and in a
 * conversation because somebody else handed it over to them: nobody is staff of their own conversations.
 */
export function reportAbilities(
  staffId: string,
  { open, reporterId }: Pick<ReportRow, 'open' | 'reporterId'>,
  channel: Pick<ChannelRow, 'kind' | 'archivedAt'> | null,
): { remove: boolean; dismiss: boolean } {
  const moderates =
    channel !== null && channelAbilities({ userId: staffId, role: 'staff', owns: false }, channel).moderate;
  const wasHandedOver = channel?.kind === 'direct' && String(reporterId) !== staffId;
  return { remove: open && (moderates || wasHandedOver), dismiss: open };
}
