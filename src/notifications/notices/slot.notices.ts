import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { tryEach } from '../../common/try-each.js';
import { MINUTE } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { availabilityChanged, sessionChanged } from '../../mentoring/mentoring.events.js';
import { SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { SlotWatches } from '../../mentoring/scheduling/slot-watches.service.js';
import { Notifier } from '../notifier.js';

const LOOK_EVERY_MS = 5 * MINUTE;

/**
 * Tells all who wait for a full coach, each once, when there is a free slot: a session was cancelled, moved or handed over, the hours changed. That another day
 * opens, or who waits has time now, no act of the coach says: workers look at all who wait every few minutes. The notice is written before the wait ends: a
 * process that dies in between tells again under the same key, which is the same notice.
 */
@Injectable()
export class SlotNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly intervals: Intervals,
    private readonly people: People,
    private readonly sessions: SessionsReader,
    private readonly watches: SlotWatches,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(sessionChanged, 'slot notices', ({ sessionId }) => this.tellOfSession(sessionId));
    this.outbox.on(availabilityChanged, 'slot notices', ({ coachId }) => this.tell(coachId));
    this.intervals.every(LOOK_EVERY_MS, 'slot watches', () => this.look());
  }

  /** Looks at every coach for whom somebody waits. One who cannot be looked at holds up no other. */
  async look(): Promise<void> {
    await tryEach(await this.watches.watched(), (coachId) => this.tell(coachId));
  }

  /** All who have or had it: whose time it freed is not said. */
  private async tellOfSession(sessionId: string): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    if (!session) return;
    const { coachId, secondCoachId, handOvers } = session;
    const coaches = [coachId, secondCoachId ?? coachId, ...handOvers.map(({ fromCoachId }) => fromCoachId)];
    for (const id of new Set(coaches)) await this.tell(id);
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
          params: { coachId, byId: coachId, with: name, startsAt: at, endsAt: endsAt.toISOString() },
          link: `/c/${cohortId}/coaching?tab=slots&coach=${coachId}&at=${encodeURIComponent(at)}`,
          why: 'self',
          key: `slot.free-${id}`,
        });
      }),
    );
    await this.watches.consume(ready.map((watch) => watch.id));
  }
}
