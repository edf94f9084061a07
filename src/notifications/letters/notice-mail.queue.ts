import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';

/** The alarm of a notice's mail; the row says whether and when it is due. */
export const noticeMail = defineQueue<{ notificationId: string }>('notice-mail', 4);

/** Sets the alarms of mails. */
@Injectable()
export class NoticeMailQueue {
  constructor(
    private readonly clock: Clock,
    private readonly queues: JobQueues,
  ) {}

  async arm(rows: readonly { _id: Types.ObjectId; mail: { dueAt: Date } }[]): Promise<void> {
    const now = this.clock.now().getTime();
    await this.queues.addAll(
      noticeMail,
      rows.map((row) => ({
        data: { notificationId: String(row._id) },
        options: { jobId: `notice-${String(row._id)}`, delay: Math.max(0, row.mail.dueAt.getTime() - now) },
      })),
    );
  }
}
