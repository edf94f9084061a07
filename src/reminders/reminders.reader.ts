import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../common/times/clock.js';
import { toId } from '../infra/mongo/ids.js';
import { RemindersRepository } from './reminders.repository.js';

/** What the staff board asks about reminders. */
@Injectable()
export class RemindersReader {
  constructor(
    private readonly clock: Clock,
    private readonly reminders: RemindersRepository,
  ) {}

  /** How many go out within 7 days, and how many of the last 30 days failed. */
  async counts(cohortId: string): Promise<{ next7Days: number; failed: number }> {
    const id = toId(cohortId);
    if (!id) return { next7Days: 0, failed: 0 };
    const now = this.clock.now();
    const [next7Days, failed] = await Promise.all([
      this.reminders.count(id, 'planned', now, new Date(now.getTime() + 7 * DAY)),
      this.reminders.count(id, 'failed', new Date(now.getTime() - 30 * DAY), now),
    ]);
    return { next7Days, failed };
  }

  /** How many are planned for a workshop or a session: what moves along with it. */
  async plannedFor(subjectId: string): Promise<number> {
    const id = toId(subjectId);
    return id ? await this.reminders.plannedOf(id) : 0;
  }
}
