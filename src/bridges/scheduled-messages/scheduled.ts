import { DAY } from '../../common/times/clock.js';
import type { Scheduled } from '../../contracts/chat/scheduled.js';
import { presentFile } from '../../files/present-file.js';
import type { ScheduledRow } from './scheduled.schema.js';

const MAX_AHEAD_MS = 366 * DAY;

/** Why something cannot be planned for this instant, as the code of a field; null when it can. */
export function problemOfTime(dueAt: Date, now: Date): 'past' | 'too_far' | null {
  if (dueAt <= now) return 'past';
  return dueAt.getTime() - now.getTime() > MAX_AHEAD_MS ? 'too_far' : null;
}

/** What is to come of one try that ended with a refusal of this status: again, the end, or an error that is not about the message. */
export function afterRefusal(status: number): 'later' | 'failed' | 'broken' {
  if (status === 429) return 'later';
  return status < 500 ? 'failed' : 'broken';
}

/** As its person sees it. */
export function presentScheduled(row: ScheduledRow): Scheduled {
  return {
    id: String(row._id),
    kind: row.kind,
    channelId: row.channelId ? String(row.channelId) : null,
    threadId: row.threadId ? String(row.threadId) : null,
    body: row.body,
    attachments: row.attachments.map((file) => ({ ...presentFile(String(file.fileId), file), alt: file.alt })),
    dueAt: row.dueAt.toISOString(),
    state: row.state === 'failed' ? 'failed' : 'waiting',
    because: row.because ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
