import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NotificationKind } from '../contracts/notifications.js';
import { EventBus } from '../infra/events/event-bus.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { sessionBooked, sessionCancelled, sessionRescheduled } from '../mentoring/mentoring.events.js';
import { type SessionFacts, SessionsReader } from '../mentoring/sessions.reader.js';
import { Notifier } from './notifier.js';
import { SessionNames, peopleOfSession } from './session-names.js';

const sessionNotice = defineQueue<{ sessionId: string }>('session-notice');

/** Tells the people of a session that it was booked, moved or cancelled, with the calendar entry. */
@Injectable()
export class SessionNotices implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly sessions: SessionsReader,
    private readonly names: SessionNames,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    for (const kind of [sessionBooked, sessionRescheduled, sessionCancelled]) {
      this.bus.on(kind, ({ sessionId }) => this.queues.add(sessionNotice, { sessionId }));
    }
    this.queues.process(sessionNotice, ({ sessionId }) => this.tellAll(sessionId));
  }

  /**
   * Tells what became of a session, by its state; once for each revision, whoever asks. Of a session that moved twice within a
   * moment the last state is told, not both.
   */
  async tellAll(sessionId: string): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    const kind = session && kindOf(session);
    if (!session || !kind) return;
    const params = await this.names.paramsOf(session);
    for (const { userId, why } of peopleOfSession(session)) {
      await this.notifier.notify({
        userIds: [userId],
        cohortId: session.cohortId,
        kind,
        params: {
          ...params.of(userId),
          reason: session.cancelReason ?? 'none',
          need: session.need,
          fromAt: session.lastChange.from?.toISOString() ?? 'none',
        },
        link: `/c/${session.cohortId}/coaching/sessions/${session.id}`,
        why,
        key: `${kind}-${session.id}-${session.revision}`,
      });
    }
  }
}

/** That one of several has left needs no notice: the session takes place as it was. */
function kindOf({ status, revision, lastChange }: SessionFacts): NotificationKind | null {
  if (status === 'cancelled') return 'session.cancelled';
  if (status !== 'scheduled' || lastChange.act === 'left') return null;
  return revision > 1 ? 'session.moved' : 'session.booked';
}
