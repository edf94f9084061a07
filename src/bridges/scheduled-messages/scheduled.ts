import type { Message } from '../../contracts/chat/chat.js';
import type { Scheduled } from '../../contracts/chat/scheduled.js';
import { presentFile } from '../../files/present-file.js';
import type { ScheduledRow } from './scheduled.schema.js';

/** What is to come of one try that ended with this refusal: again, the end, or an error that is not about the message. What is refused for the day is not tried every moment. */
export function afterRefusal({ status, code }: { status: number; code: string }): 'later' | 'failed' | 'broken' {
  if (status === 429) return code === 'text_day_full' ? 'failed' : 'later';
  return status < 500 ? 'failed' : 'broken';
}

/** As its person sees it; `message`: that of which it reminds, where they may read it. */
export function presentScheduled(row: ScheduledRow, message?: Message): Scheduled {
  const own = row.attachments.map((file) => ({ ...presentFile(String(file.fileId), file), alt: file.alt }));
  return {
    id: String(row._id),
    kind: row.kind === 'message' ? 'message' : 'note',
    channelId: row.channelId ? String(row.channelId) : null,
    threadId: row.threadId ? String(row.threadId) : null,
    messageId: row.messageId ? String(row.messageId) : null,
    ...(message ? { body: message.body, attachments: message.attachments } : { body: row.body, attachments: own }),
    dueAt: row.dueAt.toISOString(),
    state: row.state === 'failed' ? 'failed' : 'waiting',
    because: row.because ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
