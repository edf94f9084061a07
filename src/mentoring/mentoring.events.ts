import { defineEvent } from '../infra/events/event-bus.js';

/** What every event of a session says: ids, `startsAt` as ISO 8601 UTC, and the revision after the change. */
export interface SessionFact {
  cohortId: string;
  sessionId: string;
  coachId: string;
  /** The fellows, without the coach. */
  participantIds: string[];
  revision: number;
  startsAt: string;
  /** Who did it. */
  byId: string;
}

/** A session was booked. */
export const sessionBooked = defineEvent<SessionFact>('session.booked');

/** A session moved `from` one start `to` another (ISO 8601 UTC); `startsAt` is the new one. */
export const sessionRescheduled = defineEvent<SessionFact & { from: string; to: string }>('session.rescheduled');

/** Another coach took a session over at the same time: `coachId` has it now (or is the first of two), `fromCoachId` gave it up. */
export const sessionReassigned = defineEvent<SessionFact & { fromCoachId: string; toCoachId: string }>(
  'session.reassigned',
);

/** One of several fellows left the cohort, and with it the session; `participantIds` are those who still come. */
export const sessionLeft = defineEvent<SessionFact>('session.left');

/** A session was cancelled; its time is free again. */
export const sessionCancelled = defineEvent<SessionFact>('session.cancelled');

/** A session took place, or nobody came. */
export const sessionCompleted = defineEvent<SessionFact & { outcome: 'held' | 'no_show' }>('session.completed');

/** A session was booked, moved, handed over, left, cancelled or took place; what it is now is read by its id. In the outbox. */
export const sessionChanged = defineEvent<{ sessionId: string }>('session.changed');

/** Several sessions of a series were booked, or called off, by one act, which their histories name; each changed by itself, too. In the outbox. */
export const sessionSeriesChanged = defineEvent<{ seriesId: string; actId: string }>('session-series.changed');

/** A coach's hours or limits in a cohort changed: other slots may be free. In the outbox. */
export const availabilityChanged = defineEvent<{ cohortId: string; coachId: string }>('availability.changed');

/** An action item of a session was written or changed, `ownerId` being its owner now. */
export const actionChanged = defineEvent<{ cohortId: string; sessionId: string; actionId: string; ownerId: string }>(
  'action.changed',
);

/** Actions were written, changed, given to another coach or dropped by one act. In the outbox. */
export const actionsChanged = defineEvent<{ cohortId: string; actionIds: string[] }>('actions.changed');

/** Of a coach who left: what they had taken on was looked through, and what nobody took over is dropped. In the outbox. */
export const actionsDropped = defineEvent<{ cohortId: string; ownerId: string }>('actions.dropped');

/** A note was written or changed. Says nothing of it, except whom it concerns: its readers. In the outbox too, as it is written first. */
export const noteChanged = defineEvent<{
  cohortId: string;
  sessionId: string;
  noteId: string;
  authorId: string;
  readerIds: string[];
}>('note.changed');
