import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, addedAgain, defineQueue } from '../../infra/queue/job-queues.js';
import {
  availabilityChanged,
  sessionCancelled,
  sessionReassigned,
  sessionLeft,
  sessionRescheduled,
} from '../../mentoring/mentoring.events.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { SlotWatches } from '../../mentoring/scheduling/slot-watches.service.js';
import { Notifier } from '../notifier.js';

/** A coach whose time changed; `sessionId` instead, where a session of theirs did. */
const freed = defineQueue<{ coachId?: string; sessionId?: string }>('slot-freed');

const HEAL_EVERY_MS = 5 * MINUTE;

/**
 * Tells all who wait for a full coach, each once, when there is a free slot: a session was cancelled or moved, the hours changed. What an
 * event did not bring (its process died, another day opened) a turn finds. The notice is written before the wait ends: a process that
 * dies in between tells again under the same key, which is the same notice.
 */
@Injectable()
export class SlotNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly people: People,
    private readonly sessions: SessionsReader,
    private readonly watches: SlotWatches,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [sessionCancelled, sessionRescheduled, sessionLeft]) {
      this.bus.on(kind, ({ sessionId }) => this.queues.add(freed, { sessionId }));
    }
    this.bus.on(sessionReassigned, ({ fromCoachId }) => this.queues.add(freed, { coachId: fromCoachId }));
    this.bus.on(availabilityChanged, ({ coachId }) => this.queues.add(freed, { coachId }));
    this.queues.process(freed, ({ coachId, sessionId }) => this.look(coachId, sessionId));
    this.intervals.every(HEAL_EVERY_MS, 'slot watches', () => this.heal());
  }

  /** Looks at every coach for whom somebody waits. */
  async heal(): Promise<void> {
    const coaches = await this.watches.watched();
    await this.queues.addAll(
      freed,
      coaches.map((coachId) => ({ data: { coachId }, options: addedAgain(`slot-watch-${coachId}`) })),
    );
  }

  private async look(coachId: string | undefined, sessionId: string | undefined): Promise<void> {
    const session = sessionId ? await this.sessions.byId(sessionId) : null;
    const coaches = [coachId, session?.coachId, session?.secondCoachId].flatMap((id) => id ?? []);
    for (const id of coaches) await this.tell(id);
  }

  private async tell(coachId: string): Promise<void> {
    const ready = await this.watches.ready(coachId);
    if (ready.length === 0) return;
    const name = (await this.people.byId([coachId])).get(coachId)?.name ?? '';
    await Promise.all(
      ready.map(async ({ id, cohortId, userId, startsAt, endsAt }) => {
        const at = startsAt.toISOString();
        await this.notifier.notify({
          userIds: [userId],
          cohortId,
          kind: 'slot.free',
          params: { coachId, with: name, startsAt: at, endsAt: endsAt.toISOString() },
          link: `/c/${cohortId}/coaching?tab=slots&coach=${coachId}&at=${encodeURIComponent(at)}`,
          why: 'self',
          key: `slot.free-${id}`,
        });
      }),
    );
    await this.watches.consume(ready.map((watch) => watch.id));
  }
}
