import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { NotesRepository } from '../notes/notes.repository.js';
import { type Session, SessionsRepository } from '../sessions/sessions.repository.js';

/** What fellows let a coach read of notes with another ends with the coaching that it was for. What the coach wrote, or reads by right, stays theirs. */
@Injectable()
export class LeftNotes {
  constructor(
    private readonly notes: NotesRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Takes the coach out who gives this session up, of each fellow whom they do not meet in another one ahead; in the transaction of the hand-over. */
  async takeOut(session: Session, leaver: Types.ObjectId, transaction: ClientSession): Promise<void> {
    for (const fellow of session.participantIds) {
      const meets = await this.sessions.areToMeet(session.cohortId, [leaver, fellow], session._id, transaction);
      if (!meets) await this.notes.takeOut(session.cohortId, leaver, fellow, transaction);
    }
  }

  /** Who coaches nobody of a cohort any more is out of all. Run twice it does the same. */
  async takeOutOfAll(cohortId: Types.ObjectId, leaver: Types.ObjectId): Promise<void> {
    await this.notes.takeOutOfAll(cohortId, leaver);
  }
}
