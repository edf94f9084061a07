import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { DAY } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { sessionChanged } from '../../mentoring/mentoring.events.js';
import { type SessionFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { Notifier } from '../notifier.js';
import { SessionNames, peopleOfSession } from '../words/session-names.js';

/** Tells the people of a session that it was booked, moved, handed over or cancelled, with the calendar entry. */
@Injectable()
export class SessionNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly sessions: SessionsReader,
    private readonly names: SessionNames,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(sessionChanged, 'session notices', ({ sessionId }) => this.tellAll(sessionId));
  }

  /**
   * Tells what became of a session, by its state; once for each revision, whoever asks. Of a session that moved twice within a
   * moment the last state is told, not both. Who left it meanwhile, and who coaches it since, keep the move from nobody else.
   */
  async tellAll(sessionId: string): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    if (!session) return;
    await this.tellHandOvers(session);
    const kind = kindOf(session);
    if (!kind) return;
    const { lastChange } = session;
    const params = await this.names.paramsOf(session);
    const notices = thereThen(session).map(({ userId, why }) => ({
      userIds: [userId],
      cohortId: session.cohortId,
      kind,
      params: {
        ...params.of(userId),
        reason: session.cancelReason ?? 'none',
        need: session.need,
        fromAt: lastChange.from?.toISOString() ?? 'none',
      },
      link: linkOf(session),
      why,
      key: `${kind}-${session.id}-${lastChange.revision}`,
    }));
    await Promise.all(notices.map((notice) => this.notifier.notify(notice)));
  }

  /** Told apart from what it is now: who gave it up, who took it and the fellows each hear of every time it went on. */
  private async tellHandOvers(session: SessionFacts): Promise<void> {
    const steps = session.handOvers
      .map((step, index) => ({ step, index }))
      .filter(({ step }) => mayBeUntold(session, step));
    if (steps.length === 0) return;
    const params = await this.names.paramsOf(session);
    for (const { step, index } of steps) {
      const told = peopleOfSession(session).filter(
        ({ userId }) => userId !== step.fromCoachId && userId !== step.toCoachId,
      );
      for (const { userId, why } of [
        { userId: step.fromCoachId, why: 'coach_before' },
        { userId: step.toCoachId, why: 'coach' },
        ...told,
      ]) {
        await this.notifier.notify({
          userIds: [userId],
          cohortId: session.cohortId,
          kind: 'session.handed_over',
          params: { ...params.of(userId), ...params.ofHandOver(step, userId), need: session.need },
          link: userId === step.fromCoachId ? `/c/${session.cohortId}/coaching` : linkOf(session),
          why,
          key: `session.handed_over-${session.id}-${index}`,
        });
      }
    }
  }
}

/** The page of a session. */
export const linkOf = ({ cohortId, id }: SessionFacts) => `/c/${cohortId}/coaching/sessions/${id}`;

/** Longer than it takes until all were told of a change, whatever died meanwhile. */
const TOLD_WITHIN_MS = DAY;

const mayBeUntold = ({ changedAt }: SessionFacts, { at }: { at: Date }) =>
  at.getTime() >= changedAt.getTime() - TOLD_WITHIN_MS;

/** Who has taken it over since its last change hears that, and nothing of what was before. */
export function thereThen(session: SessionFacts): { userId: string; why: string }[] {
  const since = session.handOvers.filter(({ revision }) => revision > session.lastChange.revision);
  return peopleOfSession(session).filter(({ userId }) => !since.some(({ toCoachId }) => toCoachId === userId));
}

/**
 * That one of several has left needs no notice: the session takes place as it was, in the same room. Of hand-overs people are told apart, and of what one act did with
 * several of a series as of one (`session-series.notices.ts`).
 */
function kindOf(session: SessionFacts): NotificationKind | null {
  if (session.lastChange.actId !== null) return null;
  if (session.status === 'cancelled') return 'session.cancelled';
  if (session.status !== 'scheduled' || !mayBeUntold(session, session.lastChange)) return null;
  return session.lastChange.revision > 1 ? 'session.moved' : 'session.booked';
}
