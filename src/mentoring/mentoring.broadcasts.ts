import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../cohorts/members/members.service.js';
import type { SessionChanged } from '../contracts/mentoring/mentoring.js';
import { EventBus } from '../infra/events/event-bus.js';
import { Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import {
  type SessionFact,
  actionChanged,
  noteChanged,
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionReassigned,
  sessionLeft,
  sessionRescheduled,
} from './mentoring.events.js';
import { SessionsReader } from './sessions/sessions.reader.js';

/** Tells the people of a session who are in the cohort, and nobody else, that it changed. */
@Injectable()
export class MentoringBroadcasts implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly realtime: Realtime,
    private readonly sessions: SessionsReader,
    private readonly members: Members,
  ) {}

  onModuleInit(): void {
    for (const kind of [sessionBooked, sessionRescheduled, sessionLeft, sessionCancelled, sessionCompleted]) {
      this.bus.on(kind, ({ sessionId }: SessionFact) => this.tell(sessionId));
    }
    this.bus.on(sessionReassigned, ({ sessionId, fromCoachId }) => this.tell(sessionId, undefined, fromCoachId));
    this.bus.on(actionChanged, ({ sessionId }) => this.tell(sessionId));
    this.bus.on(noteChanged, ({ sessionId, readerIds }) => this.tell(sessionId, new Set(readerIds)));
  }

  /** Says what is now: of two changes at once, the last told is never the older one. Of a note, only its readers hear; of a hand-over, who had it too. */
  private async tell(sessionId: string, only?: ReadonlySet<string>, hadIt?: string): Promise<void> {
    const session = await this.sessions.byId(sessionId);
    if (!session) return;
    const payload: SessionChanged = {
      cohortId: session.cohortId,
      sessionId,
      coachId: session.coachId,
      status: session.status,
      startsAt: session.startsAt.toISOString(),
      revision: session.revision,
    };
    const { coachId, secondCoachId, participantIds } = session;
    const people = [
      coachId,
      ...(secondCoachId ? [secondCoachId] : []),
      ...participantIds,
      ...(hadIt ? [hadIt] : []),
    ].filter((id) => only?.has(id) ?? true);
    const here = await this.members.among(session.cohortId, people);
    this.realtime.emit(here.map(rooms.user), 'session.changed', payload);
  }
}
