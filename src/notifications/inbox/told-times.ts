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
  'workshop.hosting',
  'workshop.promoted',
  'workshop.moved',
  'session.reminder',
  'session.booked',
  'session.moved',
]);

type Thing = 'workshops' | 'sessions';

type Planned = { id: string; startsAt: Date; revision: number; status: string; hosts?: string[] };

/** Whether what a notice says of a time still holds, when it leaves later than it was told: who hears the new time hears no older one. */
@Injectable()
export class ToldTimes {
  private readonly plans = new BatchPerKey<string, Planned | null>((what, ids) => this.plansOf(what as Thing, ids));

  constructor(
    private readonly workshops: WorkshopsReader,
    private readonly sessions: SessionsReader,
  ) {}

  async hold({ kind, params }: Pick<NotificationRow, 'kind' | 'params'>): Promise<boolean> {
    const { startsAt, workshopId, sessionId, revisions } = params;
    if (!SAY_WHEN.has(kind) || typeof startsAt !== 'string') return true;
    if (kind === 'workshop.moved' && typeof revisions === 'string') return await this.areLast(params, revisions);
    const id = workshopId ?? sessionId;
    if (typeof id !== 'string') return true;
    const now = await this.plans.ask(id === workshopId ? 'workshops' : 'sessions', id);
    return now !== null && now.startsAt.getTime() === Date.parse(startsAt);
  }

  /** Whether a workshop that moved, or one of several, did not move again since: whoever heard of this one hears of the next one, too. */
  private async areLast({ workshopId, workshopIds }: NotificationRow['params'], revisions: string): Promise<boolean> {
    const ids = String(workshopIds ?? workshopId).split(' ');
    const told = revisions.split(' ').map(Number);
    const now = await Promise.all(ids.map((id) => this.plans.ask('workshops', id)));
    return now.some((one, index) => one !== null && one.revision === told[index]);
  }

  /** Of each workshop that a notice speaks of, whether somebody hosts it. */
  async hosted({ params: { workshopIds, workshopId } }: Pick<NotificationRow, 'params'>, userId: string) {
    const ids = String(workshopIds ?? workshopId).split(' ');
    const found = await Promise.all(ids.map((id) => this.plans.ask('workshops', id)));
    return found.map((one) => one?.hosts?.includes(userId) ?? false);
  }

  /** Null for what is called off, or not there. What is asked for at once (by a digest) is read at once. */
  private async plansOf(what: Thing, ids: readonly string[]): Promise<(Planned | null)[]> {
    const found: Planned[] = await this[what].byIds([...new Set(ids)]);
    const live = new Map(found.flatMap((one) => (one.status === 'cancelled' ? [] : [[one.id, one] as const])));
    return ids.map((id) => live.get(id) ?? null);
  }
}
