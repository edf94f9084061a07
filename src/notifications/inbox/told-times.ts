import { Injectable } from '@nestjs/common';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NotificationRow } from './notification.schema.js';

/**
 * They say when something takes place. Not among them: what somebody must hear whatever became of the time (that a place is held for them,
 * that a session went to another coach), and what says that something does not take place, or not with them.
 */
const SAY_WHEN = new Set<NotificationRow['kind']>([
  'workshop.reminder',
  'workshop.registered',
  'workshop.added',
  'workshop.promoted',
  'workshop.moved',
  'session.reminder',
  'session.booked',
  'session.moved',
]);

type Thing = 'workshops' | 'sessions';

type Planned = { id: string; startsAt: Date; status: string };

/** Whether what a notice says of a time still holds, when it leaves later than it was told: who hears the new time hears no older one. */
@Injectable()
export class ToldTimes {
  private readonly starts = new BatchPerKey<string, Date | null>((what, ids) => this.startsOf(what as Thing, ids));

  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
  ) {}

  async hold({ kind, params }: Pick<NotificationRow, 'kind' | 'params'>): Promise<boolean> {
    const { startsAt, workshopId, sessionId } = params;
    if (!SAY_WHEN.has(kind) || typeof startsAt !== 'string') return true;
    const id = workshopId ?? sessionId;
    if (typeof id !== 'string') return true;
    const now = await this.starts.ask(id === workshopId ? 'workshops' : 'sessions', id);
    return now !== null && now.getTime() === Date.parse(startsAt);
  }

  /** Null for what is called off, or not there. What is asked for at once (by a digest) is read at once. */
  private async startsOf(what: Thing, ids: readonly string[]): Promise<(Date | null)[]> {
    const found: Planned[] = await this[what].byIds([...new Set(ids)]);
    const live = new Map(
      found.flatMap(({ id, startsAt, status }) => (status === 'cancelled' ? [] : [[id, startsAt] as const])),
    );
    return ids.map((id) => live.get(id) ?? null);
  }
}
